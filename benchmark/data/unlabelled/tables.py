"""Tables as unlabelled data: one column of texts, or all columns of numbers. Columns of labels are never read.

In: the columns of a file of any form. Out: `Texts` or `Numbers`, or one line that says what to do.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from benchmark.data.unlabelled.numbers import numbers
from benchmark.data.unlabelled.types import Numbers, Texts
from registry import DataError, UserError, did_you_mean

ColumnKind = Literal["text", "number", "other"]
PART = r"[_\-. ]"  # what stands between two words of a name
BEHIND = rf"({PART}?(ids?|idx|index|names?|text|true|encoded|train|test|val|valid|validation))?"
OF = rf"({PART}?\d+|{PART}(class(es)?|labels?))?"  # of several labels, as pandas writes a name that stands twice
LABEL = re.compile(
    rf"(\w+{PART})?labels?{OF}{BEHIND}|((true|gold|actual){PART})?(targets?|class(es)?){OF}{BEHIND}"
    rf"|y{BEHIND}|ground{PART}?truths?"
)
INDEX = re.compile(r"|unnamed: \d+|__index_level_\d+__")  # what pandas writes beside the columns
SHOWN = 8  # names of columns in a message
WHOLE = 2**63


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        name: Its name.
        kind: What it holds.
        cells: Reads the cells of the chosen rows; None is a missing one.
        form: What it holds, in words, if that is neither texts nor numbers.
        dtype: The type of all its numbers, where the file says one.
    """

    name: str
    kind: ColumnKind
    cells: Callable[[], Sequence[object]]
    form: str = ""
    dtype: str = ""


@dataclass(frozen=True)
class Table:
    """The columns that may be read, and what is said of the file.

    Attributes:
        source: The file, as it was given.
        names: The names of all columns, labels too.
        columns: Those that may be read.
        where: The place of a chosen row, by its number among them, for messages.
        of: How many rows there are.
    """

    source: str
    names: tuple[str, ...]
    columns: tuple[Column, ...]
    where: Callable[[int], str]
    of: int


def is_label(name: str) -> bool:
    """Whether a column of this name holds labels, as far as a name tells.

    >>> is_label("Label"), is_label("y"), is_label("fine_label"), is_label("labour")
    (True, True, True, False)
    """
    return LABEL.fullmatch(name.strip().casefold()) is not None


def readable(source: str, names: Sequence[str], text_column: str | None) -> tuple[str, ...]:
    """The columns that may be read: the one that is asked for, or all that are neither labels nor numbers of rows.

    Raises:
        UserError: There is no such column.
        DataError: Two columns have one name, or none is left.
    """
    if not names:
        raise DataError(f"{source}: it has no columns")
    if text_column is not None:
        if text_column not in names:
            raise UserError(f"{source}: there is no column {text_column!r}{did_you_mean(text_column, set(names))}")
        found: tuple[str, ...] = (text_column,)
    else:
        found = tuple(name for name in names if not is_label(name) and not INDEX.fullmatch(name.strip().casefold()))
    twice = next((name for name in found if names.count(name) > 1), None)
    if twice is not None:
        raise DataError(f"{source}: two columns are named {twice!r}: rename one of them")
    if not found:
        raise DataError(f"{source}: no column is left to read: of {named(names)} none is read, as labels are not")
    return found


def named(names: Sequence[str]) -> str:
    """Names in a message, some of them if there are many.

    >>> named(["a", "b"])
    "'a', 'b'"
    """
    more = [f"and {len(names) - SHOWN} more"] if len(names) > SHOWN else []
    return ", ".join([*(f"{name!r:.60}" for name in names[:SHOWN]), *more])


def content(table: Table, text_column: str | None) -> Texts | Numbers:
    """The texts or the numbers of a table.

    Args:
        table: The table.
        text_column: The column that was asked for, if any.

    Raises:
        UserError: Several columns hold texts, and none was asked for.
        DataError: A cell is missing or is not what its column holds: where.
    """
    texts = [column for column in table.columns if column.kind == "text"]
    if len(texts) > 1:
        names = [column.name for column in texts]
        raise UserError(f"{table.source}: several columns hold texts: say by --text-column which of {named(names)}")
    if texts:
        return _texts(table, texts[0])
    for column in table.columns:
        if text_column is not None or column.kind == "other":
            holds = column.form or "numbers"
            cure = "it is not what holds texts" if text_column is not None else "take it out, or name a --text-column"
            raise DataError(f"{table.source}: column {column.name!r} holds {holds}: {cure}")
    return _numbers(table)


def _left_out(table: Table, read: Sequence[Column]) -> tuple[str, ...]:
    names = {column.name for column in read}
    return tuple(name for name in table.names if name not in names)


def _texts(table: Table, column: Column) -> Texts:
    cells = column.cells()
    for row, cell in enumerate(cells):
        if why := _why_no_text(cell):
            raise DataError(f"{table.where(row)}: column {column.name!r} {why}")
    return Texts(table.source, tuple(str(cell) for cell in cells), table.of, _left_out(table, [column]))


def _why_no_text(cell: object) -> str | None:
    """Why a cell is no text that a network can read, in a few words that follow its name."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return "is empty"
    if not isinstance(cell, str):
        return f"is {cell!r:.40}, not a text"
    if "\0" in cell:
        return "holds a NUL byte"
    try:
        cell.encode()
    except UnicodeEncodeError:
        return "holds half of a surrogate pair, which is no text"
    return None


def _numbers(table: Table) -> Numbers:
    cells = [[_number(table, column, row, cell) for row, cell in enumerate(column.cells())] for column in table.columns]
    types = {column.dtype for column in table.columns}
    dtype = types.pop() if len(types) == 1 else ""
    values = np.array(cells, dtype or _type_of([cell for column in cells for cell in column])).T
    left_out = _left_out(table, table.columns)
    found = numbers(table.source, np.ascontiguousarray(values), table.of, table.where, left_out)
    return replace(found, columns=tuple(column.name for column in table.columns))


def _number(table: Table, column: Column, row: int, cell: object) -> float:
    """The number of a cell, whose row is one of the chosen ones."""
    where = f"{table.where(row)}: column {column.name!r}"
    if cell is None or cell == "":
        raise DataError(f"{where} is empty")
    if not isinstance(cell, bool | int | float):
        raise DataError(f"{where} is {cell!r:.40}, not a number")
    if not isinstance(cell, float):
        if not -WHOLE <= cell < 2 * WHOLE:
            raise DataError(f"{where} is a whole number beyond 2^63")
    elif not math.isfinite(cell):
        raise DataError(f"{where} is {cell}, not a finite number")
    return cell


def _type_of(cells: Sequence[float]) -> type[np.generic]:
    """The narrowest type that holds numbers of several columns: truths, whole numbers or floats."""
    if all(isinstance(cell, bool) for cell in cells):
        return np.bool_
    whole = all(isinstance(cell, int) and cell < WHOLE for cell in cells)
    return np.int64 if whole else np.float64


def texts_in(source: str, values: NDArray[np.generic], of: int, where: Callable[[int], str]) -> Texts:
    """The texts of an array (S,), checked as those of a column.

    Raises:
        DataError: It has another shape, or a text is empty: which one.
    """
    if values.ndim != 1 or not len(values):
        raise DataError(f"{source}: texts have the shape {values.shape}, and one axis, of the examples, is read")
    found = [str(text) for text in values]
    for row, text in enumerate(found):
        if why := _why_no_text(text):
            raise DataError(f"{where(row)}: the text {why}")
    return Texts(source, tuple(found), of)
