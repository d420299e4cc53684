"""Sheets of claims and picks: one claim in a row, one model that may be picked in a row."""

from made_screens import MORE, duel
from made_screens import claim as made
from noisy_boards import noisy, rows


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


def test_pooled_rows_are_those_of_the_board() -> None:
    board = noisy()
    for row, own in zip(rows(board, "pooled"), board["pooled"], strict=True):
        assert row == {name: own[name] for name in row}


def test_those_behind_a_tie_come_after_all_of_it() -> None:
    board = noisy()
    board["ties"] = [{**board["ties"][0], "groups": [["a", "b"], ["c", "d", "e"], ["f"]], "left_out": []}]
    places = {row["model"]: (row["first"], row["last"]) for row in rows(board, "picks")}
    assert places == {"a": (1, 2), "b": (1, 2), "c": (3, 5), "d": (3, 5), "e": (3, 5), "f": (6, 6)}
