"""Footnotes: each stands where it is needed and nowhere else, and the verdict comes last."""

from copy import deepcopy
from typing import Any

import pytest
from made_boards import records, resolved

from leaderboard.pages.tables.footnotes import BRACKETS, SENSITIVITY, footnotes, frozen
from leaderboard.rows.assembly import build_board

BOARD = build_board(resolved(), records(resolved()))


def changed(**parts: Any) -> dict[str, Any]:
    return {**deepcopy(BOARD), **parts}


def test_the_verdict_stands_last_behind_the_digests() -> None:
    notes = footnotes(BOARD)
    count = len(BOARD["verdict"])
    assert count
    assert notes[-count:] == BOARD["verdict"]
    assert BOARD["plan_digest"] in notes[-count - 1]
    assert notes[-count - 1].endswith(f"board.json has digest {BOARD['digest']}.")


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"limit": 50}, "A trial on at most 50 examples of each kind: no result."),
        ({"fewer_conditions": ["a", "b"]}, "a, b: fewer conditions than the plan has for processors with bfloat16"),
        ({"sensitivity": []}, SENSITIVITY),
        ({"warnings": [{"key": "k", "warning": "w"}] * 2}, "2 warnings, as k: w; all in board.json."),
    ],
)
def test_a_note_stands_only_where_its_board_needs_it(parts: dict[str, Any], said: str) -> None:
    assert not [note for note in footnotes(BOARD) if note.startswith(said)]
    assert len([note for note in footnotes(changed(**parts)) if note.startswith(said)]) == 1


def test_brackets_are_explained_where_a_value_of_the_paper_stands_in_them() -> None:
    assert BRACKETS in footnotes(BOARD)
    own = deepcopy(BOARD)
    for row in own["agreement"]:
        row["as_in_paper"] = True
    assert BRACKETS not in footnotes(own)


def test_data_that_are_not_published_and_reasons_of_missing_taus_are_named_once() -> None:
    notes = footnotes(BOARD)
    assert "digits: stand-in data." in notes
    board = deepcopy(BOARD)
    for row in board["agreement"]:
        row |= {"tau": None, "reason": "all numbers are equal"}
    assert "-: undefined or missing (all numbers are equal)." in footnotes(board)


def test_the_largest_error_of_each_sampled_measure_is_told_and_that_of_a_yardstick_is_not() -> None:
    board = deepcopy(BOARD)
    for number, row in enumerate(board["models"]):
        row["measures"]["mean-mi"]["standard_error"] = 0.01 * number
        row["measures"]["steps"]["standard_error"] = 5.0
    for row in board["agreement"]:
        row["yardstick"] = row["measure"] == "steps"
    last = 0.01 * (len(board["models"]) - 1)
    said = f"From a sample of the pairs, with a standard error of at most: mean-mi {last:.2g}."
    assert said in footnotes(board)


def test_layers_that_were_not_trained_stand_together_for_one_family() -> None:
    board = deepcopy(BOARD)
    for suite in board["suites"]:
        suite["frozen_layers"] = [2, 4]
    assert frozen(board["suites"][0]) == "2 or 4"
    assert "colored, shuffled: the first 2 or 4 layers of mlp stay as they were pretrained." in footnotes(board)


def test_the_hypotheses_that_are_corrected_for_are_named() -> None:
    (holm,) = [note for note in footnotes(BOARD) if note.startswith("p (Holm)")]
    assert "of the plan's hypotheses alone (mean-mi)" in holm
    (holm,) = [note for note in footnotes(changed(hypotheses=[])) if note.startswith("p (Holm)")]
    assert "alone (none)" in holm
