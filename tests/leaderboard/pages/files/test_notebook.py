"""The table of a notebook: a row for each suite and metric, a column for each hypothesis, what they show together."""

import re
from typing import Any

from made_screens import QUICK, made_board

from leaderboard.pages.files.notebook import notebook


def table(board: dict[str, Any]) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", notebook(board))
    return [re.findall(r"<t[hd]>(.*?)</t[hd]>", row) for row in rows]


def test_the_first_kind_of_inputs_is_shown_and_named() -> None:
    text = notebook(made_board(inputs=("in-distribution", "evaluation")))
    assert "evaluation inputs, scope tap; p: one-sided, after Holm</caption>" in text
    text = notebook(made_board(inputs=("in-distribution",)))
    assert "in-distribution inputs, scope tap; p: one-sided, after Holm</caption>" in text


def test_each_suite_and_metric_has_a_row_of_taus() -> None:
    rows = table(made_board())
    assert rows[0] == ["suite", "metric", "n", "mean-entropy", "mean-mi"]
    assert rows[1] == ["colored-mnist", "accuracy", "5", "+0.40", "+0.80"]
    assert rows[9] == ["bias-in-bios", "sufficiency-gap", "6", "-", "+0.20"]
    assert len(rows) == 1 + len(QUICK) + 2


def test_below_them_stand_the_pooled_tau_and_what_is_claimed() -> None:
    *_, pooled, claimed = table(made_board())
    assert pooled == ["all suites", "", "", "+0.17, p .151", "+0.37, p .020"]
    assert claimed[:3] == ["orders the conditions?", "", ""]
    assert (claimed[3].startswith("not shown"), claimed[4].startswith("yes")) == (True, True)


def test_recipes_are_a_mean_with_the_lowest_and_the_highest() -> None:
    board = made_board(QUICK[:1], recipes=("a", "b"))
    for row in board["agreement"]:
        if row["measure"] == "mean-mi" and row["recipe"] == "b":
            row["tau"] = 0.4
    assert table(board)[1][-1] == "0.60 [0.40 to 0.80]"


def test_a_suite_with_two_families_says_which() -> None:
    board = made_board(QUICK[:1])
    other = [{**row, "family": "resnet"} for row in board["agreement"]]
    rows = table({**board, "agreement": board["agreement"] + other})
    assert [row[0] for row in rows[1:3]] == ["colored-mnist, digits, mlp", "colored-mnist, digits, resnet"]


def test_without_a_hypothesis_there_is_a_sentence_and_no_name_is_html() -> None:
    text = notebook({**made_board(), "hypotheses": [], "plan": "<b>x</b>"})
    assert text == "<p>Board of plan &lt;b&gt;x&lt;/b&gt;: no tau of a hypothesis.</p>"
