"""Checkpoints: a state is back to the bit, or not there; a training that was killed ends as if it had not been."""

from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from benchmark.networks import checkpoints
from benchmark.networks.checkpoints import Checkpoint
from benchmark.networks.inputs import Tensors
from benchmark.networks.optimizers import OPTIMIZERS
from benchmark.networks.training import train
from benchmark.seeding import seeded
from registry import Training


class Killed(Exception):
    """Ends a training in the middle."""


class Dying(Checkpoint):
    """A checkpoint after every step, and the end after so many."""

    def __init__(self, run: Path, key: str, steps: int) -> None:
        super().__init__(run, key)
        self._left = steps

    def due(self) -> bool:
        return True

    def save(self, *state: Any) -> None:
        super().save(*state)
        self._left -= 1
        if self._left == 0:
            raise Killed


@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
def test_a_training_that_was_killed_goes_on_and_ends_to_the_bit_as_if_it_had_not_been(
    optimizer: str, tmp_path: Path
) -> None:
    setting = Training(optimizer=optimizer, weight_decay=0.01, max_epochs=9, stop_loss=0.0, batch_size=16)

    def with_dropout(checkpoint: Checkpoint | None) -> tuple[Any, list[torch.Tensor]]:
        with seeded(3, 1):
            inputs, labels = torch.randn(100, 5), torch.randint(0, 2, (100,))
            network = nn.Sequential(nn.Linear(5, 8), nn.Dropout(0.5), nn.ReLU(), nn.Linear(8, 2))
            return train(network, Tensors(inputs), labels, setting, checkpoint), list(network.parameters())

    history, weights = with_dropout(None)
    for steps in (3, 18, 7):  # in the middle of an epoch and at the end of one: there are seven batches
        with pytest.raises(Killed):
            with_dropout(Dying(tmp_path, "k", steps))
    again, resumed = with_dropout(Checkpoint(tmp_path, "k"))
    assert again == history
    assert all(torch.equal(a, b) for a, b in zip(weights, resumed, strict=True))
    path = tmp_path / "checkpoints" / "k"
    content = bytearray(path.read_bytes())
    content[-100] ^= 1
    path.write_bytes(content)
    assert with_dropout(Checkpoint(tmp_path, "k"))[0] == history  # from the beginning: what is damaged is not read


def test_a_short_training_leaves_no_checkpoint(tmp_path: Path) -> None:
    with seeded(0, 1):
        train(
            nn.Linear(3, 2),
            Tensors(torch.randn(64, 3)),
            torch.arange(64) % 2,
            Training(max_epochs=3),
            Checkpoint(tmp_path, "k"),
        )
    assert not (tmp_path / "checkpoints").exists()


def made(width: int = 3) -> tuple[nn.Module, torch.optim.Optimizer]:
    network = nn.Linear(width, 2)
    return network, torch.optim.SGD(network.parameters(), lr=0.1)


def test_network_generators_and_counts_are_back_as_they_were_saved(tmp_path: Path) -> None:
    network, optimizer = made()
    Checkpoint(tmp_path, "k").save(network, optimizer, {"steps": 7, "best": torch.ones(2)})
    expected = torch.rand(3)
    other, other_optimizer = made()
    torch.manual_seed(5)
    counted = Checkpoint(tmp_path, "k").restore(other, other_optimizer)
    assert counted is not None
    assert (counted["steps"], counted["best"].tolist()) == (7, [1.0, 1.0])
    assert torch.equal(other.weight, network.weight)
    assert torch.equal(torch.rand(3), expected)


def test_there_is_nothing_for_another_key_nor_after_it_was_removed(tmp_path: Path) -> None:
    checkpoint = Checkpoint(tmp_path, "k")
    checkpoint.remove()
    assert checkpoint.restore(*made()) is None
    checkpoint.save(*made(), {})
    assert Checkpoint(tmp_path, "other").restore(*made()) is None
    checkpoint.remove()
    assert checkpoint.restore(*made()) is None


@pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda b: b"", lambda b: b[:40] + bytes([b[40] ^ 1]) + b[41:]])
def test_what_is_damaged_is_not_there(damage: Any, tmp_path: Path) -> None:
    checkpoint = Checkpoint(tmp_path, "k")
    checkpoint.save(*made(), {"steps": 7})
    path = tmp_path / "checkpoints" / "k"
    path.write_bytes(damage(path.read_bytes()))
    assert checkpoint.restore(*made()) is None


def test_that_of_another_network_is_refused_once_and_then_gone(tmp_path: Path) -> None:
    checkpoint = Checkpoint(tmp_path, "k")
    checkpoint.save(*made(), {})
    with pytest.raises(RuntimeError, match="size mismatch"):
        checkpoint.restore(*made(width=4))
    assert checkpoint.restore(*made(width=4)) is None


def test_one_is_due_a_minute_after_the_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(checkpoints.time, "monotonic", lambda: now[0])
    checkpoint = Checkpoint(tmp_path, "k")
    for passed, due in ((59.9, False), (0.1, True)):
        now[0] += passed
        assert checkpoint.due() == due
    checkpoint.save(*made(), {})
    assert not checkpoint.due()
