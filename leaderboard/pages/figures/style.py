"""How figures look: one palette for light and dark paper, one size of text, and a canvas without any global state.

In: a `Drawing`. Out: a matplotlib figure, and what it is in a file format.
"""

import io
import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from leaderboard.pages.figures.drawing import Drawing

# What matplotlib says of a missing font or of a folder for its cache, it says when it is imported.
_LOGS = logging.getLogger("matplotlib")


@contextmanager
def _silent() -> Iterator[None]:
    """Without matplotlib's messages on fonts and folders, which change no number and no bytes."""
    before = _LOGS.level
    _LOGS.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        _LOGS.setLevel(before)


with _silent():
    import matplotlib
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

COLUMN = 3.3  # inches, the width of one column of a paper
INK = "#010203"  # text and lines; the page puts the colour of its own text in its place
BLUE, ORANGE, GREY = "#2f6fc4", "#b85c00", "#7a7a7a"  # 3:1 or more on white and on #111
GREENS = ("#1f7350", "#35a36c")  # from dark to light, for what is no condition
_RAMP = ("#2f6fc4", "#8a5fb5", "#b8527f", "#c4582f", "#c27a00")
Dashes = str | tuple[int, tuple[float, ...]]  # of a line
DASHES: tuple[Dashes, ...] = ("-", (0, (5, 1.5)), (0, (1.2, 1.2)), (0, (5, 1.5, 1.2, 1.5)))
LETTER, LINE = 0.056, 0.12  # inches that a letter of a tick label takes, and a line
SHORT = 5  # letters of a label that never stands upright
_SIZE = 7.0

_OWN: dict[str, Any] = {
    "axes.edgecolor": INK,
    "axes.facecolor": "none",
    "axes.labelcolor": INK,
    "axes.labelsize": _SIZE,
    "axes.linewidth": 0.6,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": _SIZE,
    "axes.titley": 1.0,
    "axes.titlecolor": INK,
    "axes.unicode_minus": True,
    "figure.dpi": 200,
    "figure.facecolor": "none",
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": _SIZE,
    "legend.fontsize": 6.0,
    "legend.frameon": False,
    "legend.handlelength": 1.6,
    "legend.labelspacing": 0.25,
    "lines.linewidth": 1.1,
    "lines.markersize": 3.2,
    "path.simplify": True,
    "pdf.fonttype": 42,
    "savefig.facecolor": "none",
    "svg.fonttype": "none",
    "text.color": INK,
    "text.parse_math": False,
    "text.usetex": False,
    "xtick.color": INK,
    "xtick.labelcolor": INK,
    "xtick.labelsize": 6.5,
    "xtick.major.size": 2.0,
    "xtick.major.width": 0.5,
    "ytick.color": INK,
    "ytick.labelcolor": INK,
    "ytick.labelsize": 6.5,
    "ytick.major.size": 2.0,
    "ytick.major.width": 0.5,
}


@contextmanager
def styled() -> Iterator[None]:
    """Draw in the style of a board for a while, whatever a user's own matplotlibrc says."""
    # matplotlib's own names of settings are a type of their own, which differs from version to version
    default = {name: value for name, value in matplotlib.rcParamsDefault.items() if "backend" not in name}
    settings: Any = dict[Any, Any](default) | _OWN
    with _silent(), matplotlib.rc_context(settings):
        yield


def drawn(drawing: Drawing) -> Figure:
    """The figure of a drawing. To be called, and its result saved, within `styled`."""
    figure = Figure(figsize=drawing.size)
    FigureCanvasAgg(figure)
    figure.text(0.06 / drawing.size[0], 1 - 0.05 / drawing.size[1], drawing.title, va="top", size=8.0)
    drawing.draw(figure)
    return figure


def saved(figure: Figure, file_format: str, salt: str = "") -> bytes:
    """The bytes of a figure, the same for the same figure and salt.

    Args:
        figure: The figure.
        file_format: "svg", "pdf" or "png".
        salt: A text from which identifiers in an SVG are made.
    """
    nothing = {
        "svg": ("Creator", "Date", "Format", "Type"),
        "pdf": ("CreationDate", "Creator", "Producer"),
        "png": ("Software",),
    }[file_format]
    paper = "none" if file_format == "svg" else "white"
    content = io.BytesIO()
    with matplotlib.rc_context({"svg.hashsalt": salt}):
        figure.savefig(content, format=file_format, facecolor=paper, metadata=dict.fromkeys(nothing))
    return content.getvalue()


