"""What the tests of claims read: groups of data, and pairs of taus over what both measures have."""

import pytest
from made_boards import LOW, entry, measure
from made_models import MEASURES, facts, model, of_suites

from benchmark.statistics.claims import Column, Suite
from leaderboard.rows.evidence import Evidence, data_group, evidence, pair_of


def of(*taus: float | None, free: str | None = None) -> Evidence:
    return Evidence(entry("colored", [0.0, 1.0]), Suite((Column([1, 2], [1, 2]),), "digits", free), taus, 3)


def test_suites_without_a_group_have_their_data_in_common() -> None:
    assert data_group({"data": "mnist", "data_group": "digits"}) == "digits"
    assert data_group({"data": "mnist", "data_group": ""}) == data_group({"data": "mnist"}) == "mnist"


def test_two_measures_are_compared_where_both_have_a_tau() -> None:
    pair = pair_of(of(1.0, 0.5, None), of(0.5, None, 0.25, free="heuristic"))
    assert pair is not None
    assert (pair.tau, pair.other, pair.data, pair.free) == (1.0, 0.5, "digits", "heuristic")
    assert pair_of(of(1.0, None), of(None, 0.5)) is None
    assert (of(1.0, 0.5, None).tau, of(None).tau) == (0.75, None)


def test_a_measure_is_read_in_every_suite_and_one_without_models_shows_nothing() -> None:
    conditions = [0.0, 0.5, 1.0]
    suites = [entry(name, conditions) for name in "ab"]
    there = [model(c, [c] * 2, [1 - c] * 2, entry=1, inputs=i) for i in ("evaluation", "other") for c in conditions]
    found = evidence(dict(enumerate(suites)), facts({**MEASURES, "mean-mi": measure(LOW)}), of_suites(there, *suites))
    assert list(found) == [(i, "tap", name) for i in ("evaluation", "other") for name in ("mean-mi", "steps")]
    absent, full = found["evaluation", "tap", "mean-mi"]
    assert [one.entry["suite"] for one in (absent, full)] == ["a", "b"]
    assert (absent.tau, absent.seeds, full.tau, full.seeds) == (None, 0, pytest.approx(1.0), 2)
    assert [one.suite.free for one in found["other", "tap", "steps"]] == ["heuristic", "heuristic"]  # of either sign
