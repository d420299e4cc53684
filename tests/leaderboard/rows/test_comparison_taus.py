"""The taus of two boards side by side: their sign, their order, their conditions and their intervals."""

from typing import Any

import pytest
from made_comparisons import agreement_of, board_part, compared, part, rows_of, run

from leaderboard.rows.comparison_pairs import paired
from leaderboard.rows.comparison_taus import directions, role_of, tau_rows

BETTER = {"accuracy": True}


def rows(a: Any, b: Any) -> list[Any]:
    return [row for _, row in tau_rows(a, b, paired(a, b), BETTER)[0]]


def test_hypotheses_stand_first_and_placebos_last_in_each_suite() -> None:
    a, b = run(range(2)), run(range(2, 4))
    for made in (a, b):  # as the plan lists them
        made[0]["measures"] = dict(reversed(made[0]["measures"].items()))
    found = [(row["suite"], row["measure"], row["role"]) for row in rows(part(a), part(b))]
    names = [("mean-mi", "hypothesis"), ("random", "placebo")]
    assert found == [(suite, *name) for suite in ("colored", "shuffled") for name in names]


def test_a_measure_has_the_sign_of_its_hypothesis() -> None:
    """MI rises with memorization: good where high is, under wrong labels, and bad under shortcuts if low is good."""
    a, b = part(run(range(2), noise=0.001)), part(run(range(2, 4), noise=0.001))
    found = {row["suite"]: (row["tau_a"], row["tau_b"]) for row in rows(a, b) if row["measure"] == "mean-mi"}
    assert found == {"colored": (1.0, 1.0), "shuffled": (-1.0, -1.0)}
    assert directions(a, b) == {("heuristic", "mean-mi"): -1, ("example-level", "mean-mi"): 1}


def test_a_placebo_has_one_sign_on_both_sides_that_with_which_the_sum_is_not_below_0() -> None:
    for draw in range(8):
        found = rows(part(run(range(2), ["colored"], draw=draw)), part(run(range(2, 4), ["colored"], draw=draw)))
        (row,) = [row for row in found if row["measure"] == "random"]
        assert row["tau_a"] + row["tau_b"] >= 0


def test_taus_are_over_the_conditions_that_both_have() -> None:
    a, b = run(range(2), ["colored"], noise=0.4), run(range(2, 4), ["colored"], [0.0, 0.5, 1.0], noise=0.4)
    shorter = run(range(2), ["colored"], [0.0, 0.5, 1.0], noise=0.4)
    (row,) = [row for row in rows(part(a), part(b)) if row["measure"] == "mean-mi"]
    (other,) = [row for row in agreement_of(shorter) if row["measure"] == "mean-mi"]
    assert (row["n"], row["tau_a"]) == (3, other["tau"])


def test_a_condition_that_one_side_lacks_a_network_of_is_left_out_on_both() -> None:
    a, b = run(range(2), ["colored"]), run(range(2, 4), ["colored"])
    del b[1]["colored.0.5.s3-00.0.evaluation"]
    (row, *_) = rows(part(a), part(b))
    assert row["n"] == 4


def test_intervals_are_those_of_the_board_from_five_seeds_on() -> None:
    a, b = run(range(5), noise=0.3), run(range(5, 9), noise=0.3)
    of_board = {(row["suite"], row["measure"]): row["interval"]["seeds"] for row in agreement_of(a)}
    for side in (part(a), board_part(a)):
        for row in rows(side, part(b)):
            assert (row["low_b"], row["high_b"]) == (None, None)
            if row["role"] == "hypothesis":
                assert [row["low_a"], row["high_a"]] == of_board[row["suite"], row["measure"]]
            assert row["low_a"] <= row["high_a"]


def test_signs_are_the_same_or_not_and_unknown_where_a_tau_is() -> None:
    a, b = run(range(2), ["colored"], noise=0.001), run(range(2, 4), ["colored"], noise=0.001)
    for record in b[1].values():
        if "measures" in record:
            record["measures"]["mean-mi"]["value"] *= -1
            record["measures"]["random"]["value"] = 7.0
    (of_mi, of_random) = rows(part(a), part(b))
    assert (of_mi["tau_a"], of_mi["tau_b"], of_mi["difference"], of_mi["same_sign"]) == (1.0, -1.0, 2.0, False)
    assert (of_random["tau_b"], of_random["difference"], of_random["same_sign"]) == (None, None, None)
    assert rows_of(compared(a, b), "taus", measure="random")[0]["p"] is None


@pytest.mark.parametrize(("name", "role"), [("mean-mi", "hypothesis"), ("random", "placebo"), ("other", "measure")])
def test_a_hypothesis_of_either_side_is_one(name: str, role: str) -> None:
    a, b = run(range(2)), run(range(2))
    a[0]["plan"]["hypotheses"] = []
    assert role_of(part(a), part(b), name) == role
