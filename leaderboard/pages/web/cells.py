"""The tables of the page: cells to sort and copy, heads with a hint, rows and columns to filter.

In: `Table`s, or rows of the content of board.json. Out: `Sheet`s, which the template turns into HTML.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from leaderboard.content.board import BoardContent
from leaderboard.pages.tables.table import MISSING, Table
from leaderboard.pages.web.heads import hint

FILTERS = ("kind", "suite", "inputs", "scope", "measure")
Keys = Mapping[str, str]  # what filters find something by

ALPHABET = "abcdefghijklmnopqrstuvwxyz"
LONGEST_ID = 60
LEADING_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(?![\w.])")


@dataclass(frozen=True)
class Part:
    """A small number beside the main one of a cell; in a copied CSV it has a column of its own with this name."""

    name: str
    shown: str
    value: str


@dataclass(frozen=True)
class Entry:
    """A cell: its text, what it is sorted by, and what stands beside it.

    `tau` draws a bar from -1 to +1, and `span` where a number lies on a scale from 0 to 1. `mark` is a style: "sure",
    "nothing" where the cell can show nothing, "grey" where it is for comparison only.
    """

    text: str
    order: float | str | None = None
    parts: tuple[Part, ...] = ()
    tau: float | None = None
    mark: str = ""
    span: tuple[float, float] | None = None


@dataclass(frozen=True)
class Head:
    """The head of a column: its name, and in a few words what the number is and which way is good."""

    label: str
    hint: str = ""
    keys: Keys = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """A row. Its first cell is the row's name."""

    cells: Sequence[Entry]
    keys: Keys = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A table with its caption; `last` is a row that stays at the foot, `notes` stand below."""

    id: str
    caption: str
    heads: Sequence[Head]
    lines: Sequence[Line]
    keys: Keys = field(default_factory=dict)
    last: Sequence[Line] = ()
    notes: Sequence[str] = ()


def name_of_id(*parts: str) -> str:
    """Names as an id that a link can hold; `Ids` makes it the only one of its page.

    >>> name_of_id("table", "tau", "in-distribution", "<b> 1")
    'table-tau-in-distribution-b-1'
    """
    return re.sub(r"[^A-Za-z0-9.]+", "-", "-".join(parts)).strip("-")[:LONGEST_ID]


class Reasons:
    """The reasons why numbers are missing in a table, as letters in its cells and notes below it."""

    def __init__(self) -> None:
        self._letters: dict[str, str] = {}

    def missing(self, reason: str | None) -> Entry:
        """A cell without a number."""
        if not reason:
            return Entry(MISSING, mark="nothing")
        count = len(self._letters)
        letter = self._letters.setdefault(reason, ALPHABET[count] if count < len(ALPHABET) else str(count))
        return Entry(MISSING, parts=(Part("reason", f"({letter})", reason),), mark="nothing")

    def notes(self) -> list[str]:
        """A note for each letter that was given."""
        return [f"– ({letter}): {reason}" for reason, letter in self._letters.items()]


class Ids:
    """Makes the ids of a page distinct: an id that comes a second time gets a number."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def __call__(self, wanted: str) -> str:
        """The id, or the id with a number that nobody else has."""
        count = self._given[wanted] = self._given.get(wanted, 0) + 1
        return wanted if count == 1 else self(f"{wanted}.{count}")


def plain(text: str) -> Entry:
    """A cell with a text, sorted by the number that it begins with, else by its words.

    >>> plain("0.40 (2 of 3)").order, plain("steps").order, plain("-").order
    (0.4, 'steps', None)
    """
    if text == MISSING or not text:
        return Entry(text)
    found = LEADING_NUMBER.match(text)
    return Entry(text, float(found[0]) if found else text)


def sheet_of(table: Table, id: str, keys: Keys, about: Mapping[str, Keys]) -> Sheet:
    """A table that other formats have too.

    Args:
        table: The table.
        id: The id of the sheet.
        keys: What filters find the whole sheet by.
        about: What filters find a row or column by, for the text of a cell in a column "suite" or "measure".

    Returns:
        The sheet, with the hints of the heads that have one.
    """
    named = [place for place, label in enumerate(table.head) if label in ("suite", "measure")]
    lines = []
    for row in table.rows:
        cells = [
            Entry(str(cell), plain(str(cell).strip("()")).order, mark="grey" if getattr(cell, "grey", False) else "")
            for cell in row
        ]
        own: dict[str, str] = {}
        for place in named:
            own |= about.get(f"{table.head[place]} {cells[place].text}", {})
        lines.append(Line(cells, own))
    heads = [Head(" ".join(label.split()), hint(label)) for label in table.head]
    return Sheet(id, table.title, heads, lines, keys)


def filters_of(board: BoardContent) -> dict[str, Keys]:
    """What filters find a suite or a measure by, for each as it is written in the tables."""
    found: dict[str, Keys] = {}
    for row in board["suites"]:
        found[f"suite {row['suite']}"] = {"suite": row["suite"], "kind": row["kind"]}
    for measure in dict.fromkeys(row["measure"] for row in board["agreement"]):
        for said in (measure, f"{measure} (placebo)", f"{measure} (needs labels)"):
            found[f"measure {said}"] = {"measure": measure}
    return found
