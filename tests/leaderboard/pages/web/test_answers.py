"""Which measure is best, is that sure, what now: said for every way in which claims can turn out."""

from typing import Any

from made_screens import MORE
from made_screens import claim as made
from made_screens import duel as against

from leaderboard.pages.web.answers import answers
from leaderboard.pages.web.claims import claim_sheets

MEASURES = ("mean-entropy", "mean-mi", "mean-mi-last", "labelled", "steps")


def claim(
    measure: str, orders: str, inputs: str = "evaluation", duel: str = "not shown", **other: Any
) -> dict[str, Any]:
    beats = [against("steps", duel, ahead=2, behind=1, suites=3)]
    return made(**{"measure": measure, "inputs": inputs, "orders": orders, "tau": 0.5, "beats": beats, **other})


def board(*claims: dict[str, Any], **other: Any) -> dict[str, Any]:
    pooled = [
        {"inputs": inputs, "scope": "tap", "measure": "steps", "tau": 0.9, "p": 0.1, "p_holm": None}
        for inputs in ("evaluation", "in-distribution")
    ]
    measures = {name: {"placebo": name == "steps", "yardstick": name == "labelled"} for name in MEASURES}
    about = {"directions": {"measures": measures}, "hypotheses": ["mean-entropy", "mean-mi"], "models": [{}]}
    return {"claims": list(claims), "pooled": pooled, **about, **other}


def test_none_is_shown_and_nothing_is_to_be_picked() -> None:
    which, sure, now = answers(board(claim("mean-entropy", "not shown", tau=0.1), claim("mean-mi", "not shown")))
    assert which.answer == "None is shown to be good"
    assert "mean-mi comes closest (pooled tau +0.50, p .020)" in which.more
    assert (sure.answer, now.answer) == ("No", "Pick nothing by it yet")


def test_one_that_beats_every_placebo_is_sure() -> None:
    which, sure, now = answers(board(claim("mean-mi", "yes", duel="beats"), claim("mean-entropy", "not shown")))
    assert (which.answer, sure.answer, now.answer) == ("mean-mi", "Yes", "Rank by it")
    assert "On evaluation inputs, mean-mi is shown to beat steps." in sure.more


def test_each_placebo_by_itself_is_not_all_of_them_together() -> None:
    beats = [against("steps", "beats"), against("random", "beats")]
    together = {"shown": "not shown", "p": 0.06, "best": 0.01, "needs": None}
    _, sure, _ = answers(board(claim("mean-mi", "yes", beats=beats, placebos=together)))
    assert sure.answer == "Only in part"
    assert "mean-mi is shown to beat steps and random but is not shown to beat all of them together." in sure.more


def test_one_that_beats_no_placebo_is_sure_only_in_part_and_the_better_placebo_is_named() -> None:
    which, sure, now = answers(board(claim("mean-mi", "yes"), claim("mean-mi", "yes", "in-distribution")))
    assert (which.answer, sure.answer, now.answer) == ("mean-mi", "Only in part", "Use it with care")
    assert "pooled tau +0.50, p .020 on evaluation inputs; pooled tau +0.50, p .020 on in-distribution" in which.more
    assert "On evaluation inputs and on in-distribution inputs, mean-mi is not shown to beat steps" in sure.more
    assert "the pooled tau of steps is even higher" in sure.more


def test_one_that_is_good_on_some_inputs_only_is_said_with_them() -> None:
    which, sure, _ = answers(board(claim("mean-mi", "not shown"), claim("mean-mi", "yes", "in-distribution", "beats")))
    assert which.answer == "mean-mi, on in-distribution inputs"
    assert sure.answer == "Yes"


def test_it_is_sure_where_every_claim_that_is_shown_beats_every_placebo() -> None:
    beats = claim("mean-mi", "yes", duel="beats")
    for duel, answer in (("beats", "Yes"), ("not shown", "Only in part"), ("beaten", "Only in part")):
        assert answers(board(beats, claim("mean-mi", "yes", "in-distribution", duel)))[1].answer == answer


