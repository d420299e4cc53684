import re
import shlex
from typing import Any

import pytest
from made_screens import QUICK, claim, made_board
from rich.cells import cell_len

from leaderboard.pages.terminal.medium import Medium
from leaderboard.pages.terminal.screen import Around, screen

AROUND = Around(
    page="runs/quick/board/board.html",
    command="memorank report runs/quick",
    seconds=280,
    remark="0 cells were done, 183 computed now; board in runs/quick/board",
)
HOSTILE = "\x1b[31m[red]\u202e\u200b<script>=cmd()" + "x" * 200


def lines(board: dict[str, Any], width: int = 80, around: Around = AROUND, **medium: Any) -> list[str]:
    """The screen's lines, each of which fits and ends in no blank."""
    text = screen(board, Medium(width=width, **medium), around)
    assert text.endswith("\n")
    shown = text.removesuffix("\n").split("\n")
    for line in shown:
        bare = re.sub(r"\x1b\[[0-9;]*m", "", line)
        assert cell_len(bare) < width
        assert bare == bare.rstrip()
    return shown


@pytest.mark.parametrize("width", [80, 100, 120, 200])
def test_ten_columns_of_table_2_take_thirty_lines(width: int) -> None:
    shown = lines(made_board(), width)
    assert len(shown) <= 30
    assert shown[0] == "quick: 8 suites, 61 networks, 183 cells in 4 min 40 s; 0 failed, 10 warnings"
    assert sum("bias-in-bios" in line for line in shown) == 3


@pytest.mark.parametrize("width", [2, 7, 20, 40, 60, 79, 80, 99, 100, 101, 140, 200, 500])
@pytest.mark.parametrize("recipes", [("",), ("a", "b", "c")])
def test_every_width_is_kept(width: int, recipes: tuple[str, ...]) -> None:
    lines(made_board(recipes=recipes), width)
    lines(made_board(recipes=recipes), width, ascii_only=True)
    lines(made_board(recipes=recipes), width, colour=True)


def test_sixty_columns_tell_the_same() -> None:
    shown = lines(made_board(), 60)
    assert "  bias-i… sufficiency-gap  6       - (+0.20)  +0.20 (+0.33)" in shown
    assert "weight-norm" not in "".join(shown[:18])
    assert "best   mean-mi, of 2 hypotheses: orders the networks on" in shown
    assert "       evaluation, not shown on in-distribution" in shown


@pytest.mark.parametrize("width", [80, 100, 200])
def test_decimal_points_stand_under_each_other(width: int) -> None:
    rows = [line for line in lines(made_board(), width) if re.search(r"[+-]\d\.\d\d", line)]
    assert len(rows) == 11
    places = [{match.start() for match in re.finditer(r"[+-]\d\.\d\d", row.split(" p .")[0])} for row in rows]
    assert set.union(*places[:-1]) >= places[-1]
    assert len(set.union(*places[:-1])) <= {80: 5, 100: 8, 200: 14}[width]


def test_both_kinds_of_inputs_from_a_hundred_columns() -> None:
    assert "in-dist." not in "\n".join(lines(made_board(), 99))
    assert "suite (evaluation inputs)" in "\n".join(lines(made_board(), 99))
    at_hundred = "\n".join(lines(made_board(), 100))
    assert at_hundred.count("in-dist.") == 3
    assert "mean-confidence" not in at_hundred
    assert "mean-confidence" in "\n".join(lines(made_board(), 140))


def test_what_stands_around_is_left_out_where_nobody_knows_it() -> None:
    shown = screen(made_board())
    assert shown.startswith("quick: 8 suites, 61 networks, 183 cells; 0 failed")
    assert "memorank report" not in shown
    assert "board.html" not in shown
    assert "every table, 10 warnings)" in screen(made_board(), Medium(), Around(page="board.md"))
    assert "(figures, every table, 10 warnings)" in screen(made_board(), Medium(), Around(page="board.html"))
    assert "board.bib  (what to cite, 10 warnings)" in screen(made_board(), Medium(), Around(page="a/board.bib"))


def test_what_to_take_is_said_only_where_a_measure_is_shown_to_be_right() -> None:
    assert "--show picks " in "\n".join(lines(made_board()))
    assert "--show picks " not in "\n".join(lines(made_board(orders=("not shown", "not shown"))))
    assert "--show picks " not in "\n".join(lines(made_board(limit=50)))


