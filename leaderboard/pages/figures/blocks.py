"""Entropy and MI by tap, from the first block of a network to its last, a line for each condition (Figure 5).

In: a place of a board. Out: the drawing.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from leaderboard.content.models import ModelRow
from leaderboard.pages.figures import style
from leaderboard.pages.figures.drawing import Drawing, Place, Undrawn
from leaderboard.pages.figures.words import paper_figure, rising, shown, tick, titled

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME = "blocks"
NUMBERS = {"mean-entropy": ("entropy", "mean entropy (nats)"), "mean-mi": ("mi", "mean MI (nats)")}
MANY = 6
Lines = dict[str, dict[int, dict[int, float]]]  # by measure, number of the condition and number of the tap


def blocks(place: Place) -> Drawing | Undrawn:
    """The mean entropy and the mean MI at each tap.

    Args:
        place: What a board says of one suite.

    Returns:
        The drawing, or why there is none.
    """
    title = titled(place, "from block to block")
    names = _taps(place.models)
    if len(names) < 2:
        return Undrawn(NAME, title, "one tap is read, so there is nothing to compare from block to block")
    found = {measure: lines for measure in NUMBERS if (lines := _lines(place.models, measure, names))}
    if not found:
        return Undrawn(NAME, title, "neither entropy nor MI is known at any tap")
    rows = [
        (place.conditions[number], names[at], measure, value)
        for measure, lines in found.items()
        for number, values in lines.items()
        for at, value in values.items()
    ]
    shown_lines = min(MANY, len(place.models))
    below = style.tick_height(_tick_names(names), _width(len(found)))
    size = (style.COLUMN, 1.5 + below + style.legend_height([tick(row) for row in place.models][:shown_lines]))
    return Drawing(
        NAME,
        title,
        _caption(place, names, found),
        size,
        partial(_draw, place, names, found),
        ("condition", "tap", "measure", "value"),
        rows,
    )


def _taps(models: Sequence[ModelRow]) -> list[str]:
    values = [row["measures"][measure] for row in models for measure in NUMBERS if measure in row["measures"]]
    return list(dict.fromkeys(tap for value in values for tap in value.get("per_tap") or ()))


def _tick_names(names: Sequence[str]) -> list[str]:
    return [shown(name, 10) for name in names]


def _lines(models: Sequence[ModelRow], measure: str, names: Sequence[str]) -> dict[int, dict[int, float]]:
    """The known values of a measure, by the number of the condition and of the tap."""
    result: dict[int, dict[int, float]] = {}
    for number, row in enumerate(models):
        per_tap = row["measures"][measure].get("per_tap", {}) if measure in row["measures"] else {}
        values = {at: value for at, tap in enumerate(names) if (value := per_tap.get(tap)) is not None}
        if values:
            result[number] = values
    return result


def _width(columns: int) -> float:
    """The width in inches of each axes."""
    return (style.COLUMN - 0.42 - 0.08 - 0.45 * (columns - 1)) / columns


def _draw(place: Place, names: Sequence[str], found: Lines, figure: "Figure") -> None:
    colours = style.ramp(len(place.models))
    width = _width(len(found))
    bottom = float(figure.get_size_inches()[1]) - 1.35
    handles = {}
    for column, (measure, lines) in enumerate(found.items()):
        axes = style.axes_at(figure, 0.42 + column * (width + 0.45), bottom, width, 1.05)
        for number, values in lines.items():
            dashes = style.DASHES[number % len(style.DASHES)] if len(place.models) <= MANY else "-"
            line = axes.plot(
                list(values), list(values.values()), color=colours[number], linestyle=dashes, marker="o", markersize=2.2
            )
            handles[number] = line[0]
        axes.set_xlim(-0.2, len(names) - 0.8)
        axes.set_ylabel(NUMBERS[measure][1], labelpad=2)
        axes.set_xlabel("tap", labelpad=1.5)
        style.ticks(axes, _tick_names(names), width)
    every = list(handles)
    chosen = every if len(every) <= MANY else [every[0], every[len(every) // 2], every[-1]]
    knob = shown(place.models[0].get("knob") or "condition", 20)
    style.legend(figure, [handles[at] for at in chosen], [tick(place.models[at]) for at in chosen], knob)


def _caption(place: Place, names: Sequence[str], found: Lines) -> str:
    """At how many taps each number goes the way that the paper has it, from the first condition to the last."""
    last = len(place.models) - 1
    if last == 0:
        return "There is one condition, so that no two can be compared from block to block."
    sentences, as_expected = [], True
    for measure, lines in found.items():
        number = NUMBERS[measure][0]
        expected = rising(place, number)
        both = [at for at in range(len(names)) if at in lines.get(0, {}) and at in lines.get(last, {})]
        right = [at for at in both if (lines[last][at] > lines[0][at]) == expected and lines[last][at] != lines[0][at]]
        as_expected &= bool(both) and len(right) == len(both)
        called = {"entropy": "entropy", "mi": "MI"}[number]
        way = "higher" if expected else "lower"
        sentences.append(f"the mean {called} is {way} at {len(right)} of {len(both)} taps")
    figure = paper_figure(place, "5")
    whose = f"the paper's Figure {figure}" if figure else "the paper's hypothesis"
    verdict = f"as {whose} has it" if as_expected else f"{whose} would have it at every tap"
    return (
        f"From the least to the most memorizing condition {' and '.join(sentences)}; {verdict}. Noise is not counted."
    )
