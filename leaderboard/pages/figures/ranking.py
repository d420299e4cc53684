"""The figures of a ranking: at each tap, and for each network from the best to the worst, boxes and densities.

In: what is to be drawn of each tap, and the groups of networks that are tied. Out: a picture of each tap. A row is a
network, the same one in all drawings of a tap, so that each curve stands beside its name.
"""

import unicodedata
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from leaderboard.content.ranking import Shape, TapShapes
from leaderboard.pages.figures import style
from leaderboard.pages.figures.drawing import Drawing, Picture
from leaderboard.pages.figures.style import drawn, saved, styled
from leaderboard.pages.figures.svg import inline
from leaderboard.pages.figures.words import TITLE, shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 40  # networks that are drawn
TICKS = 5  # numbers under a panel, at most
NAME = 18  # letters of a name for which there is room
TALL, LOW = 0.42, 0.15  # inches that a row has at most and at least
HIGH = 2.0  # inches that rows take together where they may
OVERLAP = 1.2  # rows that the highest point of a density takes
ABOVE, BELOW, RIGHT = 0.42, 0.36, 0.1  # inches around the axes
HEAD = ("network", "tap", "mi_p05", "mi_q1", "mi_median", "mi_q3", "mi_p95", "mi_mean")


def pictures(taps: Sequence[TapShapes], groups: Sequence[Sequence[str]]) -> list[Picture]:
    """A picture of each tap: its three drawings beside each other where there is room.

    Args:
        taps: What is drawn of each.
        groups: The names of the networks that are tied, best first.
    """
    with styled():
        return [_picture(f"tap-{number}", tap, groups) for number, tap in enumerate(taps)]


def _picture(name: str, tap: TapShapes, groups: Sequence[Sequence[str]]) -> Picture:
    panels = (
        inline(saved(drawn(part), "svg", salt=f"{name}-{part.name}"), f"{name}-{part.name}", part.title)
        for part in drawings(tap, groups)
    )
    return Picture(tap["title"], f'<div class="panels">{"".join(panels)}</div>', _caption(tap))


def drawings(tap: TapShapes, groups: Sequence[Sequence[str]]) -> list[Drawing]:
    """Boxes of the MI of pairs, densities of it, and densities of the entropies of neurons.

    Args:
        tap: What is drawn of one tap.
        groups: The names of the networks that are tied, best first. Those that are in no group stand below them.
    """
    rows = _rows(tap, groups)
    colours = _colours(groups)
    size = (style.COLUMN, ABOVE + BELOW + _row_height(len(rows)) * len(rows))
    kinds: tuple[tuple[str, str, str, Callable[..., None]], ...] = (
        ("boxes", "MI of pairs of neurons", "mi", _boxes),
        ("mi", "density of that MI", "mi", partial(_ridges, what="mi")),
        ("entropy", "density of the neurons' entropy", "entropy", partial(_ridges, what="entropy")),
    )
    numbers = [
        (name, tap["title"], *(one["box"] or (None,) * 5), one["mean"])
        for name, one in tap["networks"].items()
        if name in rows
    ]
    return [
        Drawing(
            name,
            f"{shown(tap['title'], TITLE - len(what) - 2)}: {what}",
            "",
            size,
            partial(_draw, tap, rows, colours, unit, draw),
            HEAD,
            numbers,
        )
        for name, what, unit, draw in kinds
    ]


def _caption(tap: TapShapes) -> str:
    """Which networks have the lowest and the highest mean MI."""
    known = {name: mean for name, one in tap["networks"].items() if (mean := one["mean"]) is not None}
    if len(known) < 2:
        return ""
    least, most = min(known, key=lambda name: known[name]), max(known, key=lambda name: known[name])
    low, high = (round(known[name], 3) + 0.0 for name in (least, most))  # no zero has a sign
    return f"Mean MI goes from {low:.3f} ({shown(least)}) to {high:.3f} nats ({shown(most)})."


