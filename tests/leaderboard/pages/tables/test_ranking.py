"""The words of a ranking: what was read, who stands where, what to take and leave, whichever view says it."""

from typing import Any, cast

import pytest
from made_rankings import made_ranking

from benchmark.ranking.assembly import RankingContent
from leaderboard.pages.tables.ranking import (
    advice,
    conditions,
    heading,
    kinds_shown,
    minded,
    names_in_order,
    number_text,
    numbers_by_name,
    ranking_rows,
    ranking_table,
    trust_of,
    value,
)


def changed(**changes: Any) -> RankingContent:
    return cast(RankingContent, {**made_ranking(), **changes})


def with_pairs(*counts: tuple[int, int]) -> RankingContent:
    networks = [
        {**row, "pairs_read": read, "pairs": every}
        for row, (read, every) in zip(made_ranking()["networks"], counts, strict=True)
    ]
    return changed(networks=networks)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (changed(), "3 networks, ranked against shortcuts, on 300 examples and 15 pairs of neurons; no label was read"),
        (changed(kind="example-level"), "3 networks, ranked against wrong labels, on 300"),
        (made_ranking(None), "3 networks, ranked, in both directions, on 300"),
        (changed(samples=1500), "on 1,500 examples and 15 pairs"),
        (changed(data="digits", samples=1), "on 1 example of digits and 15 pairs"),
        (with_pairs((15, 15), (15, 15), (28, 28)), "and 15 to 28 pairs of neurons"),
        (with_pairs(*[(20_000, 499_500)] * 3), "20,000 of 499,500 pairs"),
    ],
)
def test_the_heading_says_what_was_ranked_and_how_much_was_read(content: RankingContent, words: str) -> None:
    assert words in heading(content)


def test_a_network_without_a_place_comes_last_with_a_dash() -> None:
    content = made_ranking()
    numbers = [
        {**row, "value": None, "error": None, "rank": {}} if row["network"] == "a" else row
        for row in content["numbers"]
    ]
    without = changed(numbers=numbers, orders={"heuristic": [["b"], ["c"]]})
    assert names_in_order(without, "heuristic") == ["b", "c", "a"]
    assert list(ranking_rows(without, "heuristic"))[-1] == ("-", "a", "-", "-", "-")


def test_rows_have_the_names_of_the_head_best_first() -> None:
    content = made_ranking()
    mi = numbers_by_name(content)["c", "mean-mi"]
    last = list(ranking_rows(content, "heuristic"))[-1]
    assert last[:3] == ("3", "c", value(mi))
    assert [row[0] for row in ranking_rows(content, "heuristic")] == ["1-2, tied", "1-2, tied", "3"]


@pytest.mark.parametrize(
    ("given", "text"),
    [((-0.5, 0.1), "-0.50 ±0.10"), ((12.0, 30.0), "12.0 ±30.0"), ((1.0, 0.0), "1.000"), ((0.0, 1e-9), "0.000000 ±0")],
)
def test_a_number_has_the_digits_of_its_error(given: tuple[float, float], text: str) -> None:
    assert number_text(*given).startswith(text)


def test_the_first_is_taken_and_the_last_left() -> None:
    orders = {"heuristic": [["a"], ["b", "c"]], "example-level": [["b", "c"], ["a"]]}
    content = changed(orders=orders, no_advice=dict.fromkeys(orders, ""))
    assert advice(content, "heuristic") == {
        "take": "a",
        "leave": "b, c",
    }
    tied = advice(content, "example-level")
    assert tied == {"take": "b, c (tied: none is seen to be better)", "leave": "a"}


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ([["a", "b", "c"]], "any: no two are told apart by mean MI"),
        ([["b", "c"]], "any of b, c: no two are told apart by mean MI"),
        ([["b"]], "none: mean MI is defined for b alone"),
        ([], "none: mean MI is defined for none of them"),
    ],
)
def test_where_nothing_is_told_apart_none_is_left_and_none_without_a_number_taken(
    groups: list[list[str]], said: str
) -> None:
    assert advice(changed(orders={"heuristic": groups}), "heuristic") == {"take": said}


def test_without_advice_rows_stand_as_they_were_given_and_bear_no_places() -> None:
    content = made_ranking("heuristic", ("c", "b", "a"))
    assert conditions(content)
    content["no_advice"]["heuristic"] = "why not"
    content["orders"]["heuristic"] = [["a"], ["b"], ["c"]]
    head, *rows = ranking_table(content, "heuristic")
    assert head == ("network", "mean MI", "mean entropy")
    assert [row[0] for row in rows] == ["c", "b", "a"]
    assert advice(content, "heuristic") == {"take": "no advice: why not"}
    assert conditions(content) == []


def test_what_stands_in_the_place_of_advice_is_not_said_again() -> None:
    content = changed(warnings=["why not", "something odd"], no_advice={"heuristic": "why not"})
    assert minded(content) == ["something odd"]
    assert minded(changed(warnings=["why not"])) == ["why not"]


def test_two_orders_of_which_none_is_advised_for_one_reason_are_one_table() -> None:
    content = made_ranking(None)
    assert kinds_shown(content) == ["heuristic", "example-level"]
    content["no_advice"] = {"heuristic": "why", "example-level": "why"}
    assert kinds_shown(content) == ["heuristic"]
    content["no_advice"] = {"heuristic": "why", "example-level": "something else"}
    assert kinds_shown(content) == ["heuristic", "example-level"]


def test_what_holds_of_both_orders_is_said_once() -> None:
    said = trust_of(made_ranking(None))
    assert len(said) == len(set(said)) == 5
    assert said[-1].startswith("do not choose a recipe")
