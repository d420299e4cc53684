"""Two boards side by side, end to end: the same run, halves of one run, a shift, and what has nothing in common."""

import json

import pytest
from made_comparisons import agreement_of, board_part, compared, part, rows_of, run

from benchmark.statistics import LEVEL
from leaderboard.rows.comparison import build_comparison
from leaderboard.rows.comparison_parts import PAPER, part_of_paper
from registry import UserError

ROWS = ("taus", "pooled", "orders", "numbers")


def test_a_run_with_itself_differs_by_exactly_nothing_and_says_so() -> None:
    content = compared(run(range(4)), run(range(4)))
    assert content["verdict"]["answer"] == "identical"
    assert content["verdict"]["sentences"] == ["A and B hold the same numbers: every difference is exactly 0"]
    assert content["verdict"]["p"] == 1.0
    for sheet in ROWS:
        assert {row["difference"] for row in rows_of(content, sheet)} == {0.0}
        assert {row["p"] for row in rows_of(content, sheet)} == {1.0}
    assert all(row["same_order"] and not row["swaps"] for row in content["orders"])
    assert all(row["low"] == row["high"] == row["error"] == 0 and row["paired"] for row in content["numbers"])
    assert content["settings"] == content["only"] == []


def test_halves_of_one_run_show_no_difference() -> None:
    """Whole comparisons, few as each takes a while; tests of the exchanges alone have 500 pairs of each size."""
    pairs = [(run(range(3), draw=draw), run(range(3, 6), draw=draw)) for draw in range(60)]
    answers = [compared(a, b, drawn=99)["verdict"]["answer"] for a, b in pairs]
    assert set(answers) <= {"none", "difference"}
    assert answers.count("none") >= 53  # 57 are expected, and 53 is more than two standard errors below


def test_a_shift_of_one_suite_is_found_there() -> None:
    found = [compared(run(range(5), shift=0.15, draw=n), run(range(5, 10), draw=n), 199) for n in range(10)]
    shown = [content for content in found if content["verdict"]["answer"] == "difference"]
    assert len(shown) >= 7
    for content in shown:
        (sentence, *_) = content["verdict"]["sentences"]
        assert sentence.startswith("a difference is shown (p ")
        assert any("mean-mi" in name and "colored" in name for name in content["verdict"]["shown"])
        (row,) = rows_of(content, "orders", suite="colored", name="mean-mi")
        assert row["difference"] == pytest.approx(0.15, abs=0.1)
        assert row["p"] <= LEVEL


def test_the_other_way_round_every_difference_is_turned_and_every_p_is_the_same() -> None:
    a, b = run(range(4), shift=0.1), run(range(4, 8))
    one, other = compared(a, b), compared(b, a)
    assert one["verdict"]["p"] == pytest.approx(other["verdict"]["p"])
    for sheet in ROWS:
        for row, turned in zip(rows_of(one, sheet), rows_of(other, sheet), strict=True):
            assert row["difference"] == pytest.approx(-turned["difference"])
            assert row["p"] == pytest.approx(turned["p"])
            assert row["p_corrected"] == pytest.approx(turned["p_corrected"])


def test_taus_are_those_of_the_boards() -> None:
    a, b = run(range(3)), run(range(3, 6), noise=0.5)
    content = compared(a, b)
    for made, side in ((a, "tau_a"), (b, "tau_b")):
        rows = agreement_of(made)
        taus = {(row["suite"], row["measure"]): row["tau"] for row in rows if row["measure"] == "mean-mi"}
        found = {(row["suite"], row["measure"]): row[side] for row in rows_of(content, "taus", measure="mean-mi")}
        assert found == pytest.approx(taus)


def test_a_corrected_p_is_never_below_that_by_itself_and_the_smallest_is_that_of_all() -> None:
    content = compared(run(range(4), shift=0.2), run(range(4, 8)))
    every = [row for sheet in ROWS for row in rows_of(content, sheet)]
    assert all(row["p_corrected"] >= row["p"] - 1e-12 for row in every)
    assert min(row["p_corrected"] for row in every) == pytest.approx(content["verdict"]["p"])


def test_with_too_few_seeds_nothing_is_said_to_be_alike() -> None:
    content = compared(run([0, 1], ["colored"]), run([2, 3], ["colored"]))
    assert content["verdict"]["answer"] == "cannot"
    assert content["verdict"]["sentences"][0] == (
        "a difference cannot be shown with so few seeds: 6 exchanges of networks can have no p below .333"
    )
    assert content["verdict"]["best"] == pytest.approx(2 / 6)