def _rows(tap: TapShapes, groups: Sequence[Sequence[str]]) -> list[str]:
    """The names from the top row down: the best and the worst where there are too many."""
    placed = dict.fromkeys(name for group in groups for name in group)
    names = [name for name in (placed | dict.fromkeys(tap["networks"])) if name in tap["networks"]]
    return names if len(names) <= MOST else [*names[: MOST // 2], *names[-MOST // 2 :]]


def _colours(groups: Sequence[Sequence[str]]) -> dict[str, str]:
    """The first group is blue and the last orange, where there is more than one."""
    found = {name: style.GREY for group in groups for name in group}
    if len(groups) > 1:
        found |= dict.fromkeys(groups[0], style.BLUE) | dict.fromkeys(groups[-1], style.ORANGE)
    return found


def _row_height(count: int) -> float:
    return min(max(HIGH / count, LOW), TALL)


def _label(name: str) -> str:
    """A name that fits before its row, of half as many letters where they are wide, as those of East Asia are.

    >>> _label("a short name"), _label("x" * 40), len(_label("日" * 40))
    ('a short name', 'xxxxxxxxx…xxxxxxxx', 9)
    """
    wide = any(unicodedata.east_asian_width(one) in "WF" for one in name)
    return shown(name, NAME // 2 if wide else NAME)


def _draw(
    tap: TapShapes,
    rows: Sequence[str],
    colours: dict[str, str],
    unit: str,
    draw: Callable[..., None],
    figure: "Figure",
) -> None:
    labels = [_label(name) for name in rows]
    left = 0.16 + style.LETTER * max(map(len, labels), default=0)
    height = _row_height(len(rows)) * len(rows)
    axes = style.axes_at(figure, left, BELOW, style.COLUMN - left - RIGHT, height)
    low, high = tap["mi_range"] if unit == "mi" else tap["entropy_range"]
    axes.set_xlim(low, high)
    axes.locator_params(axis="x", nbins=TICKS)
    axes.set_ylim(len(rows) - 0.5, -0.5)  # the first row on top
    axes.set_yticks(range(len(rows)), labels)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(f"{'MI' if unit == 'mi' else 'entropy'} (nats)", labelpad=1.5)
    if low < 0 < high:
        axes.axvline(0, color=style.GREY, linewidth=0.5)
    for at, name in enumerate(rows):
        draw(axes, at, tap["networks"][name], colours.get(name, style.GREY), (low, high))


def _boxes(axes: "Axes", at: int, one: Shape, colour: str, ends: tuple[float, float]) -> None:
    """The quartiles as a box, the middle 90 % as a line, the median as a bar and the mean as a dot."""
    if one["box"] is None:
        _nothing(axes, at, ends, "no pair of neurons")
        return
    low, q1, median, q3, high = one["box"]
    axes.hlines(at, low, high, color=colour, linewidth=0.9)
    axes.barh(at, q3 - q1, left=q1, height=0.56, facecolor=f"{colour}40", edgecolor=colour, linewidth=0.8)
    axes.vlines(median, at - 0.28, at + 0.28, color=style.INK, linewidth=1.2)
    if one["mean"] is not None:
        axes.plot([one["mean"]], [at], marker="o", markersize=2.6, color=colour, clip_on=False)


def _ridges(axes: "Axes", at: int, one: Shape, colour: str, ends: tuple[float, float], what: str) -> None:
    """The density of a network over its row, each as high as the others."""
    heights = one["mi"] if what == "mi" else one["entropy"]
    if heights is None:
        _nothing(axes, at, ends, "no pair of neurons" if what == "mi" else "no neuron")
        return
    low, high = ends
    step = (high - low) / (len(heights) - 1)
    places = [low + step * number for number in range(len(heights))]
    base = at + 0.4
    tops = [base - OVERLAP * height for height in heights]
    axes.fill_between(places, tops, base, facecolor=f"{colour}30", linewidth=0, zorder=2 + at, clip_on=False)
    axes.plot(places, tops, color=colour, zorder=2.5 + at, clip_on=False)


def _nothing(axes: "Axes", at: int, ends: tuple[float, float], why: str) -> None:
    axes.text(ends[0], at, f" {why}", va="center", color=style.INK, size=6.0)
