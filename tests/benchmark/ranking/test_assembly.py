"""A ranking as plain data: the orders of both kinds are opposite, and the numbers say how they were read."""

import json

import numpy as np
import pytest

from benchmark.estimator import Settings
from benchmark.ranking.assembly import ranking_of
from registry import UserError

GENERATOR = np.random.default_rng(0)
COMMON = GENERATOR.normal(size=(300, 1))
GIVEN = {f"share {share}": GENERATOR.normal(size=(300, 5)) + share * COMMON for share in (1, 0, 3)}


def test_less_mutual_information_is_better_against_shortcuts_and_worse_against_wrong_labels() -> None:
    shortcuts = ranking_of(GIVEN, "heuristic")
    assert shortcuts["orders"] == {"heuristic": [["share 0"], ["share 1"], ["share 3"]]}
    both = ranking_of(GIVEN)
    assert both["orders"]["example-level"] == both["orders"]["heuristic"][::-1]
    assert set(both["trust"]) == {"heuristic", "example-level"}


def test_it_is_plain_data_that_says_what_was_read() -> None:
    found = ranking_of(GIVEN, "heuristic", pairs=4)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert (found["examples"], found["samples"], found["pairs"], found["pairs_read"]) == (300, 300, 10, 4)
    assert [row["network"] for row in found["networks"]] == list(GIVEN)
    assert {row["rank"]["heuristic"][0] for row in found["numbers"] if row["measure"] == "mean-mi"} == {1, 2, 3}


def test_an_unknown_kind_is_told_what_the_kinds_are() -> None:
    with pytest.raises(UserError, match=r"unknown kind 'example': it is heuristic \(against shortcuts\)"):
        ranking_of(GIVEN, "example")  # type: ignore[arg-type]


def test_without_halves_and_by_an_odd_number_of_pairs_nothing_is_ranked() -> None:
    with pytest.raises(UserError, match="sub_samples is 0: without halves"):
        ranking_of(GIVEN, settings=Settings(sub_samples=0))
    with pytest.raises(UserError, match="pairs is 'all' or a number from 2 on, not 'ALL'"):
        ranking_of(GIVEN, pairs="ALL")  # type: ignore[arg-type]
    assert ranking_of(GIVEN, pairs=np.int64(4))["pairs_read"] == 4
