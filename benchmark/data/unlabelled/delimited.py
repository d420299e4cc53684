"""CSV and TSV: read twice, once to count and check the rows and once for the chosen ones.

In: the path of a file whose first line names its columns. Out: a `Table`. Cells of other columns are let go unread.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path

from benchmark.data.unlabelled.lines import LONGEST, lines, text_of
from benchmark.data.unlabelled.sampling import chosen
from benchmark.data.unlabelled.tables import Column, ColumnKind, Table, readable
from registry import DataError

NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*", re.ASCII | re.IGNORECASE)
WHOLE = re.compile(r"\s*[+-]?\d{1,18}\s*", re.ASCII)  # that an int64 holds
TRUTHS = {"true": True, "false": False}
SEPARATORS = {",": "commas", "\t": "tabs", ";": "semicolons", "|": "bars"}


def delimited(source: str, path: Path, separator: str, text_column: str | None, examples: int) -> Table:
    """The table of a CSV or TSV file.

    Args:
        source: The file, as it was given.
        path: The file.
        separator: What stands between two cells.
        text_column: The column of texts, if it was named.
        examples: How many rows are read at most.

    Raises:
        DataError: It is no such table: where not.
        UserError: It has no column of that name.
    """
    with _long_cells():
        names = _head(path, separator)
        wanted = readable(source, names, text_column)
        of = sum(1 for _ in _rows(path, separator, len(names)))
        if not of:
            raise DataError(f"{path}: no row follows the names of the columns")
        places = [names.index(name) for name in wanted]
        rows = set(chosen(of, examples).tolist())
        found = [
            (line, [cells[place] for place in places])
            for row, (line, cells) in enumerate(_rows(path, separator, len(names)))
            if row in rows
        ]
    numbers = [line for line, _ in found]
    read = [[cells[place] for _, cells in found] for place in range(len(wanted))]
    columns = [_column(name, cells, text_column is not None) for name, cells in zip(wanted, read, strict=True)]
    return Table(source, tuple(names), tuple(columns), lambda row: f"{source}:{numbers[row]}", of)


@contextmanager
def _long_cells() -> Iterator[None]:
    """Within the block, a cell may be as long as a line; by default the module takes 131,072 letters."""
    before = csv.field_size_limit(LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _parsed(path: Path, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The records that are not empty, the first one with the names too, each with the line in which it begins."""
    numbers = [0]

    def counted() -> Iterator[str]:
        for number, line in lines(path):
            numbers[0] = number
            yield text_of(path, number, line)

    reader = csv.reader(counted(), delimiter=separator, strict=True)
    while True:
        begins = numbers[0] + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise DataError(f"{path}:{begins}: {_why(error)}") from error
        if cells:
            yield begins, cells


def _why(error: csv.Error) -> str:
    """What Python says of a record, in words that tell what to do."""
    said = str(error)
    if said.startswith("new-line"):
        return "a line ends by a carriage return alone: save the file with ends of lines as on Linux or Windows"
    if said == "unexpected end of data":
        return "a quotation mark opens a cell here, and none closes it"
    if "expected after" in said:
        return "something stands behind the quotation mark that closes a cell; one within a cell is written twice"
    return f"no record that can be read ({said})"


def _head(path: Path, separator: str) -> list[str]:
    """The names of the columns."""
    _, names = next(_parsed(path, separator), (0, list[str]()))
    names = [name.strip() for name in names]
    if not names:
        raise DataError(f"{path}: it is empty")
    other = next((mark for mark in SEPARATORS if mark != separator and mark in names[0]), None)
    if len(names) == 1 and other:
        raise DataError(
            f"{path}: its columns are parted by {SEPARATORS[other]}, and here {SEPARATORS[separator]} part them: save "
            f"{'CSV with commas' if separator == ',' else 'a .csv with commas, or a .tsv with tabs'}"
        )
    said = [name for name in names if name]
    if said and all(map(NUMBER.fullmatch, said)) and said != [str(place) for place in range(len(said))]:
        raise DataError(
            f"{path}: its first line holds numbers, and the names of the columns are read from it: add them"
        )
    return names


def _rows(path: Path, separator: str, columns: int) -> Iterator[tuple[int, list[str]]]:
    """The rows behind the head, each with the line in which it begins."""
    parsed = _parsed(path, separator)
    next(parsed, None)
    for line, cells in parsed:
        if len(cells) != columns:
            raise DataError(f"{path}:{line}: {len(cells)} cells, and the first line names {columns} columns")
        yield line, cells


def _column(name: str, cells: Sequence[str], asked_for: bool) -> Column:
    """A column, whose kind is what most of its cells are; one that is asked for may hold a text among numbers."""
    there = [cell for cell in cells if cell.strip()]
    count = sum(1 for cell in there if _is_number(cell))
    kind: ColumnKind = "text"
    if count and count > (len(there) - 1 if asked_for else len(there) / 2):
        kind = "number"
    elif not there and not asked_for:
        return Column(name, "other", lambda: list(repeat(None, len(cells))), "nothing")
    found: list[object] = [_number(cell) for cell in cells] if kind == "number" else list(cells)
    return Column(name, kind, lambda: found)


def _is_number(cell: str) -> bool:
    return NUMBER.fullmatch(cell) is not None or cell.strip().lower() in TRUTHS


def _number(cell: str) -> object:
    """The number that a cell writes, or the cell itself if it writes none."""
    if WHOLE.fullmatch(cell):
        return int(cell)
    if NUMBER.fullmatch(cell):
        return float(cell)
    return TRUTHS.get(cell.strip().lower(), cell.strip())
