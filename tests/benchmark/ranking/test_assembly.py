"""A ranking as plain data: the orders of both kinds are opposite, and the numbers say how they were read."""

import json

import numpy as np
import pytest

from benchmark.estimator import Settings
from benchmark.information import binned
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
    assert (found["examples"], found["samples"]) == (300, 300)
    assert {(row["pairs"], row["pairs_read"]) for row in found["networks"]} == {(10, 4)}
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
    assert ranking_of(GIVEN, pairs=np.int64(4))["networks"][0]["pairs_read"] == 4


def test_each_networks_figures_are_made_from_its_own_taps() -> None:
    rows = ranking_of({name: {"fc": given, "top": given[:, :2] + 1} for name, given in GIVEN.items()})["networks"]
    for row, given in zip(rows, GIVEN.values(), strict=True):
        assert row["taps"] == {"fc": 5, "top": 2}
        entropies = row["details"]["fc"]["entropy"]
        np.testing.assert_allclose(entropies, binned.entropy(given.astype(np.float32)))
        assert sum(row["details"]["fc"]["mi_histogram"]["counts"]) == 10


def test_corrected_mean_mi_is_about_nought_where_neurons_share_nothing_and_keeps_what_they_share() -> None:
    found = ranking_of(GIVEN, "heuristic", settings=Settings(mi={"kind": "binned"}), corrected=True)  # type: ignore[arg-type]
    by = {(row["network"], row["measure"]): row for row in found["numbers"]}
    plain, corrected = (by["share 0", name] for name in ("mean-mi", "mean-mi-corrected"))
    assert plain["value"] == pytest.approx(81 / 600, rel=0.3)  # (B - 1)^2 / 2 S of ten bins and 300 examples
    assert corrected["value"] == pytest.approx(0, abs=0.02)
    assert by["share 3", "mean-mi-corrected"]["value"] > 0.3  # type: ignore[operator]
    assert corrected["rank"] == {"heuristic": [1, 1]}
    assert corrected["error"] is not None


def test_networks_of_other_widths_are_each_read_at_as_many_pairs_as_they_have() -> None:
    wide = GENERATOR.normal(size=(300, 460))  # 105,570 pairs
    rows = ranking_of({"narrow": GIVEN["share 0"], "wide": wide}, settings=Settings(sub_samples=2))["networks"]
    assert [(row["pairs"], row["pairs_read"]) for row in rows] == [(10, 10), (105_570, 20_000)]


def test_it_says_what_fewer_examples_would_do() -> None:
    settings = Settings(mi={"kind": "binned", "bins": 10, "edges": "per-neuron"})  # type: ignore[arg-type]
    moved = ranking_of(GIVEN, "heuristic", settings=settings)["fewer"]["mean-mi"]
    assert moved == pytest.approx(81 / 300 - 81 / 600, rel=0.4)  # the bias (B - 1)^2 / 2 S of half as many


def test_networks_that_cannot_be_compared_are_said_to_be_so() -> None:
    assert ranking_of(GIVEN)["incomparable"] == ""
    narrow = {**GIVEN, "narrow": GIVEN["share 0"][:, :3] + 1}
    assert ranking_of(narrow)["incomparable"] == "networks of unlike width are not comparable"
    deep = {**GIVEN, "deep": {"fc1": GIVEN["share 0"] + 1, "fc2": GIVEN["share 0"]}}
    assert ranking_of(deep)["incomparable"] == "networks of unlike depth are not comparable"
