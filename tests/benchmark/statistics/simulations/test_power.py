"""Chances of plans of some sizes: those that can show nothing, and those that nearly always show an effect."""

import pytest

from benchmark.statistics.simulations.power import ORDERED, RANKED, of_size


def test_power_is_that_of_the_size() -> None:
    assert of_size(8, 5, 5, 100).orders == 0.0
    assert of_size(8, 8, 5, 100).orders > 0.9
    assert of_size(1, 1, 5, 400, recipes=list(range(16))).selects["suite 0"] == pytest.approx(0.91, abs=0.06)


def test_of_sizes_that_differ_in_one_thing_the_larger_shows_no_less() -> None:
    assert of_size(8, 8, 5, 100).orders <= of_size(8, 8, 11, 100).orders
    few, many = (of_size(1, 1, 5, 200, **RANKED[name]).selects["suite 0"] for name in ("8 recipes", "24 recipes"))
    assert few < many


def test_sizes_have_no_more_groups_than_suites() -> None:
    assert all(groups <= suites for suites, groups, _ in ORDERED)
