"""The optimizers are torch's own to the bit, and its compiler is not imported for them."""

import subprocess
import sys
from functools import partial
from typing import Any

import pytest
import torch

from benchmark.networks.optimizers import OPTIMIZERS

OF_TORCH: dict[str, Any] = {
    "adam": partial(torch.optim.Adam, fused=True),
    "adamw": partial(torch.optim.AdamW, fused=True),
    "rmsprop": torch.optim.RMSprop,
}
TRAINED = """
import sys, torch
from benchmark.networks.inputs import Tensors
from benchmark.networks.training import train
from registry import Training
from registry.isolation import contained

for optimizer in ("adam", "adamw", "rmsprop"):
    train(torch.nn.Linear(3, 2), Tensors(torch.zeros(8, 3)), torch.zeros(8).long(), Training(optimizer=optimizer))
assert "torch._dynamo" not in sys.modules
with contained() as changed:
    seeding, step = torch.manual_seed, torch.optim.SGD.step
    torch.optim.SGD([torch.zeros(1, requires_grad=True)]).step()
assert torch.manual_seed is not seeding and torch.optim.SGD.step is not step  # torch itself has wrapped them
assert changed == [], changed
"""


def trained(make: Any) -> torch.Tensor:
    """The weights after thirty steps, the last ten by another optimizer that goes on from its state."""
    draw = torch.Generator().manual_seed(0)
    weights = torch.randn(7, 5, generator=draw).requires_grad_()
    optimizer = make([weights], lr=0.01, weight_decay=0.1)
    for step in range(30):
        if step == 20:
            state = optimizer.state_dict()
            optimizer = make([weights], lr=0.01, weight_decay=0.1)
            optimizer.load_state_dict(state)
        loss = (torch.randn(9, 7, generator=draw) @ weights).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return weights.detach()


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_each_is_torchs_own_to_the_bit(name: str) -> None:
    assert torch.equal(trained(OPTIMIZERS[name]), trained(OF_TORCH[name]))


@pytest.mark.long
def test_training_does_not_import_the_compiler_and_an_entry_that_does_is_not_blamed() -> None:
    subprocess.run([sys.executable, "-c", TRAINED], check=True, timeout=120)
