"""The headline measures of every model against the metric, with the standard errors of both.

In: a place of a board. Out: the drawing.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from benchmark.measures import HEADLINES
from leaderboard.content.models import NumberContent
from leaderboard.pages.figures import style
from leaderboard.pages.figures.drawing import Drawing, Place, Undrawn
from leaderboard.pages.figures.words import condition_name, shown, tick, titled
from leaderboard.pages.tables.table import probability

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME = "scatter"
LABELLED = 8  # models of which each has its label
LONG = 6  # letters from which on labels are numbers, explained below
LETTER, HIGH = 3.6, 6.0  # points that a letter of a label takes, and its height
UNIT = " (nats)"


class Known(NamedTuple):
    """A number that is known, with its standard error where that is known too."""

    mean: float
    error: float | None


Points = dict[int, tuple[Known, Known]]  # measure and metric by the number of the model


def scatter(place: Place, metric: str) -> Drawing | Undrawn:
    """Each headline measure against a metric, a point for each model.

    Args:
        place: What a board says of one suite.
        metric: The name of the metric.

    Returns:
        The drawing, or why there is none.
    """
    title = titled(place, f"measure against {shown(metric, 20)}")
    found = {measure: points for measure in HEADLINES if (points := _points(place, measure, metric))}
    if not found:
        return Undrawn(NAME, title, f"no model has both a headline measure and {shown(metric)}")
    rows = [
        (place.conditions[at], measure, x.mean, x.error, metric, y.mean, y.error)
        for measure, points in found.items()
        for at, (x, y) in points.items()
    ]
    head = ("condition", "measure", "value", "standard_error", "metric", "metric_value", "metric_standard_error")
    caption = " ".join(filter(None, (_sentence(place, measure, metric) for measure in found)))
    caption += " Bars are standard errors."
    return Drawing(
        NAME,
        title,
        caption.strip(),
        (style.COLUMN, 1.85 + 0.115 * len(_names(place)[1])),
        partial(_draw, place, metric, found),
        head,
        rows,
    )


def _points(place: Place, measure: str, metric: str) -> Points:
    result: Points = {}
    for at, row in enumerate(place.models):
        x, y = _known(row["measures"].get(measure)), _known(row["metrics"].get(metric))
        if x is not None and y is not None:
            result[at] = (x, y)
    return result


def _known(number: NumberContent | None) -> Known | None:
    mean = number.get("mean") if number else None
    return Known(mean, number.get("error")) if number and mean is not None else None


def _names(place: Place) -> tuple[list[str], list[str]]:
    """The label of each model, and the lines that explain them where they are numbers."""
    names = [tick(row) for row in place.models]
    if max(map(len, names)) < LONG:
        return names, []
    numbers = [str(number) for number in range(1, len(names) + 1)]
    key = [f"{number}  {condition_name(row)}" for number, row in zip(numbers, place.models, strict=True)]
    return numbers, key if len(key) <= LABELLED else [key[0], key[-1]]


def _draw(place: Place, metric: str, found: Mapping[str, Points], figure: "Figure") -> None:
    width = (style.COLUMN - 0.45 - 0.12 - 0.15 * (len(found) - 1)) / len(found)
    colours = style.ramp(len(place.models))
    every = [y for points in found.values() for _, y in points.values()]
    heights = [y.mean + sign * (y.error or 0.0) for y in every for sign in (-1, 1)]
    names, key = _names(place)
    high = float(figure.get_size_inches()[1])
    room = 0.14 * (max(heights) - min(heights)) or 0.1
    for column, (measure, points) in enumerate(found.items()):
        axes = style.axes_at(figure, 0.45 + column * (width + 0.15), high - 1.45, width, 1.2)
        for at, (x, y) in points.items():
            axes.errorbar(
                x.mean,
                y.mean,
                xerr=x.error,
                yerr=y.error,
                color=colours[at],
                marker="o",
                markersize=3.6,
                elinewidth=0.7,
            )
        axes.margins(x=0.24)
        axes.set_ylim(min(heights) - room, max(heights) + room)
        axes.locator_params(axis="both", nbins=4)
        axes.set_xlabel(shown(measure, 24) + UNIT, labelpad=1.5)
        if column == 0:
            axes.set_ylabel(shown(metric, 28))
        else:
            axes.tick_params(labelleft=False)
        _labels(axes, names, points)
    for number, line in enumerate(key):
        figure.text(0.14, (0.05 + 0.115 * (len(key) - 1 - number)) / high, line, va="bottom", size=6.0)


def _labels(axes: "Axes", names: Sequence[str], points: Points) -> None:
    """A label beside each point, where it covers no other label; of many models only those of the two ends."""
    ends = (min(points), max(points))
    scale = 72 / axes.figure.dpi
    taken: list[tuple[float, float, float]] = []
    for at, (x, y) in points.items():
        if len(points) > LABELLED and at not in ends:
            continue
        here = axes.transData.transform((x.mean, y.mean)) * scale
        width = LETTER * len(names[at])
        offsets = [(dx, dy) for dy in (2.5, -6.5, 9.0, -13.0, 15.5) for dx in (3.0, -3.0 - width)]
        free = (one for one in offsets if not _covers(here[0] + one[0], here[1] + one[1], width, taken))
        offset = next(free, offsets[0])
        taken.append((here[0] + offset[0], here[1] + offset[1], width))
        axes.annotate(names[at], (x.mean, y.mean), xytext=offset, textcoords="offset points", fontsize=6.0)


def _covers(left: float, bottom: float, width: float, taken: Sequence[tuple[float, float, float]]) -> bool:
    """Whether a label would cover one of those that are there; all in points.

    >>> _covers(0, 0, 10, [(5, 3, 10)]), _covers(0, 0, 10, [(5, 8, 10)])
    (True, False)
    """
    return any(left < x + wide and x < left + width and abs(bottom - y) < HIGH for x, y, wide in taken)


def _sentence(place: Place, measure: str, metric: str) -> str:
    """The agreement of a measure with the metric, as the board has it."""
    row = next((one for one in place.agreement if (one["measure"], one["metric"]) == (measure, metric)), None)
    if row is None:
        return ""
    name, of = shown(measure), shown(metric)
    if row["tau"] is None:
        reason = f": {shown(said, 120)}" if (said := row.get("reason")) else ""
        return f"How {name} agrees with {of} is undefined{reason}."
    p = f", two-sided p {probability(row['p'])}" if row.get("p") is not None else ""
    return f"{name} agrees with {of} with a tau of {row['tau']:+.2f} ({row['n']} models{p})."
