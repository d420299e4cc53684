"""Notched boxes of neuron entropy for each condition and tap, with the metric as a line (the paper's Figures 2 and 6).

In: a place of a board. Out: the drawing.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from leaderboard.content.models import Box
from leaderboard.pages.figures import style
from leaderboard.pages.figures.drawing import Drawing, Place, Undrawn
from leaderboard.pages.figures.words import (
    against_paper,
    changed,
    condition_name,
    paper_figure,
    rising,
    shown,
    tick,
    titled,
    undecided,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME = "boxes"
ACROSS = 3  # taps in a row
CROWDED = 40  # boxes in a row, above which lines are thin
LEFT, RIGHT, HEIGHT = 0.42, 0.44, 1.0  # inches beside the axes, and of their height
Statistic = Literal["neurons", "low", "q1", "median", "q3", "high"]
STATISTICS: tuple[Statistic, ...] = ("neurons", "low", "q1", "median", "q3", "high")


def boxes(place: Place, taps: Sequence[str]) -> Drawing | Undrawn:
    """The entropy of the neurons at each of these taps, by condition.

    Args:
        place: What a board says of one suite.
        taps: The taps to show, some or all of the place's.

    Returns:
        The drawing, or why there is none.
    """
    title = titled(place, "entropy of the neurons")
    found = {tap: by_condition for tap in taps if (by_condition := _entropies(place, tap))}
    if not found:
        return Undrawn(NAME, title, "no entropy of the neurons is known")
    metric = next(iter(place.models[0]["metrics"]), None)
    down = len(_rows(list(found)))
    size = (style.COLUMN, 0.35 + down * (HEIGHT + 0.25 + _below(place, len(found))))
    rows = [
        (place.conditions[number], tap, *(entropy[name] for name in STATISTICS), *(entropy["notch"] or (None, None)))
        for tap, by_condition in found.items()
        for number, entropy in by_condition.items()
    ]
    head = ("condition", "tap", *STATISTICS, "notch_low", "notch_high")
    return Drawing(
        NAME, title, _caption(place, list(found), metric), size, partial(_draw, place, found, metric), head, rows
    )


def _entropies(place: Place, tap: str) -> dict[int, Box]:
    """The entropies at a tap by the number of their condition, of those that are known."""
    rows = {row["condition"]: row["entropy"] for row in place.taps if row["tap"] == tap}
    return {number: box for number, one in enumerate(place.conditions) if (box := rows.get(one))}


def _draw(place: Place, found: Mapping[str, dict[int, Box]], metric: str | None, figure: "Figure") -> None:
    high = float(figure.get_size_inches()[1])
    every = [entropy for one in found.values() for entropy in one.values()]
    low, top = min(one["low"] for one in every), max(one["high"] for one in every)
    room = 0.06 * (top - low) or 0.1
    for number, taps in enumerate(_rows(list(found))):
        bottom = high - 0.45 - number * (HEIGHT + 0.25 + _below(place, len(found))) - HEIGHT
        axes = style.axes_at(figure, LEFT, bottom, style.COLUMN - LEFT - RIGHT, HEIGHT)
        axes.set_ylim(low - room, top + room)
        axes.set_ylabel("entropy (nats)")
        _row(axes, place, {tap: found[tap] for tap in taps}, metric)
    axes.set_xlabel(shown(place.models[0].get("knob") or "condition", 20), labelpad=1.5)


def _rows(taps: Sequence[str]) -> list[Sequence[str]]:
    return [taps[start : start + ACROSS] for start in range(0, len(taps), ACROSS)]


def _below(place: Place, taps: int) -> float:
    """The height of the labels of the conditions, which stand once for each tap of a row."""
    return style.tick_height([tick(row) for row in place.models], (style.COLUMN - LEFT - RIGHT) / min(taps, ACROSS))


def _row(axes: "Axes", place: Place, found: Mapping[str, dict[int, Box]], metric: str | None) -> None:
    """Several taps side by side on common axes, the conditions of each from left to right."""
    count, width = len(place.models), style.COLUMN - LEFT - RIGHT
    gap = 1 + count // 12
    starts = [number * (count + gap) for number in range(len(found))]
    axes.set_xlim(-0.8, starts[-1] + count - 0.2)
    thin = 0.8 if count * len(found) <= CROWDED else 0.3
    for number, colour in enumerate(style.ramp(count)):
        there = {start + number: by[number] for start, by in zip(starts, found.values(), strict=True) if number in by}
        _boxes(axes, there, colour, thin)
    for start, tap in zip(starts, found, strict=True):
        axes.annotate(
            shown(tap, 60 // len(found)),
            (start + (count - 1) / 2, 1),
            xycoords=axes.get_xaxis_transform(),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
        )
        if start:
            axes.axvline(start - (1 + gap) / 2, color=style.GREY, linewidth=0.5)
    style.ticks(axes, [tick(row) for row in place.models], width, starts)
    if metric:
        _lines(axes, place, metric, starts)


def _boxes(axes: "Axes", by_place: Mapping[int, Box], colour: str, thin: float) -> None:
    """The boxes of one condition, with a notch where there are neurons enough for one."""
    for notched in (True, False):
        chosen = {at: one for at, one in by_place.items() if bool(one["notch"]) == notched}
        if not chosen:
            continue
        ends = [one["notch"] or (one["median"], one["median"]) for one in chosen.values()]
        statistics = [
            {
                "med": one["median"],
                "q1": one["q1"],
                "q3": one["q3"],
                "whislo": one["low"],
                "whishi": one["high"],
                "cilo": low,
                "cihi": high,
                "fliers": [],
            }
            for one, (low, high) in zip(chosen.values(), ends, strict=True)
        ]
        line = {"color": colour, "linewidth": thin}
        axes.bxp(
            statistics,
            positions=list(chosen),
            widths=0.62,
            shownotches=notched,
            showfliers=False,
            patch_artist=True,
            manage_ticks=False,
            boxprops={"facecolor": f"{colour}40", "edgecolor": colour, "linewidth": thin},
            medianprops={"color": style.INK, "linewidth": 1.5 * thin},
            whiskerprops=line,
            capprops=line,
        )


def _lines(axes: "Axes", place: Place, metric: str, starts: Sequence[int]) -> None:
    """The metric of each model on an axis of its own at the right, with its standard error, once for each tap."""
    values = [(at, row["metrics"].get(metric)) for at, row in enumerate(place.models)]
    means_known = [(at, one.get("mean"), one) for at, one in values if one]
    known = [(at, mean, one.get("error") or 0.0) for at, mean, one in means_known if mean is not None]
    if not known:
        return
    beside = axes.twinx()
    beside.spines["right"].set_visible(True)
    beside.spines["right"].set_color(style.GREY)
    at, means, errors = zip(*known, strict=True)
    for start in starts:
        places = [start + one for one in at]
        mark = "o" if len(at) * len(starts) <= CROWDED else ""
        beside.errorbar(places, means, yerr=errors, color=style.GREY, marker=mark, markersize=2.4, elinewidth=0.7)
    if all(0 <= mean <= 1 for mean in means):
        beside.set_ylim(min(0.0, *means), 1.03)
    beside.tick_params(axis="y", color=style.GREY)
    beside.set_ylabel(shown(metric, 24))


def _caption(place: Place, taps: Sequence[str], metric: str | None) -> str:
    sentences = [_seen(place, taps[-1])]
    if len(taps) > 1 and len(place.models) > 1:
        sentences.append(_counted([_direction(place, tap) for tap in taps]))
    sentences.append((metric and changed(place, metric)) or "")
    return " ".join(filter(None, sentences))


def _counted(directions: Sequence[bool | None]) -> str:
    """At how many of the taps shown the median rises and falls.

    >>> _counted([True, True, False])
    'Of the 3 taps shown, the median rises beyond the notches at 2 and falls at 1.'
    """
    counts = {"rises": directions.count(True), "falls": directions.count(False)}
    said = [(way, count) for way, count in counts.items() if count]
    if not said:
        return f"At none of the {len(directions)} taps shown does the median rise or fall beyond the notches."
    parts = [f"{way} {'' if at else 'beyond the notches '}at {count}" for at, (way, count) in enumerate(said)]
    return f"Of the {len(directions)} taps shown, the median {' and '.join(parts)}."


def _direction(place: Place, tap: str) -> bool | None:
    """Whether the median rises from the first to the last condition; None where the notches overlap or are not known.

    Without notches, below ten neurons, nothing is shown.
    """
    entropies = _entropies(place, tap)
    least, most = entropies.get(0), entropies.get(len(place.models) - 1)
    if not least or not most or not least["notch"] or not most["notch"]:
        return None
    if most["notch"][0] > least["notch"][1]:
        return True
    return False if most["notch"][1] < least["notch"][0] else None


def _seen(place: Place, tap: str) -> str:
    entropies, last = _entropies(place, tap), len(place.models) - 1
    if last == 0:
        return f"There is one condition, so that nothing can rise or fall: the median at {shown(tap)} is " + (
            f"{entropies[0]['median']:.2f} nats."
        )
    if 0 not in entropies or last not in entropies:
        return f"The entropy at {shown(tap)} is not known for both ends of the suite."
    names = [condition_name(place.models[end]) for end in (0, -1)]
    medians = [entropies[end]["median"] for end in (0, last)]
    expected, figure = rising(place, "entropy"), paper_figure(place, "26")
    direction = _direction(place, tap)
    ends = f"from {medians[0]:.2f} ({names[0]}) to {medians[1]:.2f} nats ({names[1]})"
    if direction is None:
        few = not (entropies[0]["notch"] and entropies[last]["notch"])
        why = "there are fewer than ten neurons" if few else "the notches overlap"
        return f"The median entropy at {shown(tap)} goes {ends}, but {why}: {undecided(expected, figure)}."
    way = "rises" if direction else "falls"
    return f"The median entropy at {shown(tap)} {way} {ends}{against_paper(direction, expected, figure)}."
