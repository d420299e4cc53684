from typing import Any

import pytest
from made_screens import MORE, claim, duel, made_board

from leaderboard.pages.terminal.conclusion import best, conclusion


def said(**other: Any) -> dict[str, str]:
    return dict(conclusion(made_board(**other)))


def test_the_best_measure_is_one_that_is_shown_to_order_the_networks() -> None:
    found = best(made_board(orders=("yes", "yes")))
    assert found is not None
    assert found["measure"] == "mean-mi"
    found = best(made_board(orders=("yes", "not shown")))
    assert found is not None
    assert found["measure"] == "mean-entropy"
    assert best(made_board(orders=("not shown", "reversed"))) is None


def test_in_distribution_inputs_speak_where_evaluation_inputs_do_not() -> None:
    claims = [claim("mean-mi", "evaluation", "not shown", 0.9), claim("mean-mi", "in-distribution", "yes", 0.5)]
    assert best(made_board(claims=claims)) == claims[1]
    assert said(claims=claims)["best"] == "mean-mi: not shown on evaluation, orders the networks on in-distribution"


def test_another_scope_is_not_that_of_the_screen() -> None:
    claims = [claim("mean-mi", "evaluation", "yes", 0.9) | {"scope": "network"}]
    claims.append(claim("mean-mi", "evaluation", "not shown", 0.1))
    assert best(made_board(claims=claims)) is None


def test_both_measures_are_spoken_of_on_both_kinds_of_inputs() -> None:
    assert said() == {
        "best": "mean-mi, of 2 hypotheses: orders the networks on evaluation, not shown on in-distribution",
        "sure": "in part: not shown to beat random, weight-norm (placebos)",
        "other": "mean-entropy: not shown to order them on either kind of inputs",
        "within": "neither is shown to pick the better of two networks of one condition",
    }
    assert said(inputs=("evaluation",))["best"] == "mean-mi, of 2 hypotheses: orders the networks on evaluation inputs"


def test_none_is_best() -> None:
    found = said(orders=("not shown", "not shown"))
    assert found["best"] == "none: no measure is shown to order the networks (evaluation or in-distribution inputs)"
    assert found["sure"] == "no: of the hypotheses the largest pooled tau is that of mean-mi, +0.37 (p .020)"
    assert "other" not in found


def test_a_reversed_measure_is_said_to_be() -> None:
    found = said(orders=("not shown", "reversed"))
    assert found["best"].startswith("none: ")
    assert found["other"] == "mean-mi: the wrong way round on evaluation, not shown on in-distribution"


@pytest.mark.parametrize(
    ("shown", "sentence"),
    [
        (("beats", "beats"), "yes: beats random, steps (placebos)"),
        (("beats", "not shown"), "in part: beats random; not shown to beat steps (placebos)"),
        (("beaten", "beats"), "in part: beats steps; beaten by random (placebos)"),
        (("undefined", "beaten"), "in part: beaten by steps; no suite has a tau of both it and random (placebos)"),
        (("beats",), "yes: beats random (placebo)"),
        (("not shown", "not shown"), "in part: not shown to beat random, steps (placebos)"),
        (
            ("beats", "cannot"),
            f"in part: beats random; this plan cannot show that it beats steps: it {MORE} (placebos)",
        ),
        ((), "in part: no placebo stands beside it"),
    ],
)
def test_how_sure_is_what_the_placebos_say(shown: tuple[str, ...], sentence: str) -> None:
    beats = [duel(name, one) for name, one in zip(("random", "steps"), shown, strict=False)]
    assert said(claims=[claim("mean-mi", "evaluation", "yes", 0.5, beats=beats)])["sure"] == sentence


def test_each_placebo_has_what_it_needs_itself() -> None:
    few, more = "needs 7 groups of data, here 6", "needs 9 groups of data, here 8"
    beats = [{**duel(name, "cannot"), "needs": needs} for name, needs in (("random", few), ("steps", more))]
    assert said(claims=[claim("mean-mi", "evaluation", "yes", 0.5, beats=beats)])["sure"] == (
        f"in part: this plan cannot show that it beats random: it {few}; "
        f"this plan cannot show that it beats steps: it {more} (placebos)"
    )


