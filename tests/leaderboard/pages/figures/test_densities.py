"""Densities of MI: from 0 on, shaded by compression where there is such a metric, and captioned by the board's ends."""

from dataclasses import replace

import made_figures
import pytest

from leaderboard.pages.figures.densities import densities
from leaderboard.pages.figures.drawing import Drawing, Place, Undrawn, places
from leaderboard.pages.figures.style import GREENS, drawn, shade, styled


def place(**changes: object) -> Place:
    return places(made_figures.board(made_figures.suite(**changes)))[0]


def figure(given: Place) -> Drawing:
    made = densities(given, given.tap_names)
    assert isinstance(made, Drawing)
    return made


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {},
            "Over all 2 taps the mean MI of the pairs rises from 0.40 (alpha 0) to 0.60 nats (alpha 1), as in the "
            "paper's Figure 3.",
        ),
        ({"taps": ("only",)}, "The mean MI of the pairs rises from 0.40 (alpha 0)"),
        (
            {"slope": -1.0},
            "falls from 0.40 (alpha 0) to 0.20 nats (alpha 1), which is not what the paper's Figure 3 shows.",
        ),
        ({"kind": "example-level"}, "falls from 0.40 (beta 0) to 0.20 nats (beta 1), as in the paper's Figure 7."),
        ({"figures": "1"}, "as the paper's hypothesis says."),
        ({"conditions": (0.5,)}, "There is one condition, so that the mean MI of the pairs can neither rise nor fall."),
    ],
)
def test_the_caption_says_what_is_seen(changes: dict[str, object], sentence: str) -> None:
    assert sentence in figure(place(**changes)).caption


def test_a_difference_within_noise_is_not_called_a_rise() -> None:
    given = place()
    ends = [{**row, "seen": "undecided"} for row in given.ends]
    caption = figure(replace(given, ends=ends)).caption
    assert "within noise: neither a rise nor a fall is shown; the paper's Figure 3 has a rise." in caption
    assert "is not known for both ends" in figure(replace(given, ends=[])).caption


def test_nothing_is_drawn_below_0_and_what_lies_there_is_said() -> None:
    made = figure(place())
    with styled():
        for axes in drawn(made).axes:
            assert axes.get_xlim()[0] == 0
            assert axes.get_ylim()[0] == 0
            assert all(min(line.get_xdata()) == 0 for line in axes.lines)
    assert min(row[2] for row in made.rows) == 0
    assert "Estimates below 0, at most 2% of a curve, stand in its first step." in made.caption


def test_curves_are_shaded_by_compression_where_the_suite_has_it() -> None:
    given = place(metrics=("compression",), figures="4")
    models = [
        {**row, "metrics": {"compression": {"mean": mean}}}
        for row, mean in zip(given.models, (2.0, 8.0, 4.0), strict=True)
    ]
    made = figure(replace(given, models=models))
    assert "Shaded by compression, from dark green (alpha 0) to light green (alpha 0.5)." in made.caption
    assert "as in the paper's Figure 4" in made.caption
    with styled():
        whole = drawn(made)
    assert [line.get_color() for line in whole.axes[0].lines] == [shade(share, GREENS) for share in (0, 1, 1 / 3)]
    assert [text.get_text() for text in whole.legends[0].get_texts()] == ["0 (2.00)", "0.5 (8.00)", "1 (4.00)"]


def test_few_curves_differ_by_more_than_colour() -> None:
    with styled():
        lines = drawn(figure(place())).axes[0].lines
    assert len({(line.get_linestyle(), str(line._dash_pattern)) for line in lines}) == 3


def test_what_is_not_known_is_named() -> None:
    given = place()
    gone = [{**row, "mi": None} if row["condition"] == 0.5 else row for row in given.taps]
    assert "Not known and not drawn: alpha 0.5." in figure(replace(given, taps=gone)).caption
    nothing = densities(replace(given, taps=[{**row, "mi": None} for row in given.taps]), given.tap_names)
    assert isinstance(nothing, Undrawn)
