"""Which networks are tied: those whose order reading other examples could turn."""

import numpy as np
import pytest

from benchmark.estimator import Settings
from benchmark.ranking.measuring import Measured, measured
from benchmark.ranking.order import apart, error_of, order_of
from benchmark.types import Activations


def number(value: float | None, *halves: float, standard_error: float | None = None) -> Measured:
    return Measured(value, None if value is not None else "why", halves=halves, standard_error=standard_error)


def test_what_moves_alike_on_every_half_is_apart_though_each_moves_more_than_the_gap() -> None:
    moves = (0.0, 1.0, -1.0, 0.5)
    a, b = number(0.0, *moves), number(0.1, *(move + 0.1 for move in moves))
    assert apart([a, b]).tolist() == [[False, True], [True, False]]
    other = number(0.1, *reversed(moves))
    assert not apart([a, other]).any()


def test_the_sampling_of_pairs_counts_too() -> None:
    a, b = number(0.0, 0.0, 0.01, -0.01), number(1.0, 1.0, 1.0, 1.0)
    assert apart([a, b]).any()
    assert not apart([number(0.0, 0.0, 0.01, -0.01, standard_error=1.0), b]).any()
    assert error_of(number(0.0, 3.0, -3.0, standard_error=4.0)) == pytest.approx(np.hypot(np.sqrt(18), 4.0))


def test_the_best_comes_first_in_either_direction_and_what_is_undefined_is_left_out() -> None:
    numbers = {"a": number(1.0, 1.0, 1.0, 1.01), "b": number(5.0, 5.0, 5.0, 5.0), "c": number(None, 0.0)}
    high, low = order_of(numbers, True), order_of(numbers, False)
    assert (high.names, low.names) == (["b", "a"], ["a", "b"])
    assert high.ranks() == {"b": (1, 1), "a": (2, 2)}
    assert high.left_out == {"c": "why"}
    assert order_of({"c": numbers["c"]}, True).groups == ()


def test_without_halves_nothing_is_told_apart() -> None:
    assert order_of({"a": number(1.0), "b": number(9.0)}, True).groups == (("b", "a"),)
    assert error_of(number(1.0)) is None


@pytest.mark.long
def test_two_networks_that_differ_by_luck_alone_are_rarely_told_apart() -> None:
    """Two of one kind on 100 examples: mean MI tells them apart in at most 9 of 100 draws, a real gap in most."""
    generator, settings = np.random.default_rng(3), Settings(sub_samples=10)
    found = {"alike": 0, "another": 0}
    for _ in range(100):
        common = generator.normal(size=(100, 1))
        made = [generator.normal(size=(100, 5)) + share * common for share in (0.8, 0.8, 1.6)]
        first, alike, another = (
            measured("a", Activations({"0": one.astype(np.float32)}), settings)["mean-mi"] for one in made
        )
        found["alike"] += bool(apart([first, alike]).any())
        found["another"] += bool(apart([first, another]).any())
    assert found["alike"] <= 9
    assert found["another"] > 90


def test_of_many_networks_that_are_alike_rarely_any_two_are_told_apart() -> None:
    """Ten of one kind have 45 pairs: without a correction some two would be told apart in most draws."""
    generator = np.random.default_rng(0)
    told = 0
    for _ in range(60):
        values = generator.normal(size=10)
        halves = values[:, None] + generator.normal(size=(10, 10))
        told += bool(apart([number(float(v), *map(float, own)) for v, own in zip(values, halves, strict=True)]).any())
    assert told <= 9  # .05 of 60 are 3
