"""Training on images against a plain loop in float32 behind a DataLoader: the same images, in turn."""

from dataclasses import replace
from time import perf_counter

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset

from benchmark.inputs import Tensors
from benchmark.training import device, train
from registry import FAMILIES
from registry.families._classifiers import classifier

SIDE, CLASSES, BATCH = 64, 6, 64
WIDTHS = {"resnet18": 64, "resnet18-32": 32}
ROUNDS = 3


def race_images(family: str = "resnet18-32", steps: int = 6) -> float:
    """How many times more training steps a second our loop makes than the plain one, on one thread."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return _race(family, steps)
    finally:
        torch.set_num_threads(threads)


def _race(family: str, steps: int) -> float:
    entry = FAMILIES[family]
    setting = replace(entry.training, batch_size=BATCH, max_epochs=1)
    images = torch.randn(steps * BATCH, 3, SIDE, SIDE).to(device())
    labels = torch.arange(len(images), device=device()) % CLASSES
    ours = entry.build((3, SIDE, SIDE), CLASSES).to(device())
    plain = classifier("resnet18", 3, CLASSES, WIDTHS[family]).to(device())
    taken = {"ours": 0.0, "plain": 0.0}
    for number in range(ROUNDS + 1):
        started = perf_counter()
        train(ours, Tensors(images), labels, setting)
        between = perf_counter()
        train_plainly(plain, images, labels)
        if number:  # the first also loads
            taken["ours"] += between - started
            taken["plain"] += perf_counter() - between
    return taken["plain"] / taken["ours"]


def train_plainly(network: nn.Module, images: Tensor, labels: Tensor) -> None:
    """One epoch in float32."""
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3)
    network.train()
    for batch, target in DataLoader(TensorDataset(images, labels), batch_size=BATCH, shuffle=True):
        loss = nn.functional.cross_entropy(network(batch), target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
