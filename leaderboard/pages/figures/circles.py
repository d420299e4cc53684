"""What the neurons of a network do on the plane of the circles, condition by condition (the paper's Figure 1).

In: a place of a board. Out: the drawing.
"""

import base64
import binascii
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from leaderboard.content.models import CirclesRow
from leaderboard.pages.figures import style
from leaderboard.pages.figures.drawing import Drawing, Place, Undrawn
from leaderboard.pages.figures.words import (
    against_paper,
    condition_in_words,
    condition_name,
    paper_figure,
    rising,
    shown,
    titled,
    undecided,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME = "circles"
NEURONS = 16  # of a network at most
ACROSS = 8
CONDITIONS = 6  # at most
LEVELS = 24  # of colour, which is more than the eye tells apart and keeps the picture small
SLIGHT = 0.1  # a difference of mean correlations that one network at each end does not show
Maps = NDArray[np.uint8]


def circles(place: Place) -> Drawing | Undrawn:
    """Each neuron of one tap as a picture of the plane, for each condition.

    Args:
        place: What a board says of one suite.

    Returns:
        The drawing, or why there is none.
    """
    title = titled(place, "the neurons on the plane")
    read = [(row, maps) for row in place.circles if (maps := _maps(row)) is not None]
    if not read:
        return Undrawn(NAME, title, "no network was read on the plane")
    chosen = [read[at] for at in style.spread(len(read), CONDITIONS)]
    down = [-(-min(len(maps), NEURONS) // ACROSS) for _, maps in chosen]
    side = (style.COLUMN - 0.1) / ACROSS
    size = (style.COLUMN, 0.28 + sum(down) * side + 0.17 * len(chosen))
    rows = [line for row, maps in read for line in _lines(row, maps)]
    count = max(len(maps) for _, maps in read)
    head = ("condition", "seed", "tap", "x", "y", *(f"neuron_{number}" for number in range(count)))
    return Drawing(NAME, title, _caption(place, read), size, partial(_draw, place, chosen), head, rows)


def _maps(row: CirclesRow) -> Maps | None:
    """The bytes of the neurons (N, side, side), from low y on; None where they are none."""
    try:
        flat = [np.frombuffer(base64.b64decode(text, validate=True), np.uint8) for text in row["neurons"]]
    except (binascii.Error, TypeError, ValueError):
        return None
    side = row["side"]
    if not flat or any(len(neuron) != side * side for neuron in flat):
        return None
    return np.stack(flat).reshape(-1, side, side)


def _lines(row: CirclesRow, maps: Maps) -> list[tuple[object, ...]]:
    """A line for each point of the plane, with the byte of each neuron there."""
    along = np.linspace(row["low"], row["high"], row["side"]).round(6).tolist()
    points = [(x, y) for y in along for x in along]
    neurons = maps.reshape(len(maps), -1).T.tolist()
    return [
        (row["condition"], row["seed"], row["tap"], x, y, *there) for (x, y), there in zip(points, neurons, strict=True)
    ]


def _draw(place: Place, chosen: Sequence[tuple[CirclesRow, Maps]], figure: "Figure") -> None:
    side = (style.COLUMN - 0.1) / ACROSS
    high = float(figure.get_size_inches()[1])
    top = high - 0.24
    models = {row["condition"]: row for row in place.models}
    for row, maps in chosen:
        mosaic = _mosaic(maps[:NEURONS])
        height = side * (mosaic.shape[0] / (row["side"] + 2))
        width = side * (mosaic.shape[1] / (row["side"] + 2))
        model = models.get(row["condition"])
        name = condition_name(model) if model else condition_in_words(row["condition"], None, None)
        figure.text(0.06 / style.COLUMN, (top - 0.02) / high, name, va="top", size=6.5)
        axes = style.axes_at(figure, 0.05, top - 0.15 - height, width, height)
        axes.imshow(mosaic, cmap="cividis", vmin=0, vmax=255, interpolation="none", aspect="auto")
        axes.set_axis_off()
        top -= height + 0.17


def _mosaic(maps: Maps) -> "np.ma.MaskedArray[tuple[int, ...], np.dtype[np.float64]]":
    """All neurons in one picture, rows of `ACROSS`, y upwards, masked where there is none."""
    count, side = len(maps), maps.shape[1]
    whole = np.full((-(-count // ACROSS) * (side + 2), min(count, ACROSS) * (side + 2)), np.nan)
    for number, neuron in enumerate(maps):
        row, column = divmod(number, ACROSS)
        levels = np.round(neuron[::-1] * ((LEVELS - 1) / 255)) * (255 / (LEVELS - 1))
        whole[row * (side + 2) : row * (side + 2) + side, column * (side + 2) : column * (side + 2) + side] = levels
    return np.ma.masked_invalid(whole)


def _alike(maps: Maps) -> float | None:
    """The mean absolute correlation of two neurons on the plane, of those that are not constant there."""
    flat = maps.reshape(len(maps), -1).astype(np.float64)
    flat = flat[flat.std(axis=1) > 0]
    if len(flat) < 2:
        return None
    return float(np.abs(np.corrcoef(flat))[np.triu_indices(len(flat), 1)].mean())


def _caption(place: Place, read: Sequence[tuple[CirclesRow, Maps]]) -> str:
    """How alike the neurons are at the two ends: the paper has them alike with shortcuts, apart with wrong labels."""
    first, last = read[0], read[-1]
    words = [
        f"Each square is a neuron of {shown(first[0]['tap'])} on the plane, dark where it is low and light where it is "
        "high, in one network for each condition."
    ]
    ends = [_alike(maps) for _, maps in (first, last)]
    if len(read) < 2 or ends[0] is None or ends[1] is None:
        return " ".join([*words, "How alike the neurons are cannot be compared between two conditions."])
    expected, rises = rising(place, "mi"), ends[1] > ends[0]
    names = [condition_in_words(row["condition"], None, place.models[0].get("knob")) for row, _ in (first, last)]
    if abs(ends[1] - ends[0]) < SLIGHT:
        alike = f"goes from {ends[0]:.2f} ({names[0]}) to {ends[1]:.2f} ({names[1]})"
        end = undecided(expected, paper_figure(place, "1"))
        return " ".join([*words, f"The mean absolute correlation of two neurons {alike}, which is little: {end}."])
    words.append(
        f"The mean absolute correlation of two neurons {'rises' if rises else 'falls'} from {ends[0]:.2f} ({names[0]}) "
        f"to {ends[1]:.2f} ({names[1]}){against_paper(rises, expected, paper_figure(place, '1'))}."
    )
    return " ".join(words)