def test_missing_cells_are_counted_and_can_be_found() -> None:
    missing = [{"key": "a", "reason": "not trained"}] * 2 + [{"key": "b", "reason": "diverged"}]
    shown = lines(made_board(missing=missing))
    assert "183 cells in 4 min 40 s; 2 not trained, 1 diverged, 10 warnings" in " ".join(shown[:2])
    assert len(shown) <= 30
    assert "gaps   memorank report runs/quick --show missing   # what is missing, and why" in shown


def test_a_trial_is_no_result() -> None:
    shown = lines(made_board(limit=50))
    assert "trial  A trial on at most 50 examples: no result." in shown
    assert not any(line.startswith(("best", "sure")) for line in shown)


def test_boards_with_little() -> None:
    nothing = made_board([], claims=[], pooled=[])
    assert "Nothing is measured yet: no suite is there." in lines(nothing)
    one = lines(made_board(QUICK[:1]))
    assert sum("colored-mnist" in line for line in one) == 1
    alone = [("only", "heuristic", "accuracy", 1, (None, None), (None, None))]
    undefined = [claim(name, "evaluation", "undefined", None) for name in ("mean-entropy", "mean-mi")]
    shown = lines(made_board(alone, inputs=("evaluation",), claims=undefined))
    assert re.search(r"  only +1\?      - +- ", "\n".join(shown))
    assert "best   unknown: no tau is defined in any suite" in shown


def test_thirty_suites_end_and_say_how_many_are_left_out() -> None:
    many = [(f"suite-{kind[:4]}-{number}", kind, "accuracy", 5, (0.1, 0.2), (None, None))
            for kind in ("heuristic", "example-level") for number in range(15)]  # fmt: skip
    shown = lines(made_board(many))
    assert len(shown) <= 40
    left_out = [int(number) for number in re.findall(r"\.\.\. and (\d+) more: --show all", "\n".join(shown))]
    assert sum("  suite-" in line for line in shown) + sum(left_out) == 30
    assert len(left_out) == 2


def test_recipes_as_mean_and_lowest_to_highest() -> None:
    board = made_board(QUICK[:1], recipes=("a", "b"))
    for row in board["agreement"]:
        row["tau"] = 0.6 if row["recipe"] == "a" else -0.2
    text = "\n".join(lines(board))
    assert "+0.20 -0.20 to +0.60" in text
    assert "mean over 2 recipes, lowest to highest" in text


def test_networks_without_a_value_are_marked() -> None:
    board = made_board(QUICK[:1])
    assert "~" not in "\n".join(lines(board))
    board["agreement"][1] |= {"n": 4, "left_out": 1}
    text = "\n".join(lines(board))
    assert "+0.80~(+1.00)" in text
    assert "~  some models or suites have no value" in text


def test_a_pooled_tau_of_fewer_suites_than_the_row_says_is_marked() -> None:
    board = made_board()
    assert "~" not in "\n".join(lines(board))
    row = next(row for row in board["pooled"] if row["measure"] == "weight-norm" and row["inputs"] == "evaluation")
    row |= {"suites": row["suites"] - 1, "left_out": 1}
    pooled = next(line for line in lines(board) if line.startswith("pooled over"))
    assert pooled.count("~") == 1
    assert f"{row['tau']:+.2f}~" in pooled
    assert "~  some models or suites have no value" in "\n".join(lines(board))


def test_a_mark_is_explained_only_where_it_stands() -> None:
    whole, small, empty = made_board(QUICK[:1]), made_board(QUICK[4:5]), made_board(QUICK[:1])
    for row in empty["agreement"]:
        row |= {"tau": None, "n": 0, "left_out": 5, "p_min": None}
    assert "n  models compared, one a condition" in screen(whole)
    assert "n  models compared; ?: too few to reach p .05" in screen(small)
    assert "  colored-mnist  0?" in re.sub(" +0", "  0", screen(empty))
    assert not any("~" in screen(board) for board in (whole, small, empty))
    for row in whole["agreement"]:
        if row["measure"] == "held-out-accuracy":  # that is a column only where there is room
            row |= {"n": 4, "left_out": 1}
    assert "~" not in screen(whole)
    assert "~  some models or suites have no value" in screen(whole, Medium(width=200))


