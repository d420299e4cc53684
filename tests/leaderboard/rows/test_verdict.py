"""The claims in words: one sentence for each, which says what is shown, over how much, by which p and of whom."""

from typing import Any

import pytest
from made_screens import claim as made
from made_screens import duel

from leaderboard.rows.verdict import sentences

WITHIN = {
    "column": "a/accuracy",
    "tau": 0.5,
    "p": 0.01,
    "about": "networks of other seeds",
    "among": "seeds",
    "needs": None,
}


def said(**more: Any) -> str:
    own = {"orders": "yes", "tau": 0.5, **more}
    (sentence,) = sentences([made("mean-mi", "evaluation", own.pop("orders"), own.pop("tau"), **own)])
    return sentence


@pytest.mark.parametrize(
    ("orders", "words"),
    [
        (
            "yes",
            "mean-mi orders the conditions as the metrics do (pooled tau 0.50 over 8 suites on 8 groups of data, p = ",
        ),
        ("reversed", "mean-mi points the other way: it orders the conditions against the metrics (pooled tau 0.50"),
        ("not shown", "mean-mi is not shown to order the conditions (pooled tau 0.50"),
        ("cannot", "mean-mi cannot be shown by this plan to order the conditions (pooled tau 0.50"),
    ],
)
def test_whether_it_orders_the_conditions_is_said_first(orders: str, words: str) -> None:
    assert said(orders=orders).startswith(f"evaluation inputs, scope tap: {words}")


def test_what_a_claim_that_cannot_be_shown_needs_stands_behind_its_p() -> None:
    assert "p = .020; needs 7 groups of data, here 5: two more suites on other data);" in said(orders="cannot")


def test_without_a_tau_there_is_nothing_to_say_of_the_order() -> None:
    assert "mean-mi has no tau in any suite;" in said(tau=None)


def test_one_is_singular_what_is_left_out_is_counted_and_a_small_p_is_below_a_bound() -> None:
    text = said(suites=1, groups=1, left_out=2, p=0.0004)
    assert "over 1 suite on 1 group of data, 2 left out, p < .001)" in text


def test_a_claim_about_these_networks_alone_and_an_exploratory_one_say_so() -> None:
    text = said(about="these networks", exploratory=True)
    assert text.startswith("evaluation inputs, scope tap, exploratory (p two-sided, not corrected): mean-mi orders ")
    assert "as the metrics do, of these networks (pooled" in text


def test_placebos_of_which_the_same_is_shown_stand_together_and_all_of_them_in_the_end() -> None:
    two = [duel("random", "beats", p=0.01), duel("steps", "beats", p=0.02, ahead=8)]
    text = said(beats=two, placebos={"shown": "beats", "p": 0.02})
    assert "; beats random (ahead in 5 of 8 suites, p = .010), steps (ahead in 8 of 8 suites, p = .020)" in text
    assert ", all together (p = .020)" in text
    text = said(beats=two, placebos={"shown": "not shown", "p": 0.08})
    assert ", not shown of all together (p = .080)" in text
    mixed = [*two, duel("weight-norm", "beaten", p=0.03)]
    text = said(beats=mixed, placebos={"shown": "not shown", "p": 1.0})
    assert "together" not in text
    assert "; is beaten by weight-norm (ahead in 5 of 8 suites, p = .030)" in text
    assert "; has no placebo beside it;" in said(beats=[])


def test_a_placebo_that_cannot_be_beaten_says_what_is_needed_and_one_without_a_tau_has_no_p() -> None:
    text = said(beats=[duel("random", "cannot", p=0.5), duel("steps", "undefined", p=None)])
    assert "cannot be shown by this plan to beat random (ahead in 5 of 8 suites, p = .500) (needs 7 groups" in text
    assert "cannot be tested, for want of a suite in which both have a tau, against steps;" in text


def test_within_a_condition_what_is_shown_hides_what_is_not() -> None:
    rows = [{**WITHIN, "shown": "selects"}, {**WITHIN, "column": "b/accuracy", "shown": "not shown"}]
    assert said(within=rows).endswith("; selects models within a condition of a/accuracy (tau 0.50, p = .010).")
    assert said(within=rows[1:]).endswith("; is not shown to select models within a condition.")
    assert said(within=[]).endswith("; has no tau within any condition.")
    recipes = [{**WITHIN, "shown": "reversed", "among": "recipes", "about": "these networks"}]
    assert said(within=recipes).endswith(
        "; points the other way within a condition of a/accuracy (tau 0.50, p = .010, of these networks, among recipes "
        "of this space on these data)."
    )
    cannot = [{**WITHIN, "column": name, "shown": "cannot", "needs": "needs more"} for name in ("a", "b")]
    assert said(within=cannot).endswith(
        "; cannot be shown by this plan to select models within a condition of a, b (needs more)."
    )
