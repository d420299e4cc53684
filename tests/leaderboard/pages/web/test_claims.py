"""The tables of claims on the page: a word for what is shown, the numbers beside it, and what else would be needed."""

from typing import Any

import pytest
from made_screens import MORE
from made_screens import claim as made
from made_screens import duel as against

from leaderboard.pages.web.cells import Sheet
from leaderboard.pages.web.claims import CANNOT, EXPLORATORY, HYPOTHESES, THESE, claim_sheets, where

TURNS = ((0, 1, "selects"), (1, -1, "reversed"), (2, 1, "not shown"))


def claim(measure: str, orders: str, duel: str = "not shown", **other: Any) -> dict[str, Any]:
    """A claim of a measure that stands beside one placebo."""
    beats = [against("steps", duel, ahead=2, behind=1, suites=3)]
    return made(**{"measure": measure, "inputs": "evaluation", "orders": orders, "tau": 0.5, "beats": beats, **other})


def board(*claims: dict[str, Any]) -> dict[str, Any]:
    return {"claims": list(claims)}


def of(*claims: dict[str, Any]) -> Sheet:
    return claim_sheets(board(*claims))[0]


def test_every_claim_has_its_words_and_its_numbers() -> None:
    within = [{"column": "nico/accuracy", "tau": 0.4, "p": 0.01, "shown": "selects"}]
    within = [{**one, "needs": None} for one in within]
    explored = claim("mean-mi-last", "not shown", exploratory=True)
    sheet, other = claim_sheets(
        board(claim("mean-mi", "yes", within=within), claim("mean-entropy", "reversed", duel="beaten"), explored)
    )
    assert [line.cells[0].text for line in other.lines] == ["mean-mi-last"]
    texts = [[cell.text for cell in line.cells] for line in sheet.lines]
    assert texts[0] == ["mean-mi", "evaluation inputs", "● yes", "○ not shown", "● selects"]
    assert texts[1] == ["mean-entropy", "evaluation inputs", "▼ the other way", "▼ is beaten by", "– undefined"]
    assert [part.shown for part in sheet.lines[0].cells[2].parts] == ["tau +0.50", "p .020"]
    assert sheet.lines[0].cells[4].parts[0].shown == "nico/accuracy (+0.40)"


def test_a_measure_that_picks_the_better_here_and_the_worse_there_says_both() -> None:
    within = [
        {"column": f"s{n}/accuracy", "tau": 0.9 * sign, "shown": shown, "needs": None} for n, sign, shown in TURNS
    ]
    cell = claim_sheets(board(claim("mean-mi", "yes", within=within)))[0].lines[0].cells[-1]
    assert (cell.text, cell.mark) == ("both ways", "nothing")
    assert [part.value for part in cell.parts] == ["s0/accuracy (+0.90)", "s1/accuracy (-0.90)"]


def test_what_would_be_needed_stands_in_the_cell_of_what_cannot_be_shown() -> None:
    within = [{"column": "nico/accuracy", "tau": None, "p": None, "shown": "cannot", "needs": "needs 3 seeds"}]
    cells = claim_sheets(board(claim("mean-mi", "cannot", duel="cannot", within=within)))[0].lines[0].cells
    assert {cell.text for cell in cells[2:]} == {"◌ cannot be shown"}
    assert [cell.parts[-1].shown for cell in cells[2:]] == [MORE, MORE, "nico/accuracy needs 3 seeds"]


def test_each_table_has_the_rule_of_its_kind_below_it() -> None:
    hypotheses, exploratory = claim_sheets(board(claim("mean-mi", "yes")))
    assert (hypotheses.notes, exploratory.notes) == ([HYPOTHESES, CANNOT], [EXPLORATORY, CANNOT])
    assert exploratory.lines == []
    assert of(claim("mean-mi", "yes", about="these networks")).notes == [HYPOTHESES, CANNOT, THESE]


def test_several_placebos_have_a_column_each_and_one_for_all_of_them() -> None:
    two = [against("random", "beats"), against("steps", "not shown")]
    sheet = of(claim("mean-mi", "yes", beats=two), claim("mean-entropy", "yes", beats=two[:1]))
    heads = ["measure", "inputs", "orders the conditions?", "beats random?", "beats steps?", "beats all of them?"]
    assert [head.label for head in sheet.heads] == [*heads, "picks within a condition?"]
    assert [cell.text for cell in sheet.lines[0].cells[3:6]] == ["● beats", "○ not shown", "○ not shown"]
    assert sheet.lines[1].cells[4].text == "– undefined"  # it does not stand beside that one
    assert "beats all of them?" not in [head.label for head in of(claim("mean-mi", "yes")).heads]


def test_a_cell_says_in_how_many_suites_it_is_ahead_and_is_marked_where_something_is_good() -> None:
    cell = of(claim("mean-mi", "yes", duel="beats")).lines[0].cells[3]
    assert [(part.name, part.shown) for part in cell.parts] == [("ahead", "ahead in 2 of 3"), ("p", "p .500")]
    marks = {word: of(claim("m", word)).lines[0].cells[2].mark for word in ("yes", "reversed", "not shown", "cannot")}
    assert marks == {"yes": "sure", "reversed": "nothing", "not shown": "nothing", "cannot": "nothing"}


@pytest.mark.parametrize(("scope", "said"), [("tap", "a inputs"), ("network", "a inputs, scope network")])
def test_the_usual_scope_is_not_said(scope: str, said: str) -> None:
    assert where({"inputs": "a", "scope": scope}) == said


def test_filters_find_a_line_by_its_measure_inputs_and_scope() -> None:
    (line,) = of(claim("mean-mi", "yes")).lines
    assert line.keys == {"measure": "mean-mi", "inputs": "evaluation", "scope": "tap"}
