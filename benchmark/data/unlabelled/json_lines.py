"""JSON Lines: an object on each line. The lines are counted first, and the chosen ones alone are parsed.

In: the path of a file. Out: a `Table` whose columns are the keys of its objects.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from benchmark.data.unlabelled.lines import lines, text_of
from benchmark.data.unlabelled.sampling import chosen
from benchmark.data.unlabelled.tables import Column, ColumnKind, Table, readable
from registry import DataError, did_you_mean
from registry.errors import in_short

LONGEST_NUMBER = 400  # digits: a float has no more


def json_lines(source: str, path: Path, text_column: str | None, examples: int) -> Table:
    """The table of a JSON Lines file.

    Args:
        source: The file, as it was given.
        path: The file.
        text_column: The key of the texts, if it was named.
        examples: How many lines are read at most.

    Raises:
        DataError: A line is no object, or lacks a key that the first one has: which line.
        UserError: The first object has no such key.
    """
    of = sum(1 for _, line in lines(path) if line.strip())
    if not of:
        raise DataError(f"{path}: it is empty")
    rows = set(chosen(of, examples).tolist())
    filled = (found for found in lines(path) if found[1].strip())
    found = [(number, _object(path, number, line)) for row, (number, line) in enumerate(filled) if row in rows]
    numbers, objects = [number for number, _ in found], [each for _, each in found]
    names = tuple(objects[0])
    columns = []
    for name in readable(source, names, text_column):
        for number, each in found:
            if name not in each:
                raise DataError(f"{path}:{number}: it has no {name!r}{did_you_mean(name, each)}")
        columns.append(_column(name, [each[name] for each in objects], text_column is not None))
    return Table(source, names, tuple(columns), lambda row: f"{source}:{numbers[row]}", of)


def _object(path: Path, number: int, line: bytes) -> dict[str, object]:
    """The object of a line."""
    try:
        found: object = json.loads(text_of(path, number, line), parse_int=_whole, object_pairs_hook=_pairs)
    except json.JSONDecodeError as error:
        raise DataError(f"{path}:{number}: no JSON that can be read ({error.msg} at column {error.colno})") from error
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path}:{number}: no JSON that can be read ({in_short(error)})") from error
    if not isinstance(found, dict):
        cure = "; JSON Lines has an object on each line, as {'text': ...}" if isinstance(found, list) else ""
        raise DataError(f"{path}:{number}: {_named(found)}, not an object{cure}")
    return found


def _whole(digits: str) -> float:
    """A whole number; Python does not read one of thousands of digits, which may stand in what is not read here."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else float("inf")


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)[:40]!r} stands twice in one object")
    return found


def _named(value: object) -> str:
    """What a value of JSON is, in words."""
    words: list[tuple[type | tuple[type, ...], str]] = [
        (bool, "a truth"),
        ((int, float), "a number"),
        (str, "a text"),
        (list, "a list"),
        (dict, "an object"),
    ]
    return next((word for kind, word in words if isinstance(value, kind)), "null")


def _column(name: str, cells: Sequence[object], asked_for: bool) -> Column:
    """A column, whose kind is what most of its cells are; of one that is asked for, texts are, if there is any."""
    there = [cell for cell in cells if cell is not None]
    texts = sum(isinstance(cell, str) for cell in there)
    others = [cell for cell in there if isinstance(cell, list | dict)]
    kind: ColumnKind = "number"
    if texts and (asked_for or texts >= len(there) / 2):
        kind = "text"
    elif others or not there:
        return Column(name, "other", lambda: cells, f"{_named(others[0])} in a line" if others else "nothing")
    return Column(name, kind, lambda: cells)
