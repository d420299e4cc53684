"""The figures of a ranking: a row for each network, in its order, with the colour of where it stands."""

from typing import Any

import pytest

from leaderboard.content.ranking import Shape, TapShapes
from leaderboard.pages.figures.ranking import MOST, drawings, pictures
from leaderboard.pages.figures.style import BLUE, GREY, ORANGE, drawn, styled

EMPTY: Shape = {"box": None, "mean": None, "mi": None, "entropy": None}


def shape(at: float) -> Shape:
    box = [at - 0.2, at - 0.1, at, at + 0.1, at + 0.2]
    return {"box": box, "mean": at, "mi": [0.0, 1.0, 0.5], "entropy": [1.0, 0.0, 0.0]}


def tap(networks: dict[str, Shape], title: str = "fc") -> TapShapes:
    return {"title": title, "mi_range": [-0.2, 2.0], "entropy_range": [0.0, 3.0], "networks": networks}


def axes(which: int, networks: dict[str, Shape], *groups: list[str]) -> Any:
    with styled():
        return drawn(drawings(tap(networks), groups)[which]).axes[0]


def labels(which: int, networks: dict[str, Shape], *groups: list[str]) -> list[str]:
    return [text.get_text() for text in axes(which, networks, *groups).get_yticklabels()]


THREE = {"a": shape(0.9), "b": shape(0.1), "c": shape(0.5)}


@pytest.mark.parametrize("which", [0, 1, 2])
def test_rows_stand_in_the_order_of_the_ranking_with_the_first_on_top(which: int) -> None:
    assert labels(which, THREE, ["b"], ["c"], ["a"]) == ["b", "c", "a"]
    low, high = axes(which, THREE, ["b"], ["c"], ["a"]).get_ylim()
    assert low > high


def test_the_first_is_blue_the_last_orange_and_nobody_is_where_none_are_told_apart() -> None:
    boxes = axes(0, THREE, ["b"], ["c"], ["a"]).patches
    edges = [patch.get_edgecolor()[:3] for patch in boxes]
    expected = [tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)) for colour in (BLUE, GREY, ORANGE)]
    assert edges == expected
    alike = axes(0, THREE, ["b", "c", "a"]).patches
    assert {patch.get_edgecolor()[:3] for patch in alike} == {expected[1]}


def test_a_box_reaches_from_quartile_to_quartile_in_the_row_of_its_network() -> None:
    box = axes(0, THREE, ["b"], ["c"], ["a"]).patches[1]
    assert box.get_x() == pytest.approx(0.4)
    assert box.get_width() == pytest.approx(0.2)
    assert box.get_y() + box.get_height() / 2 == pytest.approx(1.0)


def test_a_density_rises_from_its_row_over_the_range_of_the_tap() -> None:
    line = axes(1, THREE, ["b"], ["c"], ["a"]).lines[1]  # behind the line at 0
    assert list(line.get_xdata()) == pytest.approx([-0.2, 0.9, 2.0])
    heights = list(line.get_ydata())
    assert heights[0] > heights[2] > heights[1]  # the axis points down
    assert heights[0] == pytest.approx(0.4)


def test_a_network_without_a_place_stands_last_and_one_without_pairs_says_so() -> None:
    found = axes(0, {**THREE, "dead": EMPTY}, ["b"], ["c"], ["a"])
    assert [text.get_text() for text in found.get_yticklabels()] == ["b", "c", "a", "dead"]
    assert [text.get_text().strip() for text in found.texts] == ["no pair of neurons"]
    assert len(found.patches) == 3


def test_of_too_many_networks_the_first_and_the_last_are_drawn() -> None:
    names = [f"n{number:03}" for number in range(MOST + 5)]
    shown = labels(0, {name: shape(1.0) for name in names}, *([name] for name in names))
    assert len(shown) == MOST
    assert shown[0] == names[0]
    assert shown[-1] == names[-1]


def test_long_wide_and_hostile_names_fit_before_their_rows() -> None:
    names = ["x" * 100, "日" * 30, "\u202e<script>", "$a_b$"]
    with styled():
        figure = drawn(drawings(tap({name: shape(0.5) for name in names}), [names])[0])
        figure.canvas.draw()
        left = min(text.get_window_extent().x0 for text in figure.axes[0].get_yticklabels())
    assert left >= 0
    (picture,) = pictures([tap({name: shape(0.5) for name in names}, title="<b>")], [names])
    assert picture.svg is not None
    assert "<script" not in picture.svg
    assert "<b>" not in picture.svg
    assert "\u202e" not in picture.svg
    assert "$a_b$" in picture.svg


def test_a_picture_has_three_drawings_with_words_for_those_who_do_not_see_them_and_no_id_twice() -> None:
    taps = [tap(THREE), tap(THREE, "out")]
    one, other = pictures(taps, [["b"], ["c"], ["a"]])
    assert one.svg is not None
    assert one.svg.count('<svg role="img"') == one.svg.count("<title>") == 3
    assert "<title>fc: MI of pairs of neurons</title>" in one.svg
    assert one.caption == "Mean MI goes from 0.100 (b) to 0.900 nats (a)."
    assert other.svg is not None
    ids = [part.split('"')[0] for part in (one.svg + other.svg).split(' id="')[1:]]
    assert len(set(ids)) == len(ids)
    assert pictures(taps, [["b"], ["c"], ["a"]])[0] == one
    assert pictures([tap({"a": EMPTY})], [])[0].caption == ""
