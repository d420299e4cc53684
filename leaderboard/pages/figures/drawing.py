"""What a figure is before it is drawn, and the part of a board that it shows.

In: the content of board.json. Out: a `Place` for each suite, data, family, recipe, inputs and scope.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure
from leaderboard.content.board import BoardContent

Row = Mapping[str, Any]
COLUMNS = ("suite", "data", "family", "recipe", "inputs", "scope")


@dataclass(frozen=True)
class Picture:
    """A picture for the page: inline SVG, or None with the reason in its caption."""

    title: str
    svg: str | None
    caption: str


@dataclass(frozen=True)
class Drawing:
    """A figure that can be drawn: `size` is in inches, `head` and `rows` are the numbers that it shows."""

    name: str
    title: str
    caption: str
    size: tuple[float, float]
    draw: "Callable[[Figure], None]"
    head: Sequence[str]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Undrawn:
    """A figure that cannot be drawn, and why."""

    name: str
    title: str
    reason: str


@dataclass(frozen=True)
class Place:
    """What a board says of one suite with its data, family, recipe, inputs and scope, in the order of its conditions.

    `about` is the suite's own row. `models` has a row for each condition, `taps` one for each condition and tap,
    `ends` and `agreement` one for each number that is compared, `circles` one for each network read on the plane.
    """

    columns: Mapping[str, str]
    about: Row
    models: Sequence[Row]
    taps: Sequence[Row]
    ends: Sequence[Row]
    agreement: Sequence[Row]
    circles: Sequence[Row]

    @property
    def suite(self) -> str:
        """The name of the suite."""
        return self.columns["suite"]

    @property
    def conditions(self) -> list[float | str]:
        """The conditions, from least to most memorization."""
        return [row["condition"] for row in self.models]

    @property
    def tap_names(self) -> list[str]:
        """The taps, in the order of the network."""
        return list(dict.fromkeys(row["tap"] for row in self.taps))


def place_id(suite: str, data: str, family: str) -> str:
    """The name of a suite's picture on the page.

    >>> place_id("nico", "animal-contexts", "resnet18-32")
    'nico/animal-contexts/resnet18-32'
    """
    return f"{suite}/{data}/{family}"


def places(board: BoardContent) -> list[Place]:
    """Every place of a board, in the order of its models."""
    figures = board.get("figures") or {}
    parts = {
        "models": board.get("models") or (),
        "taps": figures.get("taps") or (),
        "ends": board.get("ends") or (),
        "agreement": board.get("agreement") or (),
    }
    grouped = {name: _by(rows, COLUMNS) for name, rows in parts.items()}
    circles = _by(figures.get("circles") or (), COLUMNS[:4])
    about = _by(board.get("suites") or (), COLUMNS[:3])
    return [
        Place(
            columns=dict(zip(COLUMNS, key, strict=True)),
            about=about.get(key[:3], [rows[0]])[0],
            models=rows,
            **{name: grouped[name].get(key, []) for name in ("taps", "ends", "agreement")},
            circles=circles.get(key[:4], []),
        )
        for key, rows in grouped["models"].items()
    ]


def _by(rows: Sequence[Row], columns: Sequence[str]) -> dict[tuple[str, ...], list[Row]]:
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[column] for column in columns), []).append(row)
    return groups
