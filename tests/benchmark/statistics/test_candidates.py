"""The rule for candidates, clause by clause: what passes narrowly, and what fails by which name."""

from dataclasses import replace

import pytest

from benchmark.statistics.candidates import Scored, judge

KINDS = ("heuristic", "example-level")
GOOD = Scored(across=0.9, within=0.5, p=0.01, overall=0.8)
PLACEBOS = {"steps": dict.fromkeys(KINDS, 0.4), "weight-norm": dict.fromkeys(KINDS, -0.6)}
BASELINE = dict.fromkeys(KINDS, 0.7)


def reasons(scored: Scored, **others: object) -> tuple[str, ...]:
    """Why a candidate fails that does so on heuristic suites and well on example-level ones."""
    given = {"placebos": PLACEBOS, "baseline": BASELINE} | others
    return judge({"mixup": {"heuristic": scored, "example-level": GOOD}}, **given)["mixup"].reasons  # type: ignore[arg-type]


def test_what_meets_every_clause_passes() -> None:
    found = judge({"mixup": dict.fromkeys(KINDS, GOOD)}, PLACEBOS, BASELINE)["mixup"]
    assert (found.passed, found.reasons, found.p) == (True, (), dict.fromkeys(KINDS, 0.01))


def test_what_meets_a_clause_by_nothing_passes() -> None:
    assert reasons(Scored(across=0.5, within=0.001, p=0.05, overall=0.701)) == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"across": 0.42}, "across .42 is below .5 on heuristic"),
        ({"across": -0.7}, "across -.7 is below .5 on heuristic"),
        ({"across": 0.4996}, "across .4996 is below .5 on heuristic"),
        ({"across": None}, "across is missing on heuristic"),
        ({"across": float("nan")}, "across is missing on heuristic"),
        ({"within": 0.0}, "within 0 is not above 0 on heuristic"),
        ({"within": -0.26}, "within -.26 is not above 0 on heuristic"),
        ({"within": None}, "within is missing on heuristic"),
        ({"p": 0.0502}, "the corrected p of within .0502 is above .05 on heuristic"),
        ({"p": None}, "the p of within is missing on heuristic"),
        ({"overall": None}, "tau over all networks is missing on heuristic"),
        ({"overall": 0.7}, "tau over all networks .7 is not above .7 of the baseline on heuristic"),
        ({"overall": 0.6999}, "tau over all networks .6999 is not above .7 of the baseline on heuristic"),
    ],
)
def test_each_clause_fails_by_its_name(change: dict[str, float | None], reason: str) -> None:
    assert reasons(replace(GOOD, **change)) == (reason,)


def test_every_rival_that_is_not_beaten_is_named_and_a_placebo_has_the_sign_that_suits_it() -> None:
    assert reasons(replace(GOOD, overall=0.5)) == (
        "tau over all networks .5 is not above .6 of the placebo weight-norm on heuristic",
        "tau over all networks .5 is not above .7 of the baseline on heuristic",
    )
    assert reasons(GOOD, baseline=dict.fromkeys(KINDS, -0.9)) == ()  # the baseline's sign is declared


def test_what_rivals_have_not_shown_is_not_beaten() -> None:
    holes = {**PLACEBOS, "steps": {"heuristic": None, "example-level": 0.1}}
    assert reasons(GOOD, placebos=holes) == ("tau over all networks of the placebo steps is missing on heuristic",)
    unknown = {"heuristic": 0.1, "example-level": float("nan")}
    assert reasons(GOOD, baseline=unknown) == ("tau over all networks of the baseline is missing on example-level",)


def test_a_candidate_has_to_pass_on_every_kind() -> None:
    found = judge(
        {"first": {"heuristic": replace(GOOD, across=0.1, within=-0.2), "example-level": replace(GOOD, across=0.2)}},
        PLACEBOS,
        BASELINE,
    )["first"]
    assert found.reasons == (
        "across .1 is below .5 on heuristic",
        "within -.2 is not above 0 on heuristic",
        "across .2 is below .5 on example-level",
    )


def test_p_is_corrected_over_the_candidates_in_each_kind() -> None:
    """By hand: Holm multiplies the smallest of three by 3, the next by 2; one that is missing counts as the largest."""
    ps = {"si": (0.016, 0.02), "mixup": (0.03, None), "alpha-req": (0.04, 0.016)}
    candidates = {
        name: {"heuristic": replace(GOOD, p=first), "example-level": replace(GOOD, p=second)}
        for name, (first, second) in ps.items()
    }

    found = judge(candidates, PLACEBOS, BASELINE)

    assert found["si"].p == pytest.approx({"heuristic": 0.048, "example-level": 0.048})  # 2 x .02 is below 3 x .016
    assert found["mixup"].p == pytest.approx({"heuristic": 0.06, "example-level": None})
    assert found["alpha-req"].p == pytest.approx({"heuristic": 0.06, "example-level": 0.048})
    assert [verdict.passed for verdict in found.values()] == [True, False, False]
    assert found["mixup"].reasons == (
        "the corrected p of within .06 is above .05 on heuristic",
        "the p of within is missing on example-level",
    )


def test_what_cannot_be_judged_is_refused() -> None:
    good = {"mixup": dict.fromkeys(KINDS, GOOD)}
    with pytest.raises(ValueError, match="there is no candidate to judge"):
        judge({}, PLACEBOS, BASELINE)
    with pytest.raises(ValueError, match="there is no placebo to be above"):
        judge(good, {}, BASELINE)
    with pytest.raises(ValueError, match=r"steps is about \['heuristic'\], the baseline about"):
        judge(good, {"steps": {"heuristic": 0.1}}, BASELINE)
    with pytest.raises(ValueError, match="mixup is about"):
        judge({"mixup": {"heuristic": GOOD}}, PLACEBOS, BASELINE)
    with pytest.raises(ValueError, match=r"the p of mixup on heuristic is 1\.2, not between 0 and 1"):
        reasons(replace(GOOD, p=1.2))
