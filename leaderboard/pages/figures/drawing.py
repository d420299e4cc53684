"""What a figure is before it is drawn, and the part of a board that it shows.

In: the content of board.json. Out: a `Place` for each suite, data, family, recipe, inputs and scope.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leaderboard.content.board import BoardContent
from leaderboard.content.models import CirclesRow, EndRow, ModelRow, TapRow
from leaderboard.content.taus import AgreementRow
from leaderboard.pages.tables.table import by

if TYPE_CHECKING:
    from matplotlib.figure import Figure

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
    rows: Sequence[Sequence[object]]


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
    about: Mapping[str, object]
    models: Sequence[ModelRow]
    taps: Sequence[TapRow]
    ends: Sequence[EndRow]
    agreement: Sequence[AgreementRow]
    circles: Sequence[CirclesRow]

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
    """The name of a suite's picture on the page, from the suite, its data and its family.

    >>> place_id("nico", "animal-contexts", "resnet18-32")
    'nico/animal-contexts/resnet18-32'
    """
    return f"{suite}/{data}/{family}"


def places(board: BoardContent) -> list[Place]:
    """Every place of a board, in the order of its models."""
    figures = board.get("figures")
    taps = by(figures.get("taps") or () if figures else (), *COLUMNS)
    ends, agreement = by(board.get("ends") or (), *COLUMNS), by(board.get("agreement") or (), *COLUMNS)
    circles = by(figures.get("circles") or () if figures else (), *COLUMNS[:4])
    about = by(board.get("suites") or (), *COLUMNS[:3])
    return [
        Place(
            columns=dict(zip(COLUMNS, key, strict=True)),
            about=about[key[:3]][0] if key[:3] in about else rows[0],
            models=rows,
            taps=taps.get(key, []),
            ends=ends.get(key, []),
            agreement=agreement.get(key, []),
            circles=circles.get(key[:4], []),
        )
        for key, rows in by(board.get("models") or (), *COLUMNS).items()
    ]