def test_what_has_no_tau_within_any_condition_is_unknown() -> None:
    within = [{"column": "nico/accuracy", "shown": "undefined"}]
    found = said(claims=[claim("mean-mi", "evaluation", "undefined", None, within=within)])
    assert found["within"] == "unknown: no tau is defined within any condition"


def test_where_a_measure_picks_within_a_condition() -> None:
    within = [{"column": "nico/accuracy", "shown": "selects"}, {"column": "imdb/accuracy", "shown": "not shown"}]
    worse = [{"column": "bios/gap", "shown": "reversed"}]
    claims = [claim("mean-mi", "evaluation", "yes", 0.5, within=within),
              claim("mean-entropy", "evaluation", "yes", 0.4, within=worse)]  # fmt: skip
    assert said(claims=claims)["within"] == (
        "mean-mi picks the better of two networks of one condition in nico/accuracy; "
        "mean-entropy picks the worse of two networks of one condition in bios/gap"
    )


def test_where_a_measure_picks_otherwise_on_other_inputs_both_are_named() -> None:
    claims = [
        claim("mean-mi", inputs, "yes", 0.5, within=[{"column": "nico/accuracy", "shown": shown}])
        for inputs, shown in (("evaluation", "reversed"), ("in-distribution", "selects"))
    ]
    assert said(claims=claims)["within"] == (
        "mean-mi picks the worse of two networks of one condition in nico/accuracy (evaluation inputs); "
        "mean-mi picks the better of two networks of one condition in nico/accuracy (in-distribution inputs)"
    )


def test_no_claim_and_no_tau() -> None:
    nothing = "unknown: no hypothesis of the plan is on the board, and all else is exploratory"
    assert said(claims=[]) == {"best": nothing}
    assert said(claims=[claim("mean-confidence", "evaluation", "yes", 0.9, exploratory=True)]) == {"best": nothing}
    assert said(claims=[claim("mean-mi", "evaluation", "undefined", None)])["best"].startswith("unknown: no tau")


def test_an_exploratory_measure_is_not_spoken_of() -> None:
    claims = [claim("mean-mi", "evaluation", "not shown", 0.3)]
    explored = claim("mean-confidence", "evaluation", "yes", 0.9, exploratory=True)
    assert said(claims=[*claims, explored]) == said(claims=claims)


def test_what_no_outcome_could_have_shown_is_said_with_what_would_let_it() -> None:
    claims = [claim(name, "evaluation", "cannot", 1.0) for name in ("mean-entropy", "mean-mi")]
    found = said(claims=claims)
    assert found["best"] == f"none: this plan cannot show that a measure orders the networks: it {MORE}"
    assert said(claims=[claims[0], claim("mean-mi", "evaluation", "not shown", 0.1)])["best"].startswith("none: no mea")
    within = [
        {"column": "nico/accuracy", "shown": "cannot", "needs": "needs 3 seeds in each condition, here 2: one more"}
    ]
    found = said(claims=[claim("mean-mi", "evaluation", "yes", 0.5, within=within)])
    assert found["within"] == (
        "this plan cannot show which of two networks of one condition is better: nico/accuracy needs 3 seeds in each "
        "condition, here 2: one more"
    )
    within.append({"column": "imdb/accuracy", "shown": "not shown", "needs": None})
    assert said(claims=[claim("mean-mi", "evaluation", "yes", 0.5, within=within)])["within"].startswith("it is not sh")


def test_a_claim_of_few_seeds_is_of_these_networks() -> None:
    found = said(claims=[claim("mean-mi", "evaluation", "yes", 0.5, about="these networks")])
    assert found["sure"].endswith("; of these networks: fewer than three seeds")


@pytest.mark.parametrize("hypotheses", [["mean-confidence"], ["mean-mi", "mean-confidence", "mean-entropy"]])
def test_other_hypotheses_than_the_paper_s_are_spoken_of_in_their_place(hypotheses: list[str]) -> None:
    claims = [claim(name, "evaluation", "yes", 0.9 - number / 10) for number, name in enumerate(hypotheses)]
    found = said(claims=claims, hypotheses=hypotheses)
    assert found["best"].startswith(f"{hypotheses[0]}{', of 3 hypotheses' if len(hypotheses) > 1 else ''}: orders")
