"""Anchors on the screen and in the tables of a ranking: directions, places, and no advice where all is ambiguous."""

from pathlib import Path

import pytest
from made_anchors import FAR, made_anchors, made_numbers

from benchmark.ranking.assembly import assembled
from leaderboard.pages.terminal.medium import Medium
from leaderboard.pages.terminal.ranking import ranking_screen
from leaderboard.ranking import Ranking

NETWORKS = {name: made_numbers(name, value) for name, value in {"a": 3.1, "日本語" * 9: 1.5}.items()}
ALIKE = dict.fromkeys(FAR, (1.0, 1.2))


def test_it_says_what_anchors_learned_which_way_memorizing_moves_and_who_lies_where() -> None:
    screen = ranking_screen(assembled(NETWORKS, "example-level", "", made_anchors()), Medium(120))
    said = " ".join(screen.split())
    assert (
        "anchors toy-mlp trained on train.npz, its 900 examples, 10 classes; 2 seeds each, so that ± is itself" in said
    )
    assert "rough (3 degrees of freedom) clean 0: labels as given" in said
    assert (
        "\nplace   on these data memorizing wrong labels lowers mean MI: clean 3.100, shuffled 2.100, random 1.1"
        in screen
    )
    assert "\n        a lies at clean: +0.00 ±0.09\n" in screen
    assert "\ntake    a\n" in screen


def test_where_anchors_do_not_separate_nothing_is_advised() -> None:
    screen = " ".join(ranking_screen(assembled(NETWORKS, None, "", made_anchors(ALIKE)), Medium(100)).split())
    assert screen.count("take no advice: ambiguous: anchors do not separate by mean MI") == 1
    assert "leave" not in screen
    assert "place ambiguous: anchors do not separate by mean MI" in screen
    assert "lies" not in screen


def test_of_five_seeds_it_is_not_said_what_the_error_rests_on() -> None:
    five = {kind: (*own, own[0], own[1], own[0]) for kind, own in FAR.items()}
    assert "5 seeds each\n" in ranking_screen(assembled(NETWORKS, None, "", made_anchors(five)), Medium(120))


@pytest.mark.parametrize("width", [20, 40, 80])
def test_no_line_is_as_long_as_the_medium_is_wide(width: int) -> None:
    lines = ranking_screen(assembled(NETWORKS, None, "", made_anchors()), Medium(width)).splitlines()
    assert max(map(len, lines)) < width


def test_tables_and_files_hold_places_where_there_are_anchors_and_are_as_ever_where_not(tmp_path: Path) -> None:
    ranking = Ranking(assembled(NETWORKS, None, "", made_anchors()))
    scores = ranking.scores.set_index(["network", "measure"])
    assert scores.place["a", "mean-mi"] == pytest.approx(0.0)
    assert scores.lies["a", "mean-mi"] == "at clean"
    assert len(ranking.anchors) == 2 * 6
    assert ranking.anchors.query("anchor == 'random 1' and measure == 'mean-mi'").value.tolist() == [1.2]
    assert (ranking.save(tmp_path) / "ranking.csv").read_text().splitlines()[0].endswith(",place,place_error,lies")
    plain = Ranking(assembled(NETWORKS, None))
    assert "anchors" not in plain.content
    assert "place" not in plain.scores.columns
    assert plain.anchors.empty


def test_an_order_that_the_anchors_call_backwards_is_not_advised_and_that_stands_first() -> None:
    backwards = {**FAR, "clean": (0.0, 0.2)}
    content = assembled(NETWORKS, "example-level", "", made_anchors(backwards))
    screen = " ".join(ranking_screen(content, Medium(100)).split())
    assert screen.count("the order is backwards here") == 1
    assert screen.index("take no advice: the order is backwards here") < screen.index("anchors toy-mlp")
    assert "leave" not in screen
    both = ranking_screen(assembled(NETWORKS, None, "", made_anchors(backwards)), Medium(100))
    assert both.count("leave  ") == 1
