"""Simulated boards: metrics that fall along the knob, measures that are alike where they should be, and their rates."""

from dataclasses import replace

import numpy as np
import pytest

from benchmark.statistics.simulations.conditions import (
    ALIKE,
    Board,
    Rates,
    _metrics,
    _taus,
    false_leads,
    false_orders,
    simulated,
)

SMALL = Board(conditions=(4, 6), data=("a", "b"), kinds=("heuristic", "example-level"))


def test_tests_are_hypotheses_times_inputs_and_scopes() -> None:
    board = replace(SMALL, hypotheses=3, inputs=2, scopes=5)
    assert (board.reads, board.tests) == (10, 30)


def test_every_array_has_its_axes() -> None:
    numbers = simulated(replace(SMALL, metrics=3, scopes=2), "independent", 7)
    assert [one.shape for one in numbers.metrics] == [(7, 3, 4), (7, 3, 6)]
    assert [[one.shape for one in measure] for measure in numbers.measures] == [[(7, 4, 4), (7, 4, 6)]] * 2
    assert [one.shape for one in numbers.placebo] == [(7, 1, 4), (7, 1, 6)]


def test_one_metric_falls_along_the_knob_and_several_do_so_on_the_whole() -> None:
    generator = np.random.default_rng(0)
    for one in _metrics(SMALL, 50, generator):
        assert (np.diff(one, axis=-1) <= 0).all()
    several = _metrics(replace(SMALL, metrics=2), 4000, generator)[1]
    assert (np.diff(several.mean(axis=(0, 1))) < 0).all()
    assert (np.diff(several, axis=-1) > 0).any()


def test_rounded_metrics_have_so_many_values_and_an_undefined_one_is_constant() -> None:
    found = _metrics(replace(SMALL, levels=3, undefined=(1,)), 50, np.random.default_rng(0))
    assert set(np.unique(found[0]).tolist()) == {0.0, 1.0, 2.0}
    assert set(np.unique(found[1]).tolist()) == {0.0}


def test_a_measure_is_as_alike_on_two_kinds_of_inputs_as_is_said() -> None:
    (values, _), _ = simulated(SMALL, "independent", 20_000).measures
    one, other = values[:, 0].ravel(), values[:, 1].ravel()
    assert np.corrcoef(one, other)[0, 1] == pytest.approx(ALIKE, abs=0.01)


def test_suites_of_one_group_of_data_are_alike_as_far_as_is_said_and_others_are_not() -> None:
    three = Board(conditions=(5, 5, 5), data=("a", "a", "b"), kinds=("heuristic",) * 3, alike=0.6)
    measure = simulated(three, "independent", 20_000).measures[0]
    first, second, third = (values[:, 0].ravel() for values in measure)
    assert np.corrcoef(first, second)[0, 1] == pytest.approx(0.6, abs=0.02)
    assert np.corrcoef(first, third)[0, 1] == pytest.approx(0.0, abs=0.02)
    same = simulated(replace(three, alike=1.0), "independent", 5).measures[0]
    assert np.array_equal(same[0], same[1])


def test_an_effect_makes_tau_positive_and_none_leaves_it_at_0() -> None:
    for effect, low, high in ((0.0, -0.05, 0.05), (0.6, 0.4, 0.8)):
        numbers = simulated(SMALL, "independent", 2000, effect)
        mean = float(_taus(numbers.measures[0], numbers.metrics).mean())
        assert low < mean < high


def test_the_same_seed_gives_the_same_boards_and_rates_are_shares() -> None:
    one, same, other = (simulated(SMALL, "independent", 3, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(one.metrics[0], same.metrics[0])
    assert not np.array_equal(one.metrics[0], other.metrics[0])
    for rates in (false_orders(SMALL, "independent", 20), false_leads(SMALL, "independent", 20)):
        assert rates == Rates(0.0, 0.0)  # two groups of data have four flips: a p of .25 at best is no claim
