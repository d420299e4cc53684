"""A network that needs a multiple of something in each batch fails a run at its last one: `check` names the size."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
import torch
from broken_families import Roomy
from broken_families import family as broken_family
from entry_faults import faults
from torch import nn

from benchmark.entries.checks.batches import batches_of_any_size, reads_many_at_once
from benchmark.entries.checks.families import Built
from benchmark.networks.building import build_from
from registry import FAMILIES, ModelFamily, Tap, Training


class Groups(nn.BatchNorm1d):
    """Normalizes each of four groups of rows on its own."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if not self.training:
            return super().forward(x)
        parts = [nn.BatchNorm1d.forward(self, part) for part in x.reshape(4, -1, x.shape[1])]
        return torch.stack(parts).reshape(x.shape)


class Chunks(nn.BatchNorm1d):
    """Normalizes each of at most eight parts of a batch on its own."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if not self.training:
            return super().forward(x)
        return torch.cat([nn.BatchNorm1d.forward(self, part) for part in x.chunk(8)])


class Even(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.reshape(-1, 2, x.shape[1]).reshape(x.shape)


def family(middle: Callable[[], nn.Module], batch_size: int) -> ModelFamily:
    return ModelFamily(
        name="grouped",
        modality="vector",
        build=lambda shape, classes: nn.Sequential(nn.Linear(shape[0], 8), middle(), nn.ReLU(), nn.Linear(8, classes)),
        taps=(Tap("0"),),
        reference="none: a test",
        training=Training(batch_size=batch_size, max_epochs=3),
    )


def checked(given: ModelFamily) -> str | None:
    shape = (16,) if given.modality == "text" else (3,)
    return batches_of_any_size(Built(given, build_from(given, shape, 2, 0), shape, 2))


@pytest.mark.parametrize(
    ("middle", "batch_size", "size"),
    [
        (lambda: Groups(8), 50, 50),
        (lambda: Groups(8), 32, 33),
        (lambda: Groups(8), 10_000, 257),
        (lambda: Chunks(8), 13, 13),
        (lambda: Chunks(8), 64, 2),
        (Even, 4, 5),
        (lambda: nn.BatchNorm1d(8), 1, 1),
    ],
)
def test_the_size_that_cannot_be_trained_on_is_named(
    middle: Callable[[], nn.Module], batch_size: int, size: int
) -> None:
    fault = checked(family(middle, batch_size))
    assert fault is not None
    assert fault.startswith(f"it cannot be trained on a batch of {size} examples: ")
    assert f"batch_size={batch_size}" in fault


@pytest.mark.parametrize("batch_size", [1, 2, 13, 50])
def test_a_network_of_independent_rows_is_trained_on_all(batch_size: int) -> None:
    assert checked(family(nn.Identity, batch_size)) is None


def test_a_network_of_texts_is_trained_on_all() -> None:
    assert checked(FAMILIES["toy-encoder"]) is None


def test_nothing_is_changed_but_gradients_and_statistics() -> None:
    given = family(nn.Dropout, 50)
    network = build_from(given, (3,), 2, 0)
    weights, before = [parameter.clone() for parameter in network.parameters()], torch.get_rng_state()
    assert batches_of_any_size(Built(given, network, (3,), 2)) is None
    assert all(torch.equal(*pair) for pair in zip(weights, network.parameters(), strict=True))
    assert torch.equal(before, torch.get_rng_state())


def test_a_network_that_is_not_trained_is_left_to_another_check() -> None:
    given = replace(family(lambda: Groups(8), 50), build=lambda s, c: nn.Linear(s[0], c).requires_grad_(False))
    assert checked(given) is None


def test_many_examples_that_cannot_be_read_at_once_are_named() -> None:
    found = faults(broken_family(Roomy, "hidden"))["reads-many-at-once"]
    assert re.search(r"The size of tensor a \(1024\) must match", found)


class Mean(nn.Module):
    """What depends on the whole batch, more so the larger it is."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + len(x) / 1000


def test_examples_that_many_others_beside_them_change_are_named() -> None:
    given = replace(family(Mean, 50), taps=(Tap("1"),))
    subject = Built(given, build_from(given, (3,), 2, 0), (3,), 2)
    assert reads_many_at_once(subject) == ("tap '1' of the first 8 of 1024 examples is another one than of these alone")
    plain = family(nn.Identity, 50)
    assert reads_many_at_once(Built(plain, build_from(plain, (3,), 2, 0), (3,), 2)) is None
