"""Seeded blocks: all generators draw from the seed, and afterwards go on as if nothing had been drawn."""

import random

import numpy as np
import pytest
import torch

from benchmark.seeding import seeded

GENERATORS = {
    "torch": lambda: float(torch.rand(1)),
    "numpy": lambda: float(np.random.random()),
    "python": random.random,
}


@pytest.mark.parametrize("name", GENERATORS)
def test_a_seed_draws_the_same_each_time_and_another_one_others(name: str) -> None:
    draw, drawn = GENERATORS[name], []
    for seed in (7, 7, 8, 2**31, 2**63 - 2):
        with seeded(seed, 1):
            drawn.append([draw() for _ in range(3)])
        draw()
    assert drawn[0] == drawn[1]
    assert len({tuple(numbers) for numbers in drawn}) == 4


@pytest.mark.parametrize("name", ["numpy", "python"])
def test_all_64_bits_of_a_seed_count(name: str) -> None:
    """torch's generator on the processor takes the lowest 32 of them."""
    drawn = []
    for seed in (7, 2**32 + 7, 2**63 + 7):
        with seeded(seed, 1):
            drawn.append(GENERATORS[name]())
    assert len(set(drawn)) == 3


@pytest.mark.parametrize("name", GENERATORS)
@pytest.mark.parametrize("failing", [False, True])
def test_what_is_drawn_after_it_is_what_would_have_been_drawn_without_it(name: str, failing: bool) -> None:
    draw = GENERATORS[name]

    def used() -> None:
        with seeded(5, 1):
            for other in GENERATORS.values():
                other()
            if failing:
                raise KeyError

    with seeded(3, 1):
        expected = draw()
    with seeded(3, 1):
        try:
            used()
        except KeyError:
            assert failing
        assert draw() == expected


def test_torch_has_as_many_threads_as_said_and_before_and_after_it_its_own() -> None:
    before = torch.get_num_threads()
    for threads in (1, 2):
        with seeded(0, threads):
            assert torch.get_num_threads() == threads
        assert torch.get_num_threads() == before
