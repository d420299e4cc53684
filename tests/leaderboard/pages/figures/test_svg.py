"""Inline SVG: nothing in it reaches the rest of the page or leaves it."""

import re

import pytest

from leaderboard.pages.figures import style
from leaderboard.pages.figures.drawing import Drawing
from leaderboard.pages.figures.svg import inline


def svg(name: str = "boxes", title: str = "A title", text: str = "text") -> str:
    def draw(figure: style.Figure) -> None:
        axes = style.axes_at(figure, 0.5, 0.5, 1.0, 1.0)
        axes.plot([0, 1], [0, 1], marker="o", color=style.BLUE)
        axes.set_xlabel(text)

    with style.styled():
        return inline(
            style.saved(style.drawn(Drawing("d", "drawn", "", (2.0, 2.0), draw, (), ())), "svg", name), name, title
        )


def test_it_is_one_element_with_a_role_and_a_title() -> None:
    made = svg(title="<b>&")
    assert made.startswith('<svg role="img" viewBox="')
    assert made.endswith("</svg>")
    assert "<title>&lt;b&gt;&amp;</title>" in made
    assert made.count("<svg") == 1


@pytest.mark.parametrize(
    "absent", ["<?xml", "<!DOCTYPE", "<style", "<metadata", "<!--", "http", "xlink", "#010203", "'DejaVu"]
)
def test_nothing_in_it_is_for_the_whole_page_or_from_outside(absent: str) -> None:
    assert absent not in svg()


def test_text_has_the_colour_of_the_page_and_stays_text() -> None:
    assert "currentColor" in svg()
    assert ">text</text>" in svg()


def test_identifiers_are_used_and_are_of_this_picture_alone() -> None:
    one, other = svg("first picture"), svg("second")
    found = [re.findall(r' id="([^"]*)"', made) for made in (one, other)]
    assert found[0]
    assert all(name.startswith("first-picture-") for name in found[0])
    assert not set(found[0]) & set(found[1])
    for made, names in zip((one, other), found, strict=True):
        assert set(re.findall(r'(?:url\(#|href="#)([^")]+)', made)) == set(names)
        assert len(names) == len(set(names))


def test_what_is_no_svg_by_matplotlib_is_refused() -> None:
    with pytest.raises(ValueError, match="no viewBox"):
        inline(b"<svg></svg>", "name", "title")
