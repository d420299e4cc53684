"""Boxes of neuron entropy: what is drawn, and what the caption says of it."""

from dataclasses import replace

import made_figures
import pytest
from matplotlib.colors import to_hex

from leaderboard.pages.figures.boxes import boxes
from leaderboard.pages.figures.drawing import Drawing, Place, Undrawn, places
from leaderboard.pages.figures.style import GREY, drawn, ramp, styled

NOTCHED, PLAIN = 12, 6  # points of the outline of a box, the closing one among them


def place(**changes: object) -> Place:
    return places(made_figures.board(made_figures.suite(**changes)))[0]


def figure(given: Place) -> Drawing:
    made = boxes(given, given.tap_names)
    assert isinstance(made, Drawing)
    return made


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "falls from 3.00 (alpha 0) to 2.00 nats (alpha 1), as in the paper's Figure 2."),
        (
            {"slope": -1.0},
            "rises from 3.00 (alpha 0) to 4.00 nats (alpha 1), which is not what the paper's Figure 2 shows.",
        ),
        ({"kind": "example-level"}, "rises from 3.00 (beta 0) to 4.00 nats (beta 1), as in the paper's Figure 6."),
        ({"kind": "example-level", "slope": -1.0}, "which is not what the paper's Figure 6 shows."),
        ({"figures": ""}, "falls from 3.00 (alpha 0) to 2.00 nats (alpha 1), as the paper's hypothesis says."),
        ({"figures": "5"}, "as the paper's hypothesis says."),
        (
            {"slope": 0.0},
            "but the notches overlap: neither a rise nor a fall is shown; the paper's Figure 2 has a fall.",
        ),
        ({"slope": 0.05}, "goes from 3.00 (alpha 0) to 2.95 nats (alpha 1), but the notches overlap"),
        ({"slope": -0.05}, "goes from 3.00 (alpha 0) to 3.05 nats (alpha 1), but the notches overlap"),
        ({"neurons": 9}, "but there are fewer than ten neurons: neither a rise nor a fall is shown"),
        (
            {"conditions": (0.5,)},
            "There is one condition, so that nothing can rise or fall: the median at hidden2 is 3.00",
        ),
        ({"names": {0.0: "aligned"}}, "falls from 3.00 (aligned) to 2.00 nats (alpha 1)"),
    ],
)
def test_the_caption_says_what_is_seen(changes: dict[str, object], sentence: str) -> None:
    assert sentence in figure(place(**changes)).caption


def test_the_caption_counts_the_taps_and_names_the_metric() -> None:
    caption = figure(place(taps=("a", "b", "c"))).caption
    assert "Of the 3 taps shown, the median falls beyond the notches at 3." in caption
    assert "The accuracy, the grey line, falls from 0.90 to 0.63." in caption


def test_the_caption_is_of_the_taps_shown() -> None:
    given = place(taps=("a", "b", "c"))
    made = boxes(given, ["a", "b"])
    assert isinstance(made, Drawing)
    assert made.caption.startswith("The median entropy at b falls")
    assert "Of the 2 taps shown," in made.caption
    upside = [{**row, "condition": 1.0 - row["condition"]} if row["tap"] == "a" else row for row in given.taps]
    both = figure(replace(given, taps=upside)).caption
    assert "Of the 3 taps shown, the median rises beyond the notches at 1 and falls at 2." in both
    assert "At none of the 2 taps shown does the median rise or fall" in figure(place(slope=0.0)).caption


def test_boxes_have_the_colours_of_their_conditions_and_the_metric_has_none_of_them() -> None:
    with styled():
        axes, beside = drawn(figure(place())).axes
    colours = [to_hex(box.get_edgecolor()) for box in axes.patches]
    assert sorted(colours) == sorted(ramp(3) * 2)
    assert {line.get_color() for line in beside.lines} == {GREY}


@pytest.mark.parametrize(("neurons", "points"), [(9, PLAIN), (10, NOTCHED)])
def test_a_box_has_a_notch_from_ten_neurons_on(neurons: int, points: int) -> None:
    with styled():
        outlines = drawn(figure(place(neurons=neurons))).axes[0].patches
    assert len(outlines) == 6
    assert {len(outline.get_path().vertices) for outline in outlines} == {points}


def test_the_numbers_drawn_are_those_of_the_board() -> None:
    made = figure(place())
    assert made.head[:3] == ("condition", "tap", "neurons")
    assert len(made.rows) == 6
    assert made.rows[0] == (0.0, "hidden1", 32, 2.5, 2.8, 3.0, 3.2, 3.5, 2.95, 3.05)


def test_what_is_not_known_is_left_out_and_said() -> None:
    given = place()
    gone = [{**row, "entropy": None} if row["condition"] == 1.0 else row for row in given.taps]
    made = figure(replace(given, taps=gone))
    assert len(made.rows) == 4
    assert "is not known for both ends" in made.caption
    with styled():
        drawn(made)
    nothing = boxes(replace(given, taps=[]), [])
    assert isinstance(nothing, Undrawn)
    assert nothing.reason == "no entropy of the neurons is known"


def test_a_place_without_a_known_metric_has_boxes_all_the_same() -> None:
    given = place()
    unknown = [{**row, "metrics": {"accuracy": {"mean": None}}} for row in given.models]
    for models in (unknown, [{**row, "metrics": {}} for row in given.models]):
        made = figure(replace(given, models=models))
        assert "accuracy" not in made.caption
        with styled():
            assert len(drawn(made).axes) == 1
