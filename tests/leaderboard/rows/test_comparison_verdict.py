"""What a comparison says as a whole: no more than its test does."""

from dataclasses import replace
from typing import Any

import pytest
from made_comparisons import board_part, compared, part, run

from leaderboard.rows.comparison import build_comparison
from leaderboard.rows.comparison_exchange import Exchanged
from leaderboard.rows.comparison_verdict import verdict

SHORT = [0.0, 1.0]
SIDES = {"mean_a": 1.0, "mean_b": 0.5, "seeds_a": 5, "seeds_b": 5}
FOUND = Exchanged({}, {}, 0.5, 0.004, 252, True, 0, 2, (0.008, 0.008), (0, 1))


def said(found: Exchanged | None, **rows: Any) -> Any:
    side = part(run(range(5), conditions=SHORT))
    each = {
        "taus": (),
        "pooled": (),
        "orders": (),
        "numbers": ({**SIDES, "difference": 0.5, "p_corrected": 1.0},),
        **rows,
    }
    return verdict(replace(side, keys=frozenset()), replace(side, keys=frozenset()), found, *each.values())


def row(p: float, **columns: Any) -> dict[str, Any]:
    return {
        **SIDES,
        "difference": 1.0,
        "p_corrected": p,
        "suite": "colored",
        "inputs": "evaluation",
        "name": "mean-mi",
        **columns,
    }


def test_none_shown_is_no_proof() -> None:
    found = said(FOUND)
    assert found["answer"] == "none"
    assert found["sentences"] == [
        "no difference is shown (p .500, all 252 exchanges of networks); that is no proof that there is none"
    ]


def test_a_difference_is_named_by_the_rows_that_show_it() -> None:
    orders = [row(0.03), row(0.2, name="steps")]
    numbers = [row(0.04, condition=0.5), row(0.06, condition=1.0)]
    found = said(replace(FOUND, p=0.03, exact=False, exchanges=2001), orders=orders, numbers=numbers)
    assert found["answer"] == "difference"
    assert found["shown"] == [
        "mean of mean-mi in colored (evaluation inputs)",
        "mean-mi at 0.5 in colored (evaluation inputs)",
    ]
    assert found["sentences"][0] == (
        "a difference is shown (p .030, 2,000 drawn exchanges of networks), in 2 rows: " + ", ".join(found["shown"])
    )


def test_of_many_rows_the_first_few_are_named() -> None:
    found = said(replace(FOUND, p=0.0001), orders=[row(0.01, name=f"m{number}") for number in range(9)])
    assert "(p <.001, " in found["sentences"][0]
    assert found["sentences"][0].endswith("mean of m3 in colored (evaluation inputs), and 5 more")
    assert len(found["shown"]) == 9


@pytest.mark.parametrize(
    ("exchanges", "best", "words"),
    [(6, 1 / 3, "6 exchanges of networks can have no p below .333"), (1, 1.0, "no network of A can change places")],
)
def test_too_few_networks_never_say_no_difference(exchanges: int, best: float, words: str) -> None:
    found = said(replace(FOUND, exchanges=exchanges, best=best, p=1.0))
    assert found["answer"] == "cannot"
    assert found["sentences"][0].startswith(f"a difference cannot be shown with so few seeds: {words}")


def test_where_single_suites_cannot_show_one_it_says_so() -> None:
    found = said(replace(FOUND, best_of_group=(0.3, 0.008), group_of=(0, 0, 1)))
    assert found["sentences"][1] == (
        "of 2 of 3 suites alone a difference cannot be shown with so few seeds, only of several suites together"
    )
    assert said(replace(FOUND, best_of_group=(0.3, 0.3)))["sentences"][1].startswith("of each suite alone")


def test_signs_are_counted_for_hypotheses_and_for_all() -> None:
    taus = [
        {"role": role, "same_sign": same, "p_corrected": 1.0}
        for role, same in [("hypothesis", True), ("hypothesis", False), ("placebo", True), ("placebo", None)]
    ]
    assert said(FOUND, taus=taus)["sentences"][-1] == "of the same sign: 1 of 2 taus of hypotheses, and 2 of all 3 taus"


def test_networks_with_the_same_keys_are_the_same_ones() -> None:
    a, b = run(range(3), ["colored"], SHORT), run(range(3), ["colored"], SHORT)
    for record in b[1].values():
        if "measures" in record:
            record["measures"]["mean-mi"]["value"] += 1
    found = compared(a, b)["verdict"]
    assert found["answer"] == "cannot"
    assert found["sentences"][0].startswith(
        "all networks have the same key on both sides: what differs in these is how"
    )
    some = compared(a, run([2, 3], ["colored"], SHORT))["verdict"]
    assert any(sentence.startswith("2 of 6 and 4 networks have the same key") for sentence in some["sentences"])


def test_a_board_that_is_equal_says_so_and_that_nothing_is_tested() -> None:
    made = run(range(2), conditions=SHORT)
    found = build_comparison(board_part(made), board_part(made))["verdict"]
    assert found["answer"] == "identical"
    assert found["sentences"][0].startswith(
        "A and B have the same means: every difference is exactly 0; nothing is tested"
    )
    assert found["p"] is None
