"""How far groups of networks differ: what reading and training anew would move, worked out by hand."""

from math import sqrt

import numpy as np
import pytest
from made_anchors import made_number

from benchmark.ranking.anchor_groups import Group, Spread, spread_over_seeds, weighted
from benchmark.ranking.measuring import Measured


def _groups(**values: tuple[float, ...]) -> dict[str, Group]:
    return {name: Group(tuple(map(made_number, own))) for name, own in values.items()}


def test_what_all_networks_share_of_a_half_is_in_no_difference() -> None:
    groups = _groups(a=(1.0, 1.2), b=(3.0, 3.2))
    spread = spread_over_seeds(list(groups.values()))
    assert (spread.variance, spread.df) == (pytest.approx(0.02), 2)
    found = weighted(groups, {"b": 1.0, "a": -1.0}, spread)
    assert found is not None
    assert found.value == pytest.approx(2.0)
    assert found.error == pytest.approx(sqrt(0.02 * (1 / 2 + 1 / 2)))
    assert found.df == pytest.approx(2)


def test_reading_counts_where_networks_move_apart_on_halves() -> None:
    one, other = Measured(1.0, halves=(1.0, 1.4)), Measured(0.0, halves=(0.0, 0.0))
    groups = {"one": Group((one,)), "other": Group((other,))}
    found = weighted(groups, {"one": 1.0, "other": -1.0}, Spread(0.0, 3))
    assert found is not None
    assert found.error == pytest.approx(np.std((1.0, 1.4), ddof=1))


def test_sampled_pairs_count() -> None:
    one = Measured(1.0, halves=(1.0, 1.0), standard_error=0.3)
    found = weighted({"one": Group((one, one))}, {"one": 1.0}, Spread(0.0, 1))
    assert found is not None
    assert found.error == pytest.approx(0.3 / sqrt(2))


def test_nothing_is_said_where_no_spread_is_known() -> None:
    groups = _groups(a=(1.0,), b=(3.0,))
    assert spread_over_seeds(list(groups.values())).df == 0
    assert weighted(groups, {"a": 1.0, "b": -1.0}, Spread(0.0, 0)) is None
    assert weighted({"a": Group((Measured(1.0, halves=(None, 1.0)),))}, {"a": 1.0}, Spread(1.0, 3)) is None


def test_an_interval_of_few_seeds_holds_the_truth() -> None:
    generator, held, draws = np.random.default_rng(0), 0, 400
    for _ in range(draws):
        values = generator.normal(size=(3, 2))
        groups = _groups(**{name: tuple(own) for name, own in zip("abc", values, strict=True)})
        found = weighted(groups, {"a": 1.0, "b": -1.0}, spread_over_seeds(list(groups.values())))
        assert found is not None
        held += not found.apart  # the true difference is 0
    assert 0.92 < held / draws < 0.98