def test_a_partial_board_says_that_cells_are_missing() -> None:
    undefined = [claim(name, "evaluation", "undefined", None) for name in ("mean-entropy", "mean-mi")]
    missing = [{"key": "a", "reason": "not trained"}] * 2
    board = made_board(QUICK[:2], claims=undefined, missing=missing)
    for row in board["agreement"]:
        row |= {"tau": -1.0, "n": 2, "left_out": 3, "p_min": 1.0}
    text = screen(board)
    assert "-1.00~" in text
    assert "best   unknown: cells are missing (2 not trained), and no suite is complete\n" in text
    assert "? " in next(line for line in text.split("\n") if line.startswith("  colored-mnist  ") and "2?" in line)
    for row in board["agreement"]:
        row |= {"left_out": 3 if row["suite"] == "colored-mnist" else 0}
    assert "(2 not trained), and no complete suite has a tau" in screen(board)


@pytest.mark.parametrize("folder", ["runs/quick", "/tmp/a-folder-of-a-rather-long-name/runs/quick"])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_what_to_type_next_can_be_pasted(folder: str, width: int) -> None:
    command = f"memorank report {folder}"
    for missing, word in (([], "picks"), ([{"key": "a", "reason": "not trained"}], "missing")):
        shown = lines(made_board(missing=missing), width, Around(command=command))
        first = next(number for number, line in enumerate(shown) if line.startswith(("pick", "gaps")))
        pasted = "\n".join(line[7:] for line in shown[first:]).replace(" \\\n", " ")
        assert [shlex.split(line, comments=True) for line in pasted.split("\n") if line.split("#")[0].strip()] == [
            ["memorank", "report", folder, "--show", word],
            ["memorank", "report", folder, "--show", "sure"],
        ]
        words = set(re.findall(r"\w+", " ".join(shown[first:])))
        assert words >= {"models", "taps", "sure", "ends", "picks", "warnings", "missing", "all"}


def test_each_pooled_tau_of_two_kinds_of_inputs_has_its_p_below() -> None:
    board = made_board()
    for row in board["pooled"]:
        row["p_holm"] = row["p_holm"] and (0.0001 if row["inputs"] == "evaluation" else 0.11)
    shown = lines(board, 120)
    number = next(number for number, line in enumerate(shown) if line.startswith("pooled"))
    taus, below = shown[number : number + 2]
    assert below.startswith("p, after Holm ")
    assert " p " not in taus
    points = [match.start() for match in re.finditer(r"\.\d", below)]
    assert re.findall(r"<?\.\d+", below) == ["<.001", ".110", "<.001", ".110"]
    assert points == [match.start() + 2 for match in re.finditer(r"[+-]\d\.", taus)][:4]
    assert taus.count("*") == 2
    narrow = lines(board, 80)
    assert not any(line.startswith("p, after") for line in narrow)
    assert any(line.startswith("pooled") and "+0.37 p <.001*" in line for line in narrow)


def test_names_are_text_and_nothing_else() -> None:
    suite = (f"a{HOSTILE}", "heuristic", HOSTILE, 5, (0.4, 0.8), (1.0, 1.0))
    for width in (60, 80, 200):
        text = "\n".join(lines(made_board([suite], plan=HOSTILE), width, Around(HOSTILE, HOSTILE, 1.0, HOSTILE)))
        assert "?[31m[red]??" in text
        assert all(letter.isprintable() for letter in text.replace("\n", ""))
    assert screen(made_board([suite]), Medium(ascii_only=True)).isascii()


def test_ascii_and_colour() -> None:
    plain = lines(made_board(), 60, ascii_only=True)
    assert all(line.isascii() for line in plain)
    assert any("bias... sufficiency-gap" in line for line in plain)
    coloured = lines(made_board(), colour=True)
    assert any("\x1b[" in line for line in coloured)
    assert [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in coloured] == lines(made_board())
    assert "\x1b" not in "\n".join(lines(made_board()))


def test_the_last_paragraph_says_what_the_time_went_to() -> None:
    spent = "training minilm 41%, scoring 29%, training resnet18-32 20%, other 10%; start and board 9 s"
    shown = lines(made_board(), around=Around(page="board.html", spent=spent))
    assert shown[-2] == "time   training minilm 41%, scoring 29%, training resnet18-32 20%, other 10%;"
    assert shown[-1] == "       start and board 9 s"
    assert "" not in shown[shown.index(next(line for line in shown if line.startswith("read"))) :]
