"""The screen of a ranking: places that are tied, what to take and leave, and how far to trust it, at any width."""

import re

import pytest
from made_rankings import made_ranking

from leaderboard.pages.terminal.medium import Medium
from leaderboard.pages.terminal.ranking import ranking_screen


def test_it_says_what_was_read_who_is_tied_and_what_to_leave() -> None:
    screen = ranking_screen(made_ranking(), Medium(80))
    head = "3 networks, ranked against shortcuts, on 300 examples and 15 pairs of neurons; no label was read"
    assert " ".join(screen.splitlines()[:2]) == head
    table = screen[screen.index("\nrank ") :].splitlines()[1:6]
    assert [line.split("  ")[0] for line in table] == ["rank", "-" * len(table[1]), "1-2, tied", "1-2, tied", "3"]
    assert "(tied: none is seen to be better)" in screen
    assert "\nleave   c\n" in screen
    assert "tau -0.36 (the wrong way, p .017)" in " ".join(screen.split())


def test_networks_that_were_read_alike_are_said_once_and_others_by_their_names() -> None:
    content = made_ranking()
    assert "\nread    with half as many examples the numbers would move: mean MI " in ranking_screen(
        content, Medium(100)
    )
    for row, how in zip(content["networks"], ("BertModel: 6 taps", "BertModel: 6 taps", ""), strict=True):
        row["how"] = how
    assert "\nread    BertModel: 6 taps\n" in ranking_screen(content, Medium(100))
    content["networks"][2]["how"] = "a run's"
    assert "\nread    a, b: BertModel: 6 taps\n        c: a run's\n" in ranking_screen(content, Medium(100))


def test_without_a_kind_both_orders_stand_under_their_names() -> None:
    screen = ranking_screen(made_ranking(None), Medium(80))
    shortcuts, labels = screen.split("if wrong labels are feared\n")
    assert "if shortcuts are feared\n" in shortcuts
    assert "\ntake    c\n" in labels
    assert "\nleave   c\n" in shortcuts


@pytest.mark.parametrize("width", [20, 40, 60, 80, 200])
def test_no_line_is_as_long_as_the_medium_is_wide(width: int) -> None:
    names = ("x" * 90, "日本語" * 9, "a b")
    lines = ranking_screen(made_ranking(names=names), Medium(width)).splitlines()
    assert max(map(len, lines)) < width


def test_columns_go_where_there_is_no_room_and_names_of_networks_do_no_harm() -> None:
    names = ("\x1b[31mred", "a\nb", "c")
    wide, narrow = (ranking_screen(made_ranking(names=names), Medium(width, ascii_only=True)) for width in (100, 50))
    head = "by entropy\n---"
    assert head in wide
    assert head not in narrow
    (needed,) = re.findall(r"no room for .*by entropy: (\d+) columns show all", " ".join(narrow.split()))
    for width, fits in ((int(needed), True), (int(needed) - 1, False)):
        screen = ranking_screen(made_ranking(names=names), Medium(width, ascii_only=True))
        assert (head in screen) == ("no room" not in screen) == fits
    assert "\x1b" not in wide + narrow
    assert (wide + narrow).isascii()


def test_the_words_for_the_data_do_no_harm() -> None:
    content = made_ranking()
    content["data"] = "\x1b[2Jimages \u202e"
    screen = ranking_screen(content, Medium(100))
    assert "on 300 examples of ?[2Jimages ? and" in screen


def test_of_networks_that_cannot_be_compared_none_is_advised() -> None:
    content = made_ranking()
    content["no_advice"]["heuristic"] = "networks of unlike width are not comparable"
    screen = ranking_screen(content, Medium(100))
    assert "\ntake    no advice: networks of unlike width are not comparable\n" in screen
    assert "\nleave" not in screen
    assert "rank  " not in screen
    assert "by entropy" not in screen
    assert screen.index("no advice") < screen.index("\nread ")


def test_advice_stands_with_its_condition_and_two_orders_with_what_tells_them_apart() -> None:
    assert "\nif      all were trained alike, on data of which some are cleaner;" in ranking_screen(made_ranking())
    assert "no kind was said: these two orders are opposite" in ranking_screen(made_ranking(None))
    assert "no kind was said" not in ranking_screen(made_ranking())
    one, both = ranking_screen(made_ranking()), ranking_screen(made_ranking(None))
    assert one.index("\nif  ") < one.index("\ntake  ")
    assert both.count("\nif  ") == both.count("\ntrust  ") == both.count("do not choose a recipe") == 1
