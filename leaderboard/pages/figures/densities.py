"""Densities of the MI of pairs of neurons by condition, never below 0 (the paper's Figures 3 and 7).

Where the suite has the metric compression, the curves are shaded by it (Figure 4).

In: a place of a board. Out: the drawing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from leaderboard.content.models import Density, ModelRow
from leaderboard.pages.figures import style
from leaderboard.pages.figures.drawing import Drawing, Place, Undrawn
from leaderboard.pages.figures.words import condition_name, ends_sentence, paper_figure, shown, tick, titled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME = "densities"
SHADED_BY = "compression"
ACROSS = 2
MANY = 6  # curves of which each has a line in the legend


@dataclass(frozen=True)
class _Curve:
    """The density of one condition: `colour` is its place on the ramp, `label` what the legend says of it."""

    row: ModelRow
    mi: Density
    colour: str
    dashes: style.Dashes
    label: str


def densities(place: Place, taps: Sequence[str]) -> Drawing | Undrawn:
    """The MI of the pairs at each of these taps, a curve for each condition.

    Args:
        place: What a board says of one suite.
        taps: The taps to show, some or all of the place's.

    Returns:
        The drawing, or why there is none.
    """
    title = titled(place, "MI of pairs of neurons")
    found = {tap: curves for tap in taps if (curves := _curves(place, tap))}
    if not found:
        return Undrawn(NAME, title, "the MI of no pair of neurons is known")
    down = -(-len(found) // ACROSS)
    size = (style.COLUMN, 0.2 + 1.5 * down + style.legend_height(_labels(found)))
    rows = [
        (curve.row["condition"], tap, start, end, density)
        for tap, curves in found.items()
        for curve in curves
        for start, end, density in _steps(curve.mi)
    ]
    head = ("condition", "tap", "mi_from", "mi_to", "density")
    return Drawing(NAME, title, _caption(place, found), size, partial(_draw, place, found), head, rows)


def _curves(place: Place, tap: str) -> list[_Curve]:
    there = {row["condition"]: row["mi"] for row in place.taps if row["tap"] == tap and row["mi"]}
    known = [row for row in place.models if row["condition"] in there]
    known = [row for row in known if there[row["condition"]]["density"] and there[row["condition"]]["last"] > 0]
    shades = _shades(known)
    colours = shades or style.ramp(len(known))
    return [
        _Curve(
            row,
            there[row["condition"]],
            colours[number],
            style.DASHES[number % len(style.DASHES)] if len(known) <= MANY else "-",
            f"{tick(row)} ({row['metrics'][SHADED_BY]['mean']:.2f})" if shades else tick(row),
        )
        for number, row in enumerate(known)
    ]


def _shades(models: Sequence[ModelRow]) -> list[str]:
    """A colour for each model by its compression; none where that is not known of all."""
    values = [row["metrics"][SHADED_BY].get("mean") if SHADED_BY in row["metrics"] else None for row in models]
    known = [value for value in values if value is not None]
    if not values or len(known) < len(values):
        return []
    low, span = min(known), (max(known) - min(known)) or 1.0
    return [style.shade((value - low) / span, style.GREENS) for value in known]


def _steps(mi: Density) -> list[tuple[float, float, float]]:
    width = mi["last"] / len(mi["density"])
    return [(at * width, (at + 1) * width, value) for at, value in enumerate(mi["density"])]


def _labels(found: Mapping[str, list[_Curve]]) -> list[str]:
    return [one.label for one in _in_legend(max(found.values(), key=len))]


def _in_legend(curves: list[_Curve]) -> list[_Curve]:
    return curves if len(curves) <= MANY else [curves[0], curves[len(curves) // 2], curves[-1]]


def _draw(place: Place, found: Mapping[str, list[_Curve]], figure: "Figure") -> None:
    across = min(ACROSS, len(found))
    width = (style.COLUMN - 0.38 - 0.12 - 0.32 * (across - 1)) / across
    top = float(figure.get_size_inches()[1]) - 0.45
    for number, (tap, curves) in enumerate(found.items()):
        row, column = divmod(number, ACROSS)
        axes = style.axes_at(figure, 0.38 + column * (width + 0.32), top - row * 1.5 - 1.0, width, 1.0)
        for curve in curves:
            _curve(axes, curve)
        axes.set_xlim(0, _end([curve.mi for curve in curves]))
        axes.set_ylim(bottom=0)
        axes.set_title(shown(tap, 60 // across), pad=3)
        axes.set_xlabel("MI (nats)", labelpad=1.5)
        if column == 0:
            axes.set_ylabel("density (1/nats)")
    longest = max(found.values(), key=len)
    lines = figure.axes[list(found.values()).index(longest)].lines
    knob = shown(place.models[0].get("knob") or "condition", 20)
    heading = f"{knob} ({SHADED_BY})" if _shades([one.row for one in longest]) else knob
    style.legend(figure, [lines[longest.index(one)] for one in _in_legend(longest)], _labels(found), heading)


def _curve(axes: "Axes", curve: _Curve) -> None:
    """The density as a line through the middles of its steps, from 0 on."""
    steps = _steps(curve.mi)
    middles = [0.0, *((start + end) / 2 for start, end, _ in steps)]
    heights = [steps[0][2], *(density for _, _, density in steps)]
    axes.plot(middles, heights, color=curve.colour, linestyle=curve.dashes)


def _end(several: Sequence[Density]) -> float:
    """Where the last curve has come down to a thousandth of what it shows, so that a long tail does not hide all."""
    ends = []
    for mi in several:
        left, total = 0.0, sum(mi["density"])
        for _, end, density in reversed(_steps(mi)):
            left += density
            if left > 0.005 * total:
                ends.append(end)
                break
    return max(ends, default=max(mi["last"] for mi in several))


def _caption(place: Place, found: Mapping[str, list[_Curve]]) -> str:
    shaded = any(_shades([one.row for one in curves]) for curves in found.values())
    numbers = paper_figure(place, "37") or paper_figure(place, "4")
    sentences = [ends_sentence(place, "mi", numbers)]
    below = max(curve.mi.get("below_zero") or 0.0 for curves in found.values() for curve in curves)
    if below >= 0.01:
        sentences.append(f"Estimates below 0, at most {below:.0%} of a curve, stand in its first step.")
    if shaded:
        sentences.append(_by_compression(list(found.values())[-1]))
    few = [condition_name(row) for row in place.models if not _is_drawn(row, found)]
    if few:
        sentences.append(f"Not known and not drawn: {', '.join(few[:3])}{' and others' if len(few) > 3 else ''}.")
    return " ".join(filter(None, sentences))


def _is_drawn(row: ModelRow, found: Mapping[str, list[_Curve]]) -> bool:
    return any(curve.row is row for curves in found.values() for curve in curves)


def _by_compression(curves: Sequence[_Curve]) -> str:
    """Which curve has the least and which the most of the metric that shades them."""
    least = min(curves, key=lambda one: one.row["metrics"][SHADED_BY]["mean"] or 0.0)
    most = max(curves, key=lambda one: one.row["metrics"][SHADED_BY]["mean"] or 0.0)
    names = [condition_name(one.row) for one in (least, most)]
    return f"Shaded by {SHADED_BY}, from dark green ({names[0]}) to light green ({names[1]})."
