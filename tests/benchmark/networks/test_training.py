"""Training: deterministic, stops by its rule, tells when it diverges."""

import math
import random
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from benchmark.networks.inputs import Tensors
from benchmark.networks.optimizers import OPTIMIZERS
from benchmark.networks.training import train
from benchmark.seeding import seeded
from registry import Training

INPUTS = torch.randn(64, 3, generator=torch.Generator().manual_seed(0))
LABELS = (INPUTS[:, 0] > 0).long()


def trained(training: Training, seed: int = 0, threads: int = 1):
    with seeded(seed, threads):
        network = nn.Linear(3, 2)
        return train(network, Tensors(INPUTS), LABELS, training), network


def test_the_same_seed_gives_the_same_network_and_another_seed_another() -> None:
    setting = Training(max_epochs=3, batch_size=16)
    (first, a), (second, b), (_, c) = trained(setting), trained(setting), trained(setting, seed=1)
    assert first == second
    assert torch.equal(a.weight, b.weight)
    assert not torch.equal(a.weight, c.weight)
    assert (first.steps, len(first.losses), first.stopped) == (12, 3, "max-epochs")


def test_seeding_leaves_the_callers_generator_and_threads_alone() -> None:
    before, threads = torch.random.get_rng_state(), torch.get_num_threads()
    trained(Training(max_epochs=1), threads=1)
    assert torch.equal(torch.random.get_rng_state(), before)
    assert torch.get_num_threads() == threads


def test_every_global_generator_is_seeded_and_put_back() -> None:
    def drawn(seed: int) -> tuple[float, float, float]:
        with seeded(seed, 1):
            return float(torch.rand(1)), float(np.random.random()), random.random()

    before = np.random.get_state()[1].tolist(), random.getstate()
    first, again, other = drawn(1), drawn(1), drawn(2)
    assert first == again
    assert not {*first} & {*other}
    assert (np.random.get_state()[1].tolist(), random.getstate()) == before


def test_it_stops_once_the_loss_is_below_the_threshold() -> None:
    history, _ = trained(Training(learning_rate=0.1, stop_loss=0.2))
    assert history.stopped == "loss"
    assert history.losses[-1] < 0.2 <= min(history.losses[:-1])


@pytest.mark.parametrize("kind", [torch.float32, torch.float64])
def test_weight_norm_is_that_of_all_parameters_which_stay(kind: torch.dtype) -> None:
    with seeded(0, 1):
        network = nn.Linear(3, 2).to(kind)
        history = train(network, Tensors(INPUTS.to(kind)), LABELS, Training(max_epochs=2))
    squares = sum(parameter.double().square().sum().item() for parameter in network.parameters())
    assert history.weight_norms[-1] == pytest.approx(math.sqrt(squares))


@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
def test_weight_decay_shrinks_the_weights(optimizer: str) -> None:
    norms = [
        trained(Training(optimizer=optimizer, learning_rate=0.1, max_epochs=50, weight_decay=w))[0].weight_norms[-1]
        for w in (0, 0.5)
    ]
    assert norms[1] < norms[0]


def test_a_loss_that_is_not_finite_ends_the_training() -> None:
    with seeded(0, 1):
        history = train(
            nn.Linear(3, 2), Tensors(torch.full((8, 3), torch.inf)), torch.zeros(8, dtype=torch.long), Training()
        )
    assert history.stopped == "diverged"
    assert history.losses == history.weight_norms == ()


@pytest.mark.parametrize("patience", [1, 3])
def test_with_patience_it_goes_on_until_what_is_held_back_gets_no_better(
    patience: int,
) -> None:
    held_back = Tensors(torch.randn(200, 3, generator=torch.Generator().manual_seed(1)))
    noise = torch.randint(0, 2, (200,), generator=torch.Generator().manual_seed(2))
    setting = Training(learning_rate=0.1, batch_size=16, stop_loss=0.3, patience=patience, max_epochs=100)
    with seeded(0, 1):
        history = train(nn.Linear(3, 2), Tensors(INPUTS), LABELS, setting, None, (held_back, noise))
    below = next(epoch for epoch, loss in enumerate(history.losses) if loss < 0.3)
    assert history.stopped == "patience"
    assert len(history.losses) == below + 1 + patience  # on labels that cannot be learnt it only gets worse
    with seeded(0, 1):
        learnt = (held_back, (held_back.tensor[:, 0] > 0).long())
        assert len(train(nn.Linear(3, 2), Tensors(INPUTS), LABELS, setting, None, learnt).losses) > len(history.losses)


def rates(monkeypatch: pytest.MonkeyPatch, **setting: Any) -> list[float]:
    """The learning rate of each of eight steps."""
    seen: list[float] = []

    class Watched(torch.optim.AdamW):
        def step(self, *given: Any) -> None:
            seen.append(self.param_groups[0]["lr"])
            super().step(*given)

    monkeypatch.setitem(OPTIMIZERS, "adamw", Watched)
    trained(Training(optimizer="adamw", learning_rate=0.4, batch_size=16, max_epochs=2, **setting))
    return seen


def test_the_learning_rate_rises_over_the_first_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    assert rates(monkeypatch, warmup_steps=3) == pytest.approx([0.4 / 3, 0.8 / 3, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4])


def test_along_a_cosine_the_learning_rate_falls_over_the_steps_of_all_epochs(monkeypatch: pytest.MonkeyPatch) -> None:
    fall = [0.2 * (1 + math.cos(math.pi * step / 8)) for step in range(8)]
    assert rates(monkeypatch, schedule="cosine") == pytest.approx(fall)
    fall = [0.2 * (1 + math.cos(math.pi * step / 6)) for step in range(6)]
    assert rates(monkeypatch, schedule="cosine", warmup_steps=2) == pytest.approx([0.2, 0.4, *fall])


def test_the_cosine_is_that_of_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=0.4)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=8)
    expected = []
    for _ in range(8):
        expected.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    assert rates(monkeypatch, schedule="cosine") == pytest.approx(expected)


def test_a_network_sees_what_augmentation_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    images, seen = torch.zeros(8, 3, 8, 8), []
    monkeypatch.setattr("benchmark.networks.training.augmented", lambda given, how: seen.append(how) or given + 1)
    network = nn.Sequential(nn.Flatten(), nn.Linear(192, 2))
    network.register_forward_pre_hook(lambda _, given: seen.append(float(given[0].max())))
    train(network, Tensors(images), LABELS[:8], Training(max_epochs=1, augmentation="mirror-and-crop"))
    assert seen == ["mirror-and-crop", 1.0]


def test_batch_normalization_trains_where_one_example_is_left_over() -> None:
    """A batch of one has no variance, and torch refuses it; the cosine counts the steps that there are."""
    network = nn.Sequential(nn.Linear(2, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(4, 2))
    setting = Training(batch_size=4, max_epochs=3, stop_loss=0.0, schedule="cosine")
    history = train(network, Tensors(torch.randn(13, 2)), torch.arange(13) % 2, setting)
    assert history.steps == 9
