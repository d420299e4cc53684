"""What suites show together: tau pooled by hand, and p's corrected for the tests that the plan declares."""

import pytest
from made_boards import LOW, entry, measure
from made_models import MEASURES, facts, model, number, of_suites

from leaderboard.rows.evidence import evidence
from leaderboard.rows.pooled import declared_tests, pooled_rows

CONDITIONS = [0.0, 0.5, 1.0]
TAUS = (1.0, 1 / 3, 1.0)  # of the three suites: the second has two of three pairs in order
ACCURACY = ((3.0, 2.0, 1.0), (3.0, 1.0, 2.0), (3.0, 2.0, 1.0))


ENTRIES = [entry(name, CONDITIONS, data_group=name) for name in "abc"]
FACTS = facts({**MEASURES, "mean-mi": measure(LOW)})


def models(*inputs: str) -> list:
    made = [
        model(c, [c], [y], entry=number, inputs=read)
        for read in inputs
        for number, own in enumerate(ACCURACY)
        for c, y in zip(CONDITIONS, own, strict=True)
    ]
    return of_suites(made, *ENTRIES)


def shown(ranked: list) -> dict:
    return evidence(dict(enumerate(ENTRIES)), FACTS, ranked)


def pooled(ranked: list) -> list:
    return pooled_rows(FACTS.hypotheses, shown(ranked))


def test_tests_are_hypotheses_times_inputs_and_scopes_though_numbers_are_missing() -> None:
    assert declared_tests(FACTS.hypotheses, shown(models("evaluation", "in-distribution"))) == 2
    empty = [model(0.0, [None], [None], inputs=inputs, scope=s) for inputs in ("a", "b") for s in ("tap", "network")]
    assert declared_tests(FACTS.hypotheses, shown(empty)) == 4


def test_pooled_tau_is_the_mean_of_the_suites_and_a_flip_of_groups_its_p() -> None:
    row = next(row for row in pooled(models("evaluation")) if row["measure"] == "mean-mi")
    assert row["tau"] == pytest.approx(sum(TAUS) / 3)
    assert (row["suites"], row["groups"], row["left_out"]) == (3, 3, 0)
    assert row["p_above"] == pytest.approx(1 / 8)  # of the 2^3 flips of groups none but itself is as high
    assert row["p_holm"] == pytest.approx(1 / 8)


def test_of_two_kinds_of_inputs_each_p_is_corrected_for_both_and_a_placebo_has_none() -> None:
    rows = pooled(models("evaluation", "in-distribution"))
    holm = {(row["inputs"], row["measure"]): row["p_holm"] for row in rows}
    assert holm == {
        ("evaluation", "mean-mi"): pytest.approx(2 / 8),
        ("evaluation", "steps"): None,
        ("in-distribution", "mean-mi"): pytest.approx(2 / 8),
        ("in-distribution", "steps"): None,
    }


def test_a_suite_without_models_is_left_out_and_counted() -> None:
    some = [one for one in models("evaluation") if one.entry != 1]
    row = next(row for row in pooled(some) if row["measure"] == "mean-mi")
    assert (row["suites"], row["left_out"]) == (2, 1)


def test_a_suite_without_a_tau_is_left_out() -> None:
    some = [
        one if one.entry else model(one.condition, [None], [1.0], metrics={"accuracy": number(1.0)})
        for one in models("evaluation")
    ]
    row = next(row for row in pooled(of_suites(some, *ENTRIES)) if row["measure"] == "mean-mi")
    assert (row["suites"], row["left_out"], row["tau"]) == (2, 1, pytest.approx((TAUS[1] + TAUS[2]) / 2))