def test_best_is_said_to_be_of_the_measures_that_are_tested_and_larger_taus_of_others_are_named() -> None:
    made = board(claim("mean-mi", "yes"))
    of_two = "This is about the plan's hypothesis, mean-mi; all other measures are exploratory."
    assert answers(made)[0].more.endswith(of_two)  # a placebo is none that could be best
    row = made["pooled"][0]
    made["pooled"] += [{**row, "measure": name, "tau": 0.6} for name in ("mean-mi-last", "labelled")]
    assert answers(made)[0].more.endswith(f"{of_two} A larger pooled tau, but exploratory: mean-mi-last.")
    made["pooled"] = [{**row, "measure": "mean-mi-last", "tau": tau} for tau in (0.5, None)]
    assert answers(made)[0].more.endswith(of_two)


def test_of_equal_taus_none_comes_closest() -> None:
    which, *_ = answers(board(claim("mean-entropy", "not shown", tau=0.0), claim("mean-mi", "not shown", tau=-0.001)))
    assert "comes closest" not in which.more
    assert "mean-entropy and mean-mi have the same pooled tau (0.00)" in which.more


def test_one_that_points_the_other_way_is_said_to() -> None:
    which, *_ = answers(board(claim("mean-entropy", "reversed", tau=-0.9), claim("mean-mi", "yes")))
    assert which.answer == "mean-mi"
    assert "mean-entropy orders them the wrong way round." in which.more


def test_a_trial_recommends_nothing_whatever_it_shows() -> None:
    *_, now = answers(board(claim("mean-mi", "yes", duel="beats"), limit=40))
    assert now.answer == "Run it in full"


def test_without_any_tau_there_is_one_answer() -> None:
    undefined = claim("mean-mi", "undefined", tau=None, p=None)
    assert "Each cell of the table says why" in answers(board(undefined))[0].more
    assert "No network has been scored" in answers({**board(), "models": []})[0].more


def test_a_trial_says_nothing_whatever_it_claims() -> None:
    found = answers(board(claim("mean-mi", "yes", duel="beats"), limit=8))
    assert [one.answer for one in found] == ["A trial says nothing", "Run it in full"]
    assert "at most 8 examples" in found[0].more


def test_that_a_measure_is_shown_to_be_reversed_is_not_called_chance() -> None:
    _, sure, _ = answers(board(claim("mean-mi", "reversed", tau=-1.0), claim("mean-entropy", "not shown", tau=0.1)))
    assert sure.answer == "No"
    assert sure.more == "mean-mi is shown to order the conditions the wrong way round, and nothing else is shown."


def test_an_exact_tie_is_no_best_measure() -> None:
    which, _, _ = answers(board(claim("mean-entropy", "yes", tau=1.0), claim("mean-mi", "yes", tau=1.0)))
    assert which.answer == "mean-entropy or mean-mi"
    assert "mean-mi has the same pooled tau." in which.more


def test_what_the_plan_cannot_show_is_told_apart_from_what_is_not_shown() -> None:
    which, sure, now = answers(board(claim("mean-mi", "cannot"), claim("mean-entropy", "undefined", tau=None)))
    assert which.answer == "This plan cannot show that any is"
    assert sure.more == f"No outcome would have been sure: this plan {MORE}."
    assert "This plan needs 7 groups of data, here 5" in now.more
    which, sure, _ = answers(board(claim("mean-mi", "cannot"), claim("mean-entropy", "not shown")))
    assert which.answer == "None is shown to be good"
    assert "may be chance" in sure.more
    _, sure, _ = answers(board(claim("mean-mi", "yes", duel="cannot")))
    assert sure.answer == "Only in part"
    cannot = "mean-mi cannot be shown by this plan to beat steps, a placebo that knows nothing of memorization"
    assert f"{cannot}: it {MORE}; the pooled tau of steps is even higher." in sure.more


def test_a_claim_of_few_seeds_is_said_to_be_about_these_networks() -> None:
    _, sure, _ = answers(board(claim("mean-mi", "yes", duel="beats", about="these networks")))
    assert sure.more.endswith(
        "It is said of these networks alone: with fewer than three seeds there is no telling of others."
    )
    cell = claim_sheets(board(claim("mean-mi", "yes", about="these networks")))[0].lines[0].cells[2]
    assert [part.name for part in cell.parts] == ["tau", "p", "about"]


def test_without_a_hypothesis_nothing_is_best() -> None:
    (only,) = answers(board(claim("mean-mi-last", "yes", exploratory=True)))
    assert only.answer == "There is nothing to say yet"
    assert only.more == "No hypothesis of the plan is on this board, and all other measures are exploratory."
