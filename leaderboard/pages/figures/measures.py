"""Each measure as a point: how it orders networks across conditions, and among the recipes of one; a panel each kind.

In: the content of board.json. Out: the drawing.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from leaderboard.content.board import BoardContent
from leaderboard.content.measures import MeasureRow, Role
from leaderboard.pages.figures import style
from leaderboard.pages.figures.drawing import Drawing, Undrawn
from leaderboard.pages.figures.words import shown
from leaderboard.pages.tables.measures import KINDS
from registry import Kind

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME = "measures"
TITLE = "Which measure orders networks rightly?"
LOOKS: dict[Role, tuple[str, str, str]] = {
    "hypothesis": ("hypothesis", "D", style.BLUE),
    "rival": ("rival", "o", style.BLUE),
    "yardstick": ("needs labels", "s", style.GREY),
    "placebo": ("placebo", "^", style.ORANGE),
    "baseline": ("baseline", "P", style.GREENS[0]),
}
NUMBERED = 8  # measures whose names are told
SIDE = 1.25  # inches of a panel
LETTERS = 26  # of a name in the key


def measures(board: BoardContent, inputs: str | None = None, scope: str | None = None) -> Drawing | Undrawn:
    """The mean taus of every measure.

    Args:
        board: The content of board.json.
        inputs: The kind of inputs, by default the board's first.
        scope: The scope, by default the board's first.

    Returns:
        The drawing, or why there is none.
    """
    every = board.get("measures") or []
    if not every:
        return Undrawn(NAME, TITLE, "the plan does not choose its measures, or has fewer than three recipes")
    inputs, scope = inputs or every[0]["inputs"], scope or every[0]["scope"]
    rows = [row for row in every if (row["inputs"], row["scope"]) == (inputs, scope)]
    kinds: list[Kind] = list(rows[0]["means"])
    numbers = {row["measure"]: at for at, row in enumerate(rows[:NUMBERED], start=1)}
    lines = (len(numbers) + 1) // 2
    points = [
        (row["measure"], row["role"], kind, inputs, scope, row["means"][kind]["across"], row["means"][kind]["within"])
        for row in rows
        for kind in kinds
    ]
    return Drawing(
        NAME,
        TITLE,
        _caption(rows, inputs),
        (style.COLUMN, 0.3 + SIDE + 0.42 + 0.13 * (lines + 2)),
        partial(_draw, rows, kinds, numbers),
        ("measure", "role", "kind", "inputs", "scope", "across", "within"),
        points,
    )


def _caption(rows: Sequence[MeasureRow], inputs: str) -> str:
    """Which measures are right in every cell, and what a placebo reaches."""
    right = [row for row in rows if row["weakest"] is not None and row["weakest"] > 0]
    rivals = [row["measure"] for row in right if row["role"] in ("hypothesis", "rival")]
    others = [row["measure"] for row in right if row["role"] == "placebo"]
    said = f"{len(rivals)} of the measures that compete reach a mean tau above 0 across and within, in both kinds"
    return f"On {inputs} inputs {said}; so have {len(others)} of the placebos. The p's stand in the table."


def _draw(rows: Sequence[MeasureRow], kinds: Sequence[Kind], numbers: Mapping[str, int], figure: "Figure") -> None:
    height = float(figure.get_size_inches()[1])
    bottom = height - 0.3 - SIDE
    handles = {}
    for column, kind in enumerate(kinds):
        axes = style.axes_at(figure, 0.42 + column * (SIDE + 0.3), bottom, SIDE, SIDE)
        axes.axhline(0, color=style.GREY, linewidth=0.5)
        axes.axvline(0, color=style.GREY, linewidth=0.5)
        for row in rows:
            x, y = row["means"][kind]["across"], row["means"][kind]["within"]
            if x is None or y is None:
                continue
            word, marker, colour = LOOKS[row["role"]]
            face = "none" if row["role"] == "rival" else colour
            (handles[word],) = axes.plot(
                [x],
                [y],
                linestyle="none",
                marker=marker,
                color=colour,
                markerfacecolor=face,
                markersize=3,
                clip_on=False,
            )
            if row["measure"] in numbers:
                place = (x, y)
                axes.annotate(str(numbers[row["measure"]]), place, (2, 1.5), textcoords="offset points", size=5.5)
        axes.set_xlim(-1.05, 1.05)
        axes.set_ylim(-1.05, 1.05)
        axes.set_xticks([-1, 0, 1])
        axes.set_yticks([-1, 0, 1])
        axes.set_title(KINDS[kind], size=7.0, pad=3)
        axes.set_xlabel("tau across conditions", labelpad=1.5)
        if not column:
            axes.set_ylabel("tau within", labelpad=0)
    words = [word for word, _, _ in LOOKS.values() if word in handles]
    key = [f"{number}  {shown(name, LETTERS)}" for name, number in numbers.items()]
    for at, text in enumerate(key):
        column, line = divmod(at, (len(key) + 1) // 2)
        place = (0.12 + column * 1.65) / style.COLUMN, (bottom - 0.4 - 0.13 * line) / height
        figure.text(*place, text, va="top", size=6.0)
    style.legend(figure, [handles[word] for word in words], words, "")
