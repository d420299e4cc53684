"""Every measure on every suite, from -1 to +1, the placebos beside: how far each orders models as the metrics do.

In: the content of board.json. Out: the drawing.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from statistics import fmean
from typing import TYPE_CHECKING

from benchmark.measures import HEADLINES
from leaderboard.content.board import BoardContent
from leaderboard.content.taus import AgreementRow
from leaderboard.pages.figures import style
from leaderboard.pages.figures.drawing import Drawing, Undrawn
from leaderboard.pages.figures.words import listed, shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME = "strips"
TITLE = "Does a measure order the networks as the metric does?"
KINDS = {"heuristic": ("shortcuts", "o", style.BLUE), "example-level": ("wrong labels", "s", style.ORANGE)}
GROUPS = ("measures", "need labels", "placebos")
STEP = 0.44  # inches from one measure to the next
CLOSE = 0.11  # of tau: points that would cover each other
SLIGHT = 0.05  # of tau: a difference of means that the eye hardly sees
Column = tuple[str, str, str, str]  # suite, data, family, metric


def strips(board: BoardContent, inputs: str | None = None, scope: str | None = None) -> Drawing | Undrawn:
    """The taus of every measure with every metric.

    Args:
        board: The content of board.json.
        inputs: The kind of inputs, by default the board's first.
        scope: The scope, by default the board's first.

    Returns:
        The drawing, or why there is none.
    """
    every = board.get("agreement") or ()
    if not every:
        return Undrawn(NAME, TITLE, "no measure is compared with a metric")
    inputs, scope = inputs or every[0]["inputs"], scope or every[0]["scope"]
    agreement = [row for row in every if (row["inputs"], row["scope"]) == (inputs, scope)]
    taus = _taus(agreement)
    if not any(tau is not None for by_column in taus.values() for tau in by_column.values()):
        return Undrawn(NAME, TITLE, "the agreement of every measure is undefined")
    kinds = {_column(row): str(row["kind"]) for row in agreement}
    columns = dict(sorted(kinds.items(), key=lambda one: _order(one[1])))
    key = _key(columns)
    measures = {row["measure"]: _group(row) for row in agreement}
    ordered = sorted(measures, key=lambda name: GROUPS.index(measures[name]))
    means = _means(taus)
    declared = board.get("hypotheses", HEADLINES)
    height = 0.25 + STEP * (len(ordered) + len(set(measures.values()))) + 0.35 + 0.115 * len(key)
    rows = [
        (measure, measures[measure], *column, columns[column], inputs, scope, tau)
        for measure in ordered
        for column, tau in taus[measure].items()
    ]
    return Drawing(
        NAME,
        _title(means, measures, declared),
        _caption(taus, measures, declared, inputs, scope),
        (style.COLUMN, height),
        partial(_draw, {name: measures[name] for name in ordered}, taus, means, columns, key),
        ("measure", "group", "suite", "data", "family", "metric", "kind", "inputs", "scope", "tau"),
        rows,
    )


def _column(row: AgreementRow) -> Column:
    return row["suite"], row["data"], row["family"], row["metric"]


def _group(row: AgreementRow) -> str:
    return GROUPS[2] if row["placebo"] else GROUPS[1] if row["yardstick"] else GROUPS[0]


def _taus(agreement: Sequence[AgreementRow]) -> dict[str, dict[Column, float | None]]:
    """The tau of each measure in each column: over several recipes their mean, None where one has none."""
    found: dict[str, dict[Column, list[float | None]]] = {}
    for row in agreement:
        found.setdefault(row["measure"], {}).setdefault(_column(row), []).append(row["tau"])
    return {
        measure: {
            column: None if None in taus else fmean(tau for tau in taus if tau is not None)
            for column, taus in by_column.items()
        }
        for measure, by_column in found.items()
    }


def _means(taus: Mapping[str, Mapping[Column, float | None]]) -> dict[str, float]:
    """The mean of the known taus of each measure that has any."""
    known = {measure: [tau for tau in by_column.values() if tau is not None] for measure, by_column in taus.items()}
    return {measure: fmean(values) for measure, values in known.items() if values}


def _title(means: Mapping[str, float], groups: Mapping[str, str], declared: Sequence[str]) -> str:
    """What the means show of the hypotheses and the placebos; a question where they show neither.

    >>> _title({"mean-mi": 0.3, "steps": 0.4}, {"mean-mi": "measures", "steps": "placebos"}, ["mean-mi"])
    'steps stands as far right as mean-mi'
    """
    hypotheses = [name for name in declared if name in means]
    placebos = [name for name in means if groups[name] == GROUPS[2]]
    if not hypotheses or not placebos:
        return TITLE
    best, highest = max(means[name] for name in hypotheses), max(means[name] for name in placebos)
    ahead = [name for name in hypotheses if means[name] >= highest + SLIGHT]
    if ahead:
        several = "Both measures stand" if len(ahead) == 2 else f"{len(ahead)} measures stand"
        who = several if len(ahead) > 1 else f"{shown(ahead[0], 16)} stands"
        return f"{who} right of every placebo"
    level = [name for name in placebos if means[name] >= best]
    if not level:
        return TITLE
    who = "Placebos stand" if len(level) > 1 else f"{shown(level[0], 16)} stands"
    return f"{who} as far right as {'the measures' if len(hypotheses) > 1 else shown(hypotheses[0], 16)}"


def _key(columns: Mapping[Column, str]) -> list[tuple[str, str]]:
    """The lines under the strips, each with its kind: which number is which suite and metric."""
    metrics: dict[tuple[str, ...], int] = {}
    for column in columns:
        metrics[column[:3]] = metrics.get(column[:3], 0) + 1
    suites = [column[0] for column in columns if column[3] == next(one[3] for one in columns if one[:3] == column[:3])]
    lines = []
    for number, (column, kind) in enumerate(columns.items(), 1):
        suite, data, family, metric = column
        about = [shown(metric, 24)] if metrics[column[:3]] > 1 else []
        about += [shown(f"{data}, {family}", 30)] if suites.count(suite) > 1 else []
        lines.append((kind, f"{number}  {shown(suite, 34)}" + (f" ({', '.join(about)})" if about else "")))
    return lines


def _order(kind: str) -> int:
    return list(KINDS).index(kind) if kind in KINDS else len(KINDS)


def _draw(
    measures: Mapping[str, str],
    taus: Mapping[str, Mapping[Column, float | None]],
    means: Mapping[str, float],
    columns: Mapping[Column, str],
    key: Sequence[tuple[str, str]],
    figure: "Figure",
) -> None:
    whole = float(figure.get_size_inches()[1])
    lines = len(measures) + len(set(measures.values()))
    left = 1.12
    axes = style.axes_at(figure, left, whole - 0.2 - STEP * lines, style.COLUMN - left - 0.12, STEP * lines)
    axes.set_xlim(-1.08, 1.08)
    axes.set_ylim(lines, 0)
    axes.axvline(0, color=style.INK, linewidth=0.6)
    axes.set_xticks([-1, -0.5, 0, 0.5, 1], ["-1", "-0.5", "0", "+0.5", "+1"])
    axes.set_xlabel("tau: -1 reversed, +1 in the metric's order", labelpad=1.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    line, before = 0, None
    numbers = {column: number for number, column in enumerate(columns, 1)}
    for measure, group in measures.items():
        if group != before:
            _aside(axes, line + 0.62, group, size=8.0)
            line, before = line + 1, group
        _aside(axes, line + 0.5, shown(measure, 19))
        axes.axhline(line + 0.5, color=style.GREY, linewidth=0.4, zorder=0)
        if measure in means:
            mean = means[measure]
            axes.plot([mean, mean], [line + 0.04, line + 0.96], color=style.INK, linewidth=1.8, zorder=1)
        _strip(axes, line + 0.5, taus[measure], columns, numbers)
        line += 1
    _draw_key(figure, key)


def _aside(axes: "Axes", height: float, text: str, size: float = 7.0) -> None:
    """A text left of the strips."""
    axes.annotate(
        text,
        (-1.08, height),
        xytext=(-4, 0),
        textcoords="offset points",
        ha="right",
        va="center",
        size=size,
        annotation_clip=False,
    )


def _strip(
    axes: "Axes",
    height: float,
    taus: Mapping[Column, float | None],
    columns: Mapping[Column, str],
    numbers: Mapping[Column, int],
) -> None:
    """A mark for each suite, with its number; those that would cover each other stand one above the other."""
    known = sorted((tau, numbers[column], columns[column]) for column, tau in taus.items() if tau is not None)
    for tau, above, number, kind in _stacked(known):
        _, marker, colour = KINDS.get(kind, ("", "D", style.GREY))
        axes.plot(tau, height + above, marker=marker, markersize=7.8, color=colour, linestyle="none", clip_on=False)
        axes.annotate(
            str(number), (tau, height + above), ha="center", va="center_baseline", fontsize=6.2, color="#ffffff"
        )


def _stacked(points: Sequence[tuple[float, int, str]]) -> list[tuple[float, float, int, str]]:
    """Where each point stands: points that are close in tau are spread evenly over the height of their strip.

    >>> _stacked([(0.0, 1, "heuristic"), (0.5, 2, "heuristic")])
    [(0.0, 0.0, 1, 'heuristic'), (0.5, 0.0, 2, 'heuristic')]
    """
    heaps: list[list[tuple[float, int, str]]] = []
    for point in points:
        if heaps and point[0] - heaps[-1][0][0] < CLOSE:
            heaps[-1].append(point)
        else:
            heaps.append([point])
    placed = []
    for heap in heaps:
        apart = min(0.36, 0.9 / len(heap))
        for at, (tau, number, kind) in enumerate(heap):
            placed.append((tau, apart * (at - (len(heap) - 1) / 2), number, kind))
    return placed


def _draw_key(figure: "Figure", key: Sequence[tuple[str, str]]) -> None:
    whole = float(figure.get_size_inches()[1])
    height = 0.115 * len(key) + 0.06
    for number, (kind, text) in enumerate(key):
        word, marker, colour = KINDS.get(kind, (shown(kind, 20), "D", style.GREY))
        at = (height - 0.115 * number) / whole
        if number == [one for one, _ in key].index(kind):
            figure.text(0.34, at, word, ha="right", va="top", size=6.2)
        figure.text(0.42, at, text, va="top", size=6.2)
        axes = figure.axes[0]
        axes.plot(
            0.385,
            at - 0.05 / whole,
            marker=marker,
            markersize=4,
            color=colour,
            linestyle="none",
            transform=figure.transFigure,
            clip_on=False,
        )


def _caption(
    taus: Mapping[str, Mapping[Column, float | None]],
    measures: Mapping[str, str],
    declared: Sequence[str],
    inputs: str,
    scope: str,
) -> str:
    """How many taus of each hypothesis and each placebo are above 0."""
    hypotheses = [name for name in declared if name in measures]
    placebos = [name for name, group in measures.items() if group == GROUPS[2]]
    sentences = [f"Read on {shown(inputs)} inputs, scope {shown(scope)}. The upright bars are means."]
    for names, called in ((hypotheses, ""), (placebos, "Of the placebos, ")):
        if names:
            said = [f"{shown(name)} has {_above(taus[name])}" for name in names]
            sentences.append(f"{called}{listed(said)}.")
    undefined = sum(tau is None for by_column in taus.values() for tau in by_column.values())
    if undefined:
        sentences.append(f"Taus that are undefined and not drawn: {undefined}.")
    return " ".join(sentences)


def _above(by_column: Mapping[Column, float | None]) -> str:
    known = [tau for tau in by_column.values() if tau is not None]
    return f"{sum(tau > 0 for tau in known)} of its {len(known)} taus above 0"
