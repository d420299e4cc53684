"""What `--show WORD` prints below the screen: some of the board's tables, or all of them with their notes.

In: the content of board.json, words, and a medium. Out: text. Where the medium folds, a table that is wider than it
comes in blocks of columns, each with those columns repeated that tell the rows apart, and one of two columns as a list.
In a pipe all tables keep their lines.
"""

import textwrap
from collections.abc import Callable, Sequence
from itertools import groupby

from tabulate import MIN_PADDING, tabulate

from leaderboard.content.board import BoardContent
from leaderboard.pages.files.formats import terminal
from leaderboard.pages.tables.chapters import all_tables
from leaderboard.pages.tables.claimed import claim_tables
from leaderboard.pages.tables.footnotes import footnotes
from leaderboard.pages.tables.measures import narrow_tables
from leaderboard.pages.tables.sureness import (
    end_tables,
    metric_tables,
    pooled_tables,
    sensitivity_tables,
    sureness_tables,
    tap_tables,
    tie_tables,
)
from leaderboard.pages.tables.table import Table, missing_tables, model_tables, tap_model_tables
from leaderboard.pages.terminal.medium import Medium
from registry import UserError, did_you_mean

GAP = 2  # columns between two columns of a table
NARROWEST = 12  # columns that a folded cell has at least


def _sure(board: BoardContent) -> list[Table]:
    tables = (claim_tables, pooled_tables, sureness_tables, metric_tables, sensitivity_tables)
    return [table for tables_of in tables for table in tables_of(board)]


def _taps(board: BoardContent) -> list[Table]:
    return [*tap_tables(board), *tap_model_tables(board)]


def _warnings(board: BoardContent) -> list[Table]:
    return [Table("Warnings", ("cell", "warning"), [(row["key"], row["warning"]) for row in board["warnings"]])]


WORDS: dict[str, Callable[[BoardContent], list[Table]]] = {
    "models": model_tables,
    "taps": _taps,
    "measures": narrow_tables,
    "sure": _sure,
    "ends": end_tables,
    "picks": tie_tables,
    "missing": missing_tables,
    "warnings": _warnings,
    "sensitivity": sensitivity_tables,
    "all": all_tables,
}
CURES = {
    "sensitivity": "; memorank report DIR --sensitivity measures it, without training",
    "measures": ": its plan says no `measures: [...]`, or has fewer than three recipes",
}


def chosen_words(text: str | None) -> list[str]:
    """The words of a comma-separated list, each once. Raises UserError with the nearest right word.

    >>> chosen_words("models, picks,models")
    ['models', 'picks']
    """
    words = list(dict.fromkeys(word.strip() for word in text.split(","))) if text else []
    for word in words:
        if word not in WORDS:
            raise UserError(f"--show: unknown word {word!r}{did_you_mean(word, WORDS)}")
    return words


def selection(board: BoardContent, words: Sequence[str], medium: Medium) -> str:
    """The tables that were asked for, as text.

    Args:
        board: The content of board.json.
        words: Words of `--show`; with "all" the notes and the verdict follow the tables.
        medium: Where the text is shown.
    """
    parts = []
    for word in words:
        if word == "all" and not medium.folds:
            parts.append(terminal(board))
            continue
        tables = [table for table in WORDS[word](board) if table.rows]
        nothing = f"{word}: this board has nothing of it{CURES.get(word, '')}"
        parts += [_shown(table, medium) for table in tables] or [_folded_text(nothing, medium)]
        if word == "all":
            parts.append("\n".join(_folded_text(note, medium) for note in footnotes(board)))
    lines = "\n\n".join(part.strip("\n") for part in parts).split("\n")
    return "".join(f"{medium.safe(line).rstrip()}\n" for line in lines)


def _shown(table: Table, medium: Medium) -> str:
    if medium.folds and len(table.head) == 2 and _too_wide(table, medium.width - 1):
        return "\n".join(_listed(table, medium))
    blocks = folded(table, medium.width - 1) if medium.folds else [table]
    texts = [tabulate([[str(cell) for cell in row] for row in block.rows], block.head, "simple", disable_numparse=True)
             for block in blocks]  # fmt: skip
    return "\n\n".join([f"{_folded_text(table.title, medium)}\n{texts[0]}", *texts[1:]])


def _too_wide(table: Table, width: int) -> bool:
    rows = [[str(cell) for cell in row] for row in table.rows]
    return sum(_width(head, rows, column) + GAP for column, head in enumerate(table.head)) - GAP > width


def _listed(table: Table, medium: Medium) -> list[str]:
    """A table of two columns as lines: what the first column says once, below it what the second says of it."""
    lines = [_folded_text(table.title, medium)]
    for first, rows in groupby(table.rows, key=lambda row: str(row[0])):
        lines.append(_folded_text(first, medium))
        for row in rows:
            lines += textwrap.wrap(str(row[1]), medium.width - 1, initial_indent="  ", subsequent_indent="    ")
    return lines


def _folded_text(text: str, medium: Medium) -> str:
    return "\n".join(textwrap.wrap(text, medium.width - 1, subsequent_indent="  ")) if medium.folds else text


def folded(table: Table, width: int) -> list[Table]:
    """A table in blocks of columns, none wider than so many characters as far as its labels leave room for that.

    >>> rows = [("a", "digits", "+0.12", "+0.34"), ("b", "digits", "", "")]
    >>> wide = Table("", ("suite", "data", "tap 1", "tap 2"), rows)
    >>> [list(block.head) for block in folded(wide, 27)]
    [['suite', 'data', 'tap 1'], ['suite', 'tap 2']]
    """
    rows = [[str(cell) for cell in row] for row in table.rows]
    labels = _telling(rows)
    taken = sum(_width(table.head[label], rows, label) + GAP for label in labels)
    room = max(width - taken, NARROWEST)
    blocks: list[list[int]] = [[]]
    used = 0
    for column in (number for number in range(len(table.head)) if number not in labels):
        needed = min(_width(table.head[column], rows, column), room)
        if blocks[-1] and used + needed > room:
            blocks.append([])
            used = 0
        blocks[-1].append(column)
        used += needed + GAP
    return [_block(table, rows, sorted([*labels, *block]), labels, room) for block in blocks]


def _block(table: Table, rows: list[list[str]], columns: list[int], labels: list[int], room: int) -> Table:
    def cut(text: str, column: int) -> str:
        return text if column in labels else "\n".join(_cut(line, room) for line in text.split("\n"))

    head = [cut(table.head[column], column) for column in columns]
    return Table(table.title, head, [[cut(row[column], column) for column in columns] for row in rows])


def _cut(line: str, room: int) -> str:
    return "\n".join(textwrap.wrap(line, room)) if len(line) > room else line


def _telling(rows: list[list[str]]) -> list[int]:
    """The leading columns that tell the rows apart; a column that tells no more than those before is none of them."""
    labels: list[int] = []
    known = 1
    for column in range(len(rows[0]) if rows else 0):
        count = len({tuple(row[label] for label in [*labels, column]) for row in rows})
        if count > known or (not labels and len(rows) == 1):
            labels.append(column)
            known = count
        if known == len(rows):
            break
    return labels


def _width(head: str, rows: list[list[str]], column: int) -> int:
    """The columns that tabulate gives a column: some more than its head needs."""
    cells = max((len(line) for row in rows for line in row[column].split("\n")), default=0)
    return max(cells, MIN_PADDING + max(map(len, head.split("\n"))))