def axes_at(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """New axes in a figure; all lengths are in inches, places from its lower left corner."""
    whole, high = figure.get_size_inches()
    return figure.add_axes((left / whole, bottom / high, width / whole, height / high))


def ramp(count: int) -> list[str]:
    """Colours for so many ordered conditions, from the least to the most memorizing.

    >>> ramp(2)
    ['#2f6fc4', '#c27a00']
    """
    return [shade(place / max(1, count - 1)) for place in range(count)]


def shade(share: float, colours: Sequence[str] = _RAMP) -> str:
    """The colour at a share of the way along several, by default those of conditions.

    >>> shade(0.0), shade(0.5)
    ('#2f6fc4', '#b8527f')
    """
    along = min(max(share, 0.0), 1.0) * (len(colours) - 1)
    lower = min(int(along), len(colours) - 2)
    one, other = (_channels(colours[place]) for place in (lower, lower + 1))
    mixed = (round(a + (b - a) * (along - lower)) for a, b in zip(one, other, strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def legend(figure: Figure, handles: Sequence[Artist], labels: Sequence[str], title: str) -> None:
    """A legend at the lower edge of a figure."""
    figure.legend(
        handles,
        labels,
        title=title,
        title_fontsize=6.0,
        loc="lower center",
        ncols=_legend_columns(labels),
        borderaxespad=0.1,
        handlelength=2.2,
    )


def legend_height(labels: Sequence[str]) -> float:
    """The height in inches that a legend needs.

    >>> round(legend_height(["0", "0.5", "1"]), 2)
    0.31
    """
    return 0.115 * (1 - (-len(labels) // _legend_columns(labels))) + 0.08


def _legend_columns(labels: Sequence[str]) -> int:
    longest = max(map(len, labels), default=0)
    return min(max(1, len(labels)), 5 if longest < 6 else 3 if longest < 14 else 2 if longest < 28 else 1)


def ticks(axes: Axes, labels: Sequence[str], width: float, starts: Sequence[int] = (0,)) -> None:
    """Label the places 0, 1, ... of the x axis.

    Args:
        axes: The axes.
        labels: The label of each place.
        width: That of the axes, in inches.
        starts: Where the labels begin, several times where they stand once for each of several groups.
    """
    upright, step = tick_layout(labels, width / len(starts))
    kept = spread(len(labels), -(-len(labels) // step))
    places = [start + one for start in starts for one in kept]
    axes.set_xticks(places, [labels[one] for _ in starts for one in kept], rotation=90 if upright else 0)


def spread(count: int, most: int) -> list[int]:
    """At most so many of the numbers below count, evenly spread, the first and the last among them.

    >>> spread(11, 3)
    [0, 5, 10]
    """
    kept = min(count, most)
    return sorted({round(at * (count - 1) / max(1, kept - 1)) for at in range(kept)})


def tick_height(labels: Sequence[str], width: float) -> float:
    """The height in inches that the labels of `ticks` need below axes of this width."""
    return LETTER * max(map(len, labels), default=0) + 0.08 if tick_layout(labels, width)[0] else 0.17


def tick_layout(labels: Sequence[str], width: float) -> tuple[bool, int]:
    """Whether labels stand upright, and that every 1st, 2nd, 3rd, ... of them is shown.

    Short ones that have no room are thinned out, longer ones stand upright first.

    >>> tick_layout(["0", "0.5", "1"], 2.0), tick_layout(["0", "0.25", "0.5"], 0.5)
    ((False, 1), (False, 3))
    >>> tick_layout(["raw", "scrubbed"], 0.5)
    (True, 1)
    """
    longest = max(map(len, labels), default=0)
    room = max(1, int(width / (LETTER * (longest + 1))))
    if len(labels) <= room:
        return False, 1
    if longest <= SHORT:
        return False, -(-len(labels) // room)
    return True, -(-len(labels) // max(1, int(width / LINE)))


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))
