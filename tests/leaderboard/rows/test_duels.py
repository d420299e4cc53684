"""How measures stand to placebos: each by itself, and all together only where the hardest is beaten."""

from typing import Any

import pytest
from made_boards import entry

from benchmark.statistics.claims import Column, Suite
from leaderboard.rows.duels import duel_rows
from leaderboard.rows.evidence import Evidence

SUITE = entry("colored", [0.0, 1.0])
PLACE = ("evaluation", "tap")
COLUMN = (Column([1, 2], [1, 2]),)


def of(taus: list[float | None], free: str | None = None, seeds: int = 3) -> list[Evidence]:
    """A measure in suites on data of their own, with these taus."""
    return [Evidence(SUITE, Suite(COLUMN, f"data {n}", free), (tau,), seeds) for n, tau in enumerate(taus)]


def duels(exploratory: bool = False, **placebos: list[float | None]) -> dict[str, Any]:
    """What is shown of a measure that is perfect in eight suites."""
    found = {(*PLACE, "m"): of([1.0] * 8)} | {(*PLACE, p): of(taus, "heuristic") for p, taus in placebos.items()}
    return duel_rows(list(placebos), found, {(*PLACE, "m"): exploratory})[*PLACE, "m"]


WEAK: list[float | None] = [0.2] * 8
HARD: list[float | None] = [1.0, 1.0, 1.0, 1.0, 1.0, 0.8, 0.8, 0.8]  # with it three groups could tell apart
NONE: list[float | None] = [None] * 8


def test_all_are_beaten_where_the_hardest_is() -> None:
    row = duels(weak=WEAK, other=[0.4] * 8)
    assert [one["shown"] for one in row["beats"]] == ["beats", "beats"]
    assert (row["placebos"]["shown"], row["placebos"]["p"]) == ("beats", 1 / 256)


def test_one_that_is_as_good_is_not_beaten_and_so_not_all_are() -> None:
    row = duels(weak=WEAK, hard=HARD)
    weak, hard = row["beats"]
    assert (weak["shown"], weak["p"], weak["ahead"]) == ("beats", 1 / 256, 8)
    assert (hard["shown"], hard["p"], hard["ahead"]) == ("cannot", 1 / 8, 3)
    assert (row["placebos"]["shown"], row["placebos"]["p"]) == ("cannot", hard["p"])
    assert row["placebos"]["needs"] == hard["needs"] == "needs 10 groups of data, here 8: two more suites on other data"


def test_one_without_a_tau_does_not_stand_in_the_way() -> None:
    row = duels(weak=WEAK, nothing=NONE)
    assert [one["shown"] for one in row["beats"]] == ["beats", "undefined"]
    assert row["placebos"]["shown"] == "beats"
    assert duels(nothing=NONE)["placebos"] == {"p": None, "best": None, "shown": "undefined", "needs": None}
    assert duels()["placebos"]["shown"] == "undefined"


def test_exploratory_duels_are_two_sided() -> None:
    row = duels(exploratory=True, weak=WEAK)
    assert row["beats"][0]["p"] == row["placebos"]["p"] == pytest.approx(2 / 256)


def test_a_duel_is_corrected_for_the_hypotheses_and_inputs_and_not_for_the_placebos() -> None:
    keys = [(inputs, "tap", measure) for inputs in ("evaluation", "in-distribution") for measure in ("m", "n")]
    found = {key: of([1.0] * 8) for key in keys}
    found |= {(inputs, "tap", name): of(WEAK, "heuristic") for inputs, _, _ in keys for name in ("a", "b", "c")}
    rows = duel_rows(["a", "b", "c"], found, dict.fromkeys(keys, False))
    assert {one["p"] for row in rows.values() for one in row["beats"]} == {4 / 256}
    assert {row["placebos"]["p"] for row in rows.values()} == {4 / 256}


def test_the_suites_of_a_duel_say_whom_it_is_about() -> None:
    found = {(*PLACE, "m"): of([1.0, 1.0]), (*PLACE, "p"): of([None, 0.2], "heuristic")}
    found[*PLACE, "m"][0] = Evidence(
        SUITE, Suite(COLUMN, "data 0"), (1.0,), 1
    )  # one seed, where the placebo has no tau
    (duel,) = duel_rows(["p"], found, {(*PLACE, "m"): False})[*PLACE, "m"]["beats"]
    assert (duel["suites"], duel["about"]) == (1, "networks of other seeds")
