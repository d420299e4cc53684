"""What trainings do to a network that is watched: compile, wrap and round it, and draw from generators of any kind."""

import random
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.utils.data import BatchSampler, DataLoader, Dataset, RandomSampler

from benchmark.ranking.monitor import Monitor
from registry import UserError

X = torch.randn(200, 6, generator=torch.Generator().manual_seed(0))
Y = (X[:, 0] > 0).long()


def network() -> nn.Sequential:
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Dropout(0.3), nn.Linear(8, 8), nn.Linear(8, 2))


def measured(net: nn.Module, **options: Any) -> dict[str, float | None]:
    found = Monitor(net, X, share=1, **options).measure(0)
    assert found is not None
    assert None not in found.values()
    return found


class Whole(nn.Module):
    """torch compiles its forward pass, and would leave that of a Sequential alone."""

    def __init__(self) -> None:
        super().__init__()
        self.inner = network()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.inner(x)


def compiled() -> nn.Module:
    return torch.compile(Whole(), backend="eager")


def compiled_in_place() -> nn.Module:
    net = Whole()
    net.compile(backend="eager")
    return net


@pytest.mark.parametrize("wrapped", [compiled, compiled_in_place, lambda: nn.DataParallel(Whole())])
def test_a_network_that_is_compiled_or_wrapped_has_the_numbers_and_taps_of_the_network_itself(wrapped: Any) -> None:
    net = wrapped()
    for mode in (True, False):  # what is compiled is made now, before anybody's hooks
        with torch.set_grad_enabled(mode):
            net.train(mode)(X)
    alone = Whole()
    assert measured(net) == measured(alone)
    assert "memorank/mean_mi/inner.3" in measured(net, taps=["inner.0", "inner.3"])
    net.train()
    alone.train()
    torch.manual_seed(1)
    seen = net(X)
    torch.manual_seed(1)
    assert torch.equal(seen, alone(X))


def test_reading_a_compiled_network_compiles_nothing() -> None:
    """That would take minutes of a training, and hooks would stay in what was made."""
    torch.compiler.reset()
    net = Whole()
    made: list[int] = []

    def backend(graph: Any, inputs: Any) -> Any:
        made.append(1)
        return graph

    net.compile(backend=backend)
    net(X)
    monitor = Monitor(net, X, share=1)
    monitor.measure(0)
    net(X)
    assert made == [1]


@pytest.mark.parametrize("kind", [torch.bfloat16, torch.float16, torch.float64])
def test_weights_may_become_numbers_of_another_kind_while_they_are_trained(kind: torch.dtype) -> None:
    net = network()
    monitor = Monitor(net, X, share=1)
    before, after = monitor.measure(0), (net.to(kind), monitor.measure(1))[1]
    assert before is not None
    assert after is not None
    assert after["memorank/mean_mi"] == pytest.approx(before["memorank/mean_mi"], abs=0.02)
    assert after == measured(net)
    net.float()
    again = monitor.measure(2)
    assert again is not None
    assert None not in again.values()


def test_what_can_no_longer_be_read_is_missing_and_a_warning_says_why() -> None:
    net = network()
    monitor = Monitor(net, X, share=1)
    net[0] = nn.Linear(5, 8)
    with pytest.warns(UserWarning, match="measured nothing at step 4: the network does not take these inputs"):
        found = monitor.measure(4)
    assert found is not None
    assert set(found.values()) == {None}


