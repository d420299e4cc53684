"""The section of a suite: its models, and nothing recommended by a measure that is not shown to order anything."""

from typing import Any

import pytest
from page_boards import whole_board

from leaderboard.pages.web.cells import Ids
from leaderboard.pages.web.suites import Pick, Section, suite_sections


def sections(board: dict[str, Any]) -> dict[str, Section]:
    return {section.title: section for section in suite_sections(board, Ids())}


def pick(board: dict[str, Any], suite: str) -> Pick:
    found = sections(board)[suite].readings[0].pick
    assert found is not None
    return found


def trusting(board: dict[str, Any], measure: str | None) -> dict[str, Any]:
    """The board with one measure shown to order the conditions, and no other."""
    for tie in board["ties"]:
        tie["trusted"] = tie["measure"] == measure
    for claim in board["claims"]:
        claim["orders"] = "yes" if claim["measure"] == measure else "not shown"
    return board


def test_every_suite_of_the_plan_has_a_section_with_its_place_and_its_facts() -> None:
    found = sections(whole_board())
    assert list(found) == ["colored", "bios", "shuffled", "tuned"]
    assert found["bios"].place == "bios/people/bert"
    assert found["bios"].id == "suite=bios"
    facts = dict(found["tuned"].facts)
    assert facts["recipes"] == "lr1, lr2, lr3"
    assert facts["metrics"] == "accuracy"
    assert "recipes" not in dict(found["bios"].facts)


def test_two_suites_of_one_name_have_two_ids() -> None:
    board = whole_board()
    board["suites"] = [board["suites"][0], {**board["suites"][0], "data": "other"}]
    assert [section.id for section in suite_sections(board, Ids())] == ["suite=colored", "suite=colored.2"]


def test_nothing_is_recommended_by_a_measure_that_is_not_shown_to_order_anything() -> None:
    found = pick(trusting(whole_board(), None), "colored")
    assert found.advice == []
    assert all("not shown to order the conditions" in sentence for sentence in found.shown)
    assert {cell.mark for line in found.ranks.lines for cell in line.cells[1:]} == {"nothing"}
    assert [head.hint for head in found.ranks.heads[1:]] == ["not shown to order this suite"] * 2


def test_a_trusted_measure_recommends_and_says_how_far_it_was_shown_first() -> None:
    found = pick(trusting(whole_board(), "mean-mi"), "colored")
    assert "mean-mi is shown to order the conditions, over all suites (tau " in " ".join(found.shown)
    assert [(one.where, one.taken) for one in found.advice] == [("by mean-mi", True)]
    taken = found.advice[0].said
    tied = next(tie for tie in whole_board()["ties"] if tie["suite"] == "colored" and tie["measure"] == "mean-mi")
    assert all(name in taken for name in tied["groups"][0])


@pytest.mark.parametrize(
    ("here", "sentence", "said"),
    [
        (-0.4, "In this suite its tau is -0.40.", "none: its tau in this suite is -0.40"),
        (None, "In this suite it has no tau.", "none: it has no tau in this suite"),
    ],
)
def test_nothing_is_recommended_where_the_measure_is_wrong_in_this_suite(
    here: float | None, sentence: str, said: str
) -> None:
    board = trusting(whole_board(), "mean-mi")
    for tie in board["ties"]:
        if (tie["suite"], tie["measure"]) == ("bios", "mean-mi"):
            tie |= {"here": here, "trusted": False}
    found = pick(board, "bios")
    assert found.shown[1].endswith(f". {sentence}")
    assert found.shown[0].endswith(". In this suite its tau is +1.00.")  # of another measure
    assert [(one.said, one.taken) for one in found.advice] == [(said, False)]
    assert {cell.mark for line in found.ranks.lines for cell in line.cells[1:]} == {"nothing"}
    assert pick(board, "colored").advice[0].taken


def test_four_of_five_tied_are_said_to_be_no_choice_and_not_listed() -> None:
    board = trusting(whole_board(), "mean-mi")
    for tie in board["ties"]:
        tie["groups"] = [["a", "b", "c", "d"], ["e"]]
    (advice,) = pick(board, "colored").advice
    assert (advice.said, advice.taken) == ("no choice: 4 of 5 cannot be told apart", False)


def test_ranks_stand_in_the_order_of_the_measure_that_is_trusted() -> None:
    board = trusting(whole_board(), "mean-mi")
    for tie in board["ties"]:
        if tie["suite"] == "bios":
            names = ["alpha 0", "alpha 0.5", "alpha 1"]
            tie["groups"] = [[name] for name in (names if tie["measure"] == "mean-mi" else names[::-1])]
    assert [line.cells[0].text for line in pick(board, "bios").ranks.lines] == ["alpha 0", "alpha 0.5", "alpha 1"]


def test_among_recipes_it_is_said_whether_a_measure_picks_within_a_condition() -> None:
    board = trusting(whole_board(), "mean-mi")
    for claim in board["claims"]:
        place = {"suite": "tuned", "data": "digits", "family": "mlp", "metric": "accuracy", "recipe": ""}
        claim["within"] = [{"column": "tuned/accuracy", **place, "tau": 0.9, "p": 0.01, "shown": "selects"}]
    found = pick(board, "tuned")
    assert all("; shown to pick within a condition of this suite." in sentence for sentence in found.shown)
    assert [head.label for head in found.ranks.heads[:2]] == ["condition", "recipe"]
    for claim in board["claims"]:
        claim["within"][0]["data"] = "letters"
    assert "not shown to pick within a condition of this suite" in pick(board, "tuned").shown[0]


def test_models_have_standard_errors_and_the_way_that_is_good() -> None:
    models = sections(whole_board())["shuffled"].readings[0].models
    hints = {head.label: head.hint for head in models.heads}
    assert hints["accuracy"] == "metric; good: high"
    assert hints["steps"] == "placebo"
    assert {hints["mean-mi"], hints["mean-entropy"]} == {"good: high", "good: low"}
    assert all(part.shown.startswith("±") for part in models.lines[0].cells[3].parts)
