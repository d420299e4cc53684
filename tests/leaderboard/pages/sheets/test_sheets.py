"""The sheets of a board: every row has every column, of the kind it is said to be, and parts stand by themselves."""

import re
from typing import Any

import pytest
from made_boards import records, resolved, value
from made_screens import MORE, duel
from made_screens import claim as made

from leaderboard.pages.sheets import SHEETS
from leaderboard.rows.assembly import build_board

KINDS: dict[str, tuple[type, ...]] = {"text": (str,), "number": (float, int), "count": (int,), "yes or no": (bool,)}


def noisy(recipes: int = 1, seeds: int = 1) -> dict[str, Any]:
    """A board whose measure moves over halves, and whose metric has a standard error."""
    plan = resolved(recipes, seeds)
    found = records(plan)
    for record in found.values():
        if "measures" in record:
            mi = record["measures"]["mean-mi"]["value"]
            record["measures"]["mean-mi"] = value(mi, sub_samples=[mi - 0.01, mi, mi + 0.01])
            record["metrics"]["accuracy"]["standard_error"] = 0.01
    return build_board(plan, found)


def rows(board: dict[str, Any], sheet: str, **where: Any) -> list[dict[str, Any]]:
    return [row for row in SHEETS[sheet].rows(board) if all(row[key] == found for key, found in where.items())]


@pytest.mark.parametrize("recipes", [1, 3])
@pytest.mark.parametrize("name", SHEETS)
def test_cells_are_of_the_kind_of_their_column(name: str, recipes: int) -> None:
    sheet = SHEETS[name]
    for row in sheet.values(noisy(recipes)):
        assert len(row) == len(sheet.columns)
        for column, cell in zip(sheet.columns, row, strict=True):
            assert cell is None or (isinstance(cell, KINDS[column.kind]) and cell != ""), column
            assert column.kind in ("yes or no", "text") or not isinstance(cell, bool), column


@pytest.mark.parametrize("name", SHEETS)
def test_columns_can_be_typed_and_say_what_they_mean(name: str) -> None:
    names = SHEETS[name].names
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z_]+", column) for column in names)
    assert all(len(column.meaning) > 8 and "|" not in column.meaning for column in SHEETS[name].columns)


def test_each_part_of_how_sure_a_tau_is_has_a_column() -> None:
    (row,) = rows(noisy(seeds=5), "agreement", suite="colored", measure="mean-mi")
    assert (row["beyond_noise_tau"], row["beyond_noise_kept"], row["beyond_noise_pairs"]) == (1.0, 3, 3)
    assert (row["seeds_low"], row["seeds_high"], row["halves_low"], row["halves_high"]) == (1.0, 1.0, 1.0, 1.0)
    assert (row["within_over"], row["within_conditions"], row["within_left_out"]) == ("seeds", 3, 0)
    assert (row["paper"], row["same_setup"]) == (0.8, False)


def test_models_are_in_long_form_in_the_order_of_the_conditions() -> None:
    found = rows(noisy(), "models", suite="colored", name="mean-mi")
    assert [(row["order"], row["condition"], row["mean"], row["role"]) for row in found] == [
        (1, 0.0, 0.0, "measure"),
        (2, 0.5, 0.5, "measure"),
        (3, 1.0, 1.0, "measure"),
    ]
    at_taps = rows(noisy(), "models_at_taps", suite="colored", name="mean-mi", condition=0.5)
    assert [(row["tap"], row["depth"], row["mean"]) for row in at_taps] == [("t", 1, 0.5)]


def test_a_condition_that_is_a_word_has_no_number() -> None:
    board = noisy()
    for row in board["models"]:
        row["condition"] = {0.0: "clean", 0.5: "mixed", 1.0: "spoilt"}[row["condition"]]
    found = rows(board, "models", suite="colored", name="mean-mi")
    assert [(row["condition"], row["condition_name"], row["order"]) for row in found] == [
        (None, "clean", 1),
        (None, "mixed", 2),
        (None, "spoilt", 3),
    ]


def test_nothing_is_picked_by_a_measure_that_is_not_shown_to_order_anything() -> None:
    board = noisy()
    board["ties"] = [
        {**board["ties"][0], "groups": [["a"], ["b", "c"]], "left_out": ["d"], "trusted": here > 0, "here": here}
        for here in (0.5, -0.5)
    ]
    assert [row["here"] for row in rows(board, "picks")] == [0.5] * 4 + [-0.5] * 4
    columns = ("trusted", "model", "first", "last", "tied_for_first", "pick")
    assert [tuple(row[name] for name in columns) for row in rows(board, "picks")] == [
        (True, "a", 1, 1, True, True),
        (True, "b", 2, 3, False, False),
        (True, "c", 2, 3, False, False),
        (True, "d", None, None, False, False),
        (False, "a", 1, 1, True, False),
        (False, "b", 2, 3, False, False),
        (False, "c", 2, 3, False, False),
        (False, "d", None, None, False, False),
    ]


def test_four_of_five_tied_for_first_are_no_pick() -> None:
    board = noisy()
    tied = {"groups": [["a", "b", "c", "d"], ["e"]], "left_out": [], "trusted": True, "here": 0.5}
    board["ties"] = [{**board["ties"][0], **tied}]
    found = rows(board, "picks")
    assert [(row["tied_for_first"], row["pick"]) for row in found] == [*[(True, False)] * 4, (False, False)]


def test_claims_stand_one_in_a_row() -> None:
    board = noisy()
    one = {"tau": 0.5, "p": 0.01, "best": 0.01, "shown": "selects", "needs": None, "about": "these networks"}
    beats = [duel("steps", "cannot", p=1.0, best=0.125, ahead=1)]
    claim = made("mean-mi", "evaluation", "reversed", -0.5, beats=beats, within=[{"column": "colored/accuracy", **one}])
    board["claims"] = [claim]
    columns = ("claim", "of", "shown", "tau", "difference", "p", "best", "ahead", "about", "needs", "exploratory")
    others = "networks of other seeds"
    assert [tuple(row[column] for column in columns) for row in rows(board, "claims")] == [
        ("orders", None, "reversed", -0.5, None, 0.02, 0.004, None, others, None, False),
        ("beats", "steps", "cannot", None, 0.2, 1.0, 0.125, 1, others, MORE, False),
        ("beats", "all placebos", "cannot", None, None, 0.5, 0.004, None, None, MORE, False),
        ("within", "colored/accuracy", "selects", 0.5, None, 0.01, 0.01, None, "these networks", None, False),
    ]


def test_what_made_the_board_has_a_row_each() -> None:
    board = noisy()
    known = {(row["item"], row["name"]): row["value"] for row in rows(board, "provenance")}
    assert known["board", "digest"] == board["digest"]
    assert known["plan", "digest"] == board["plan_digest"]
    assert {name for item, name in known if item == "version"} == set(board["made"]["versions"])
    (one,) = board["made"]["data"]
    one |= {"licence": "CC0", "fingerprints": ["12ab", "34cd"]}
    found = [(row["item"], row["value"]) for row in rows(board, "provenance", name=one["data"])]
    assert found == [("origin", one["origin"]), ("licence", "CC0"), ("fingerprint", "12ab"), ("fingerprint", "34cd")]