def test_without_networks_there_are_differences_and_no_p_and_it_says_why() -> None:
    content = build_comparison(part(run(range(3))), board_part(run(range(3, 6))))
    assert content["verdict"]["answer"] == "untested"
    assert "of B the board alone is at hand" in content["verdict"]["sentences"][0]
    for sheet in ROWS:
        assert rows_of(content, sheet)
        assert {row["p"] for row in rows_of(content, sheet)} == {None}
        assert all(row["difference"] is not None for row in rows_of(content, sheet))
    assert all(row["error"] > 0 for row in content["numbers"])
    whole = compared(run(range(3)), run(range(3, 6)))
    assert [row["difference"] for row in content["taus"]] == [row["difference"] for row in whole["taus"]]
    assert [row["mean_b"] for row in content["numbers"]] == [row["mean_b"] for row in whole["numbers"]]
    assert [row["error"] for row in content["numbers"]] == pytest.approx(
        [row["error"] for row in whole["numbers"]], rel=0.3
    )


def test_the_paper_has_taus_alone() -> None:
    made = run(range(2), ["colored-mnist", "shuffled-mnist"], family="mlp", data="mnist-5k")
    content = build_comparison(part(made), part_of_paper(PAPER))
    assert (
        "of B the taus alone are known, over all conditions of the paper, and no error of them"
        in content["verdict"]["sentences"][0]
    )
    assert [(row["suite"], row["measure"], row["tau_b"]) for row in content["taus"]] == [
        ("colored-mnist", "mean-mi", 1.0),
        ("shuffled-mnist", "mean-mi", 1.0),
    ]
    assert content["numbers"] == content["orders"] == []
    assert [(row["name"], row["a"], row["b"]) for row in content["settings"]] == [("data", "mnist-5k", "mnist")]
    assert {row["suite"] for row in content["only"]} == {"bias-in-bios", "sentiment-adjectives", "shuffled-imdb"}


def test_beside_the_paper_a_tau_is_over_the_conditions_that_the_paper_has_too() -> None:
    papers = part_of_paper(PAPER)
    conditions = next(suite.conditions for suite in papers.suites if suite.suite == "colored-mnist")
    shared = [conditions[0], conditions[-1]]
    made = run(range(2), ["colored-mnist"], family="mlp", data="mnist-5k", conditions=[shared[0], 0.1, 0.2, shared[1]])
    for key, record in made[1].items():
        if "measures" in record and ".0.1." in key:
            record["measures"]["mean-mi"]["value"] = 9.0  # what the paper does not have is in no order
    for a, b, side in ((part(made), papers, "a"), (papers, part(made), "b")):
        (row,) = build_comparison(a, b)["taus"]
        assert (row["n"], abs(row[f"tau_{side}"])) == (2, 1.0)  # type: ignore[literal-required]


def test_of_all_suites_together_taus_stand_first_and_in_both_hypotheses_before_placebos() -> None:
    a, b = run(range(2)), run(range(2, 4))
    for made in (a, b):
        made[0]["measures"] = dict(reversed(made[0]["measures"].items()))
        for record in made[1].values():
            if "measures" in record:
                record["measures"] = dict(reversed(record["measures"].items()))
    found = [(row["of"], row["name"]) for row in compared(a, b)["pooled"]]
    assert found == [("taus", "mean-mi"), ("means", "mean-mi"), ("means", "accuracy"), ("means", "random")]


def test_what_has_nothing_in_common_says_what_each_has() -> None:
    with pytest.raises(UserError) as refused:
        compared(run(range(2), ["colored"]), run(range(2), ["leaky"]))
    assert str(refused.value) == "nothing in common: A has colored with mlp; B has leaky with mlp"


def test_suites_of_other_recipes_alone_have_nothing_in_common_and_say_so() -> None:
    several = {f"lr{rate}": {"learning_rate": rate} for rate in (0.1, 0.2)}
    with pytest.raises(UserError) as refused:
        compared(run(range(2), ["colored"]), run(range(2), ["colored"], recipes=several))
    assert str(refused.value) == (
        "nothing in common: both have colored with mlp, but no network of one recipe, condition and kind of inputs "
        "(A has 1 recipe, B has 2 recipes)"
    )


def test_it_is_plain_data_and_the_same_each_time() -> None:
    a, b = run(range(3)), run(range(3, 6))
    assert json.dumps(compared(a, b), allow_nan=False) == json.dumps(compared(a, b), allow_nan=False)


def test_a_run_without_one_of_its_networks_is_not_identical_with_the_whole() -> None:
    whole, lacking = run(range(3)), run(range(3))
    gone = next(cell["train"] for cell in lacking[0]["cells"])
    for cell in lacking[0]["cells"]:
        if cell["train"] == gone:
            del lacking[1][cell["key"]]
    assert compared(whole, whole)["verdict"]["answer"] == "identical"
    assert compared(whole, lacking)["verdict"]["answer"] != "identical"
