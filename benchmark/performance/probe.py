"""The MLP probe of the online code against the same probe behind a DataLoader, as it is usually written."""

from itertools import pairwise
from math import log, log2
from time import perf_counter

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, Subset, TensorDataset

from benchmark.metrics._probes import BATCH, EPOCHS, HELD_BACK, PATIENCE, RATE
from benchmark.metrics.compression import BLOCKS, online_code


def race_probe(examples: int = 4000, width: int = 384) -> tuple[float, float]:
    """Seconds that our code of all blocks takes, and how many times as long the plain code takes.

    The features tell the two classes apart in part. Raises ValueError if the two codes differ by more than a tenth.
    """
    generator = np.random.default_rng(0)
    labels = generator.integers(0, 2, examples)
    features = generator.normal(size=(examples, width)).astype(np.float32)
    features[:, :10] += 0.5 * (2 * labels[:, None] - 1)
    started = perf_counter()
    ours = online_code(features, labels, "mlp").online_bits
    between = perf_counter()
    plain = code_plainly(features, labels)
    ended = perf_counter()
    if abs(plain / ours - 1) > 0.1:
        raise ValueError(f"the plain code takes {plain:.0f} bits, ours {ours:.0f}")
    return between - started, (ended - between) / (between - started)


def code_plainly(features: np.ndarray, labels: np.ndarray) -> float:
    """Bits of the online code by torch's own layers, optimizer and loader."""
    torch.manual_seed(0)
    order = torch.randperm(len(labels))
    x, y = torch.from_numpy(features)[order], torch.from_numpy(labels)[order]
    ends = [len(y) * end // 1000 for end in BLOCKS]
    bits = ends[0] * log2(2)
    for known, end in pairwise(ends):
        probe = _trained(TensorDataset(x[:known], y[:known]), x.shape[1])
        bits += _loss(probe, TensorDataset(x[known:end], y[known:end])) / log(2)
    return bits


def _trained(known: TensorDataset, width: int) -> nn.Module:
    probe = nn.Sequential(nn.Linear(width, width // 2), nn.Tanh(), nn.Linear(width // 2, 2))
    optimizer = torch.optim.AdamW(probe.parameters(), lr=RATE)
    places = torch.randperm(len(known)).tolist()
    back = Subset(known, places[: len(places) // HELD_BACK])
    loader = DataLoader(Subset(known, places[len(back) :]), batch_size=BATCH, shuffle=True)
    best, lowest, waited = probe.state_dict(), float("inf"), 0
    for _ in range(EPOCHS):
        for inputs, targets in loader:
            loss = nn.functional.cross_entropy(probe(inputs), targets)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        found = _loss(probe, back)
        if found < lowest:
            best = {name: tensor.clone() for name, tensor in probe.state_dict().items()}
            lowest, waited = found, 0
        else:
            waited += 1
        if waited == PATIENCE:
            break
    probe.load_state_dict(best)
    return probe


def _loss(probe: nn.Module, examples: TensorDataset | Subset[tuple[torch.Tensor, ...]]) -> float:
    with torch.no_grad():
        losses = [
            nn.functional.cross_entropy(probe(inputs), targets, reduction="sum")
            for inputs, targets in DataLoader(examples, batch_size=256)
        ]
    return float(sum(losses))
