"""The figure of the published board in the README and in docs/findings.md: test accuracy by mean MI, for each suite.

python docs/published_figure.py draws mi-and-accuracy.png from the CSV files of the published board.
"""

from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from leaderboard.pages.figures.style import BLUE, ORANGE, axes_at, saved, styled
from leaderboard.published_boards import BOARD, FOLDER

PLACE = FOLDER / "published" / BOARD
FILE = Path(__file__).with_name("mi-and-accuracy.png")
COLOURS = {"evaluation": ORANGE, "in-distribution": BLUE}
READ = {"evaluation": "MI read on test examples", "in-distribution": "MI read on examples like those to train on"}
KINDS = {"heuristic": "shortcut", "example-level": "wrong labels"}
MEASURE, COLUMNS = "mean-mi", 4
WIDE, HIGH = 1.28, 0.92  # inches of a panel
ACROSS, UP = 1.68, 1.48  # inches from a panel to the next one
LEFT, BELOW, ABOVE = 0.42, 0.42, 0.36  # inches around all of them, ABOVE without the titles


def taus_of(agreement: pd.DataFrame) -> pd.DataFrame:
    """One row for each suite and kind of inputs: tau of the measure with the suite's first metric."""
    own = agreement[agreement.measure == MEASURE]
    return own.drop_duplicates(["suite", "inputs"])[["suite", "kind", "inputs", "metric", "tau"]]


def curve(models: pd.DataFrame, suite: str, inputs: str, metric: str) -> pd.DataFrame:
    """The conditions of a suite in the order of its knob: the means of the measure and of the metric."""
    number = models.role.isin(["measure", "metric"]) & models.name.isin(
        [MEASURE, metric]
    )  # a control may have the name
    own = models[(models.suite == suite) & (models.inputs == inputs) & number]
    return own.pivot_table(index="order", columns="name", values="mean").sort_index()


def draw(axes: Axes, models: pd.DataFrame, taus: pd.DataFrame) -> None:
    """One suite: a line from the least to the most memorization, which ends in a full point."""
    for row in taus.itertuples():
        points = curve(models, row.suite, row.inputs, row.metric)
        colour = COLOURS[row.inputs]
        axes.plot(
            points[MEASURE], points[row.metric], "o-", color=colour, markersize=2.2, linewidth=0.7, fillstyle="none"
        )
        axes.plot(points[MEASURE].iloc[-1:], points[row.metric].iloc[-1:], "o", color=colour, markersize=3.6)
    first = taus.iloc[0]
    axes.set_title(f"{first.suite}: {KINDS[first.kind]}\n", loc="left")
    axes.margins(0.1)
    axes.locator_params(nbins=4)
    for number, row in enumerate(taus.itertuples()):
        axes.text(0.5 * number, 1.04, f"tau {row.tau:+.2f}", color=COLOURS[row.inputs], transform=axes.transAxes)
    if first.metric != "accuracy":
        axes.set_ylabel(first.metric)


def figure_of(models: pd.DataFrame, agreement: pd.DataFrame) -> Figure:
    """A panel for each suite, shortcuts first. To be saved within `styled`."""
    taus = taus_of(agreement)
    suites = [*taus[taus.kind == "heuristic"].suite.unique(), *taus[taus.kind != "heuristic"].suite.unique()]
    rows = -(-len(suites) // COLUMNS)
    figure = Figure(figsize=(LEFT + (COLUMNS - 1) * ACROSS + WIDE + 0.2, BELOW + (rows - 1) * UP + HIGH + 0.3 + ABOVE))
    for number, suite in enumerate(suites):
        place = LEFT + number % COLUMNS * ACROSS, BELOW + (rows - 1 - number // COLUMNS) * UP
        axes = axes_at(figure, *place, WIDE, HIGH)
        if number % COLUMNS == 0:
            axes.set_ylabel("test accuracy")
        draw(axes, models, taus[taus.suite == suite])
        if number + COLUMNS >= len(suites):
            axes.set_xlabel("mean MI (nats)")
    top = 1 - 0.12 / figure.get_size_inches()[1]
    figure.text(0.06, top, READ["evaluation"], color=ORANGE, va="top")
    figure.text(0.36, top, READ["in-distribution"], color=BLUE, va="top")
    return figure


if __name__ == "__main__":
    with styled():
        figure = figure_of(pd.read_csv(PLACE / "models.csv"), pd.read_csv(PLACE / "agreement.csv"))
        FILE.write_bytes(saved(figure, "png"))
