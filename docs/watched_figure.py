"""The figure of docs/watching.md: `python docs/watched_figure.py` draws watched-finetuning.png beside its CSV."""

from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from leaderboard.pages.figures.style import BLUE, GREY, ORANGE, axes_at, saved, styled

CURVES = Path(__file__).with_name("watched-finetuning.csv")
COLOURS = {"right": BLUE, "half shuffled": ORANGE}
DASHED = (0, (4, 1.5))
WIDE, HIGH = 1.62, 1.6  # inches of a panel


def line(axes: Axes, curves: pd.DataFrame, labels: str, column: str, dashes: object = "-", colour: str = "") -> None:
    """The mean of the seeds in bold, and each seed thin."""
    own = curves[curves.labels == labels].pivot_table(index="step", columns="seed", values=column)
    colour = colour or COLOURS[labels]
    axes.plot(own.index, own, linestyle=dashes, color=colour, linewidth=0.4, alpha=0.7)
    axes.plot(own.index, own.mean(axis=1), linestyle=dashes, color=colour, linewidth=1.3)


def figure_of(curves: pd.DataFrame) -> Figure:
    """Three panels: what was learned, mean MI, mean entropy. To be saved within `styled`."""
    figure = Figure(figsize=(3 * WIDE + 1.75, HIGH + 0.72))
    learned, mi, entropy = (axes_at(figure, 0.38 + (WIDE + 0.5) * place, 0.4, WIDE, HIGH) for place in range(3))
    line(learned, curves, "half shuffled", "right_labels", colour=GREY)
    line(learned, curves, "half shuffled", "wrong_labels")
    line(learned, curves, "right", "held_out", DASHED)
    line(learned, curves, "half shuffled", "held_out", DASHED)
    for axes, column in ((mi, "mean_mi"), (entropy, "mean_entropy")):
        for labels in COLOURS:
            line(axes, curves, labels, column)
    titles = {
        learned: "share that gets its label\n(solid: trained on, dashed: held out)",
        mi: "mean MI\n(nats)",
        entropy: "mean entropy\n(nats)",
    }
    for axes, title in titles.items():
        axes.set_title(title, loc="left")
        axes.set_xlabel("optimizer step")
    learned.set_ylim(0.35, 1.03)
    for axes, at, text, colour in PLACES:
        (learned, mi, entropy)[axes].text(*at, text, color=colour, transform=(learned, mi, entropy)[axes].transAxes)
    return figure


PLACES = (  # of the words beside the curves: the panel, where in it, and their colour
    (0, (0.02, 0.80), "right\nlabels", GREY),
    (0, (0.56, 0.83), "wrong labels", ORANGE),
    (0, (0.46, 0.69), "all labels right", BLUE),
    (0, (0.50, 0.13), "half shuffled", ORANGE),
    (1, (0.16, 0.90), "all labels right", BLUE),
    (1, (0.52, 0.06), "half shuffled", ORANGE),
    (2, (0.40, 0.30), "all labels right", BLUE),
    (2, (0.40, 0.16), "half shuffled", ORANGE),
)


if __name__ == "__main__":
    with styled():
        CURVES.with_suffix(".png").write_bytes(saved(figure_of(pd.read_csv(CURVES)), "png"))
