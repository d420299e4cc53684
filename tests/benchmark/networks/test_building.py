"""A network is drawn from its seed, and is nobody else's: what was returned before is refused."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from benchmark.networks.building import build, build_from
from registry import FAMILIES, ModelFamily


def family(make: Callable[[], Any]) -> ModelFamily:
    return replace(FAMILIES["toy-mlp"], build=lambda shape, classes: make())


def weights(network: nn.Module) -> torch.Tensor:
    return nn.utils.parameters_to_vector(network.parameters())


def test_a_seed_builds_the_same_network_each_time_and_another_one_another() -> None:
    one, again, other = (weights(build_from(FAMILIES["toy-mlp"], (3,), 2, seed)) for seed in (4, 4, 5))
    assert torch.equal(one, again)
    assert not torch.equal(one, other)


def test_building_from_a_seed_leaves_the_generators_as_they_were() -> None:
    states = torch.get_rng_state(), np.random.get_state()[1].copy()
    build_from(FAMILIES["toy-mlp"], (3,), 2, 0)
    assert torch.equal(torch.get_rng_state(), states[0])
    assert np.array_equal(np.random.get_state()[1], states[1])


def test_the_family_is_told_shape_and_classes() -> None:
    told: list[Any] = []
    given = replace(FAMILIES["toy-mlp"], build=lambda *words: told.append(words) or nn.Linear(3, 2))
    build(given, (3,), 2)
    assert told == [((3,), 2)]


def test_what_is_no_module_is_refused() -> None:
    with pytest.raises(TypeError, match=r"build returns list, not a torch\.nn\.Module"):
        build(family(lambda: [1]), (3,), 2)


def test_a_layer_without_a_shape_is_refused() -> None:
    with pytest.raises(ValueError, match=r"a module whose 1\.weight has no shape yet.*say its sizes"):
        build(family(lambda: nn.Sequential(nn.ReLU(), nn.LazyLinear(2))), (3,), 2)


def test_a_module_or_a_part_of_one_that_was_returned_before_is_refused() -> None:
    kept = nn.Linear(3, 3)
    whole = family(lambda: nn.Sequential(kept, nn.Linear(3, 2)))
    build(whole, (3,), 2)
    with pytest.raises(ValueError, match=r"the same 0\.weight as one that it has returned before"):
        build(whole, (3,), 2)


def test_a_frozen_part_may_be_shared_as_nothing_is_learned_by_it() -> None:
    frozen = nn.Linear(3, 3).requires_grad_(False)
    for _ in range(2):
        build(family(lambda: nn.Sequential(frozen, nn.Linear(3, 2))), (3,), 2)