class Rounded(Whole):
    """Turns autocast on by itself, as accelerate makes networks do."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        with torch.autocast("cpu", torch.bfloat16):
            return self.inner(x)


def gradients(watched: bool) -> list[torch.Tensor]:
    net = Rounded()
    monitor = Monitor(net, X, share=1)
    torch.manual_seed(0)
    with torch.autocast("cpu", torch.bfloat16):
        if watched:
            monitor.measure(0)
        loss = nn.functional.cross_entropy(net(X).float(), Y)
    loss.backward()
    assert all(weight.grad is not None for weight in net.parameters())
    return [weight.grad for weight in net.parameters() if weight.grad is not None]


def test_what_a_network_rounds_while_it_is_read_leaves_its_gradients() -> None:
    """autocast keeps what it rounds until it ends; older torch without a gradient, if a reading rounded it."""
    assert all(torch.equal(a, b) for a, b in zip(gradients(True), gradients(False), strict=True))


class Noisy(Dataset[torch.Tensor]):
    """Augmented by Python's generator and numpy's."""

    def __len__(self) -> int:
        return len(X)

    def __getitem__(self, row: int) -> torch.Tensor:
        return X[row] + random.random() + float(np.random.normal())


def test_examples_that_are_drawn_for_it_change_nobody_elses_draws() -> None:
    own = torch.Generator().manual_seed(5)
    batches = DataLoader(Noisy(), batch_size=20, shuffle=True, generator=own)

    def drawn() -> list[float]:
        return [random.random(), float(np.random.normal()), float(torch.rand(1)), float(torch.rand(1, generator=own))]

    def seeded() -> None:
        random.seed(0)
        np.random.seed(0)
        torch.manual_seed(0)
        own.manual_seed(5)

    seeded()
    right = drawn()
    net = network()
    seeded()
    Monitor(net, batches, share=1).measure(0)
    assert drawn() == right


@pytest.mark.parametrize("place", ["sampler", "batch sampler", "inside the batch sampler", "data set"])
def test_a_generator_of_a_sampler_or_of_the_data_set_draws_on_as_if_nothing_had_been_read(place: str) -> None:
    own = torch.Generator().manual_seed(5)
    sampler = RandomSampler(Y, generator=own)
    data = Numbered(np.random.default_rng(3))
    batches = {
        "sampler": DataLoader(X, batch_size=20, sampler=sampler),
        "batch sampler": DataLoader(X, batch_sampler=Shuffled(own)),
        "inside the batch sampler": DataLoader(X, batch_sampler=BatchSampler(sampler, 20, drop_last=False)),
        "data set": DataLoader(data, batch_size=20),
    }[place]
    Monitor(network(), batches, share=1).measure(0)
    assert torch.equal(torch.rand(3, generator=own), torch.rand(3, generator=torch.Generator().manual_seed(5)))
    assert data.random.normal() == np.random.default_rng(3).normal()


class Shuffled:
    """Batches in random order, by a generator of its own."""

    def __init__(self, generator: torch.Generator) -> None:
        self.generator = generator

    def __iter__(self) -> Any:
        return iter(torch.randperm(len(X), generator=self.generator).split(20))


class Numbered(Noisy):
    """Augmented by a generator of its own."""

    def __init__(self, generator: np.random.Generator) -> None:
        self.random = generator

    def __getitem__(self, row: int) -> torch.Tensor:
        return X[row] + float(self.random.normal())


class Merging(nn.Linear):
    """As loralib's: its adapter is added to its weight when it is put into evaluation mode, and taken out again."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__(inputs, outputs)
        self.down, self.up = nn.Parameter(torch.randn(2, inputs)), nn.Parameter(torch.randn(outputs, 2))
        self.merged = False

    def train(self, mode: bool = True) -> "Merging":
        super().train(mode)
        if self.merged == mode:
            with torch.no_grad():
                self.weight += (-1 if mode else 1) * self.up @ self.down
            self.merged = not mode
        return self

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return super().forward(x) + (0 if self.merged else x @ self.down.T @ self.up.T)


def test_adapters_that_evaluation_mode_merges_are_trained_as_if_nobody_had_looked() -> None:
    def trained(watched: bool) -> tuple[list[torch.Tensor], bool]:
        torch.manual_seed(0)
        net = nn.Sequential(Merging(6, 8), nn.ReLU(), nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 2))
        monitor = Monitor(net, X, share=1) if watched else None
        for step in range(3):
            if monitor:
                monitor.measure(step)
            nn.functional.cross_entropy(net(X), Y).backward()
            with torch.no_grad():
                for weight in net.parameters():
                    weight -= 0.1 * weight.grad  # type: ignore[operator]
        return list(net.parameters()), bool(net[0].merged)

    (seen, merged), (alone, _) = trained(True), trained(False)
    assert not merged
    assert all(torch.equal(a, b) for a, b in zip(seen, alone, strict=True))


def test_weights_that_have_no_size_yet_are_refused() -> None:
    net = nn.Sequential(nn.LazyLinear(8), nn.ReLU(), nn.Linear(8, 8), nn.Linear(8, 2))
    with pytest.raises(UserError, match=r"'0\.weight' has no size yet: call the network once on a batch"):
        Monitor(net, X)
    assert nn.parameter.is_lazy(net[0].weight)
    net(X[:2])
    measured(net)


class FullyShardedDataParallel(nn.Sequential):
    """By its name alone."""


def test_weights_that_are_spread_over_processes_are_refused_before_anybody_waits() -> None:
    zero = network()
    zero[0].weight.ds_id = 3
    for net in (FullyShardedDataParallel(network()), zero, nn.DataParallel(zero)):
        with pytest.raises(UserError, match=r"spread over processes .*: train with DistributedDataParallel"):
            Monitor(net, X)


class Adapted(nn.Module):
    """As PEFT wraps: the network inside, its layers replaced, and names passed through."""

    def __init__(self, inner: nn.Module) -> None:
        super().__init__()
        self.base_model = inner
        self.added = nn.Linear(6, 6)
        for weight in inner.parameters():
            weight.requires_grad_(False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.base_model(x + self.added(x))


def test_a_network_with_adapters_is_read_as_it_computes() -> None:
    net = Adapted(network())
    found = measured(net, taps=["base_model.0", "base_model.3"])
    inner = measured(net.base_model, taps=["0", "3"])
    assert found.keys() == {name.replace("/0", "/base_model.0").replace("/3", "/base_model.3") for name in inner}
    assert found["memorank/mean_mi"] != inner["memorank/mean_mi"]
    assert [weight.requires_grad for weight in net.parameters()] == [False] * 6 + [True] * 2
