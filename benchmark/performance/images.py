"""Training on images against a plain loop in float32 behind a DataLoader: the same images, in turn."""

from dataclasses import replace
from functools import partial

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset

from benchmark.networks.inputs import Tensors
from benchmark.networks.training import device, train
from benchmark.performance.clock import times_as_long
from registry import FAMILIES, Training
from registry.families._classifiers import classifier

SIDE, CLASSES, BATCH = 64, 6, 64
WIDTHS = {"resnet18": 64, "resnet18-32": 32}


def race_images(family: str = "resnet18-32", steps: int = 6, batch: int = BATCH) -> float:
    """How many times more training steps a second our loop makes than the plain one, on one thread."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        images, labels = made_images(steps * batch)
        setting = replace(FAMILIES[family].training, batch_size=batch, max_epochs=1)
        ours, plain = networks(family)
        return times_as_long(
            partial(train, ours, Tensors(images), labels, setting),
            partial(train_plainly, plain, images, labels, setting),
        )
    finally:
        torch.set_num_threads(threads)


def made_images(count: int) -> tuple[Tensor, Tensor]:
    """Images of noise (count, 3, SIDE, SIDE) and their labels (count,), every class in turn."""
    images = torch.randn(count, 3, SIDE, SIDE).to(device())
    return images, torch.arange(count, device=device()) % CLASSES


def networks(family: str) -> tuple[nn.Module, nn.Module]:
    """The network as the family builds it, and as torchvision does, with the same weights."""
    ours = FAMILIES[family].build((3, SIDE, SIDE), CLASSES).to(device())
    plain = classifier("resnet18", 3, CLASSES, WIDTHS[family]).to(device())
    plain.load_state_dict(ours.state_dict())
    return ours, plain


def train_plainly(network: nn.Module, images: Tensor, labels: Tensor, setting: Training) -> None:
    """One epoch in float32."""
    optimizer = torch.optim.AdamW(network.parameters(), lr=setting.learning_rate, weight_decay=setting.weight_decay)
    network.train()
    for batch, target in DataLoader(TensorDataset(images, labels), batch_size=setting.batch_size, shuffle=True):
        loss = nn.functional.cross_entropy(network(batch), target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
