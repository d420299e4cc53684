"""Parquet: the columns that are read are read alone, group by group, so that a file may be larger than the memory.

In: the path of a file. Out: a `Table`, whose cells are read when they are asked for.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from benchmark.data.unlabelled.lines import open_file
from benchmark.data.unlabelled.sampling import chosen
from benchmark.data.unlabelled.tables import Column, Table, readable
from registry import DataError
from registry.errors import in_short

if TYPE_CHECKING:
    from pyarrow import DataType
    from pyarrow.parquet import ParquetFile

BATCH = 4096  # rows that are unpacked at a time


def parquet(source: str, path: Path, text_column: str | None, examples: int) -> Table:
    """The table of a Parquet file.

    Args:
        source: The file, as it was given.
        path: The file.
        text_column: The column of texts, if it was named.
        examples: How many rows are read at most.

    Raises:
        DataError: It is no Parquet file that can be read, or has no row.
        UserError: It has no column of that name.
    """
    from pyarrow.parquet import ParquetFile

    with open_file(path) as stream:
        try:
            file = ParquetFile(stream)
            of, schema = file.metadata.num_rows, file.schema_arrow
            names: tuple[str, ...] = tuple(schema.names)
        except Exception as error:  # it raises what comes to it, and nothing that comes tells more than this
            raise _damaged(path, error) from error
    wanted = readable(source, names, text_column)
    if of < 1:
        raise DataError(f"{path}: it has no row")
    rows = chosen(of, examples)
    columns = tuple(_column(path, name, schema.field(names.index(name)).type, rows) for name in wanted)
    return Table(source, names, columns, lambda row: f"{source}: row {rows[row]} (from 0)", of)


def _damaged(path: Path, error: Exception) -> DataError:
    return DataError(f"{path}: no Parquet file that can be read ({in_short(error)})")


def _column(path: Path, name: str, kind: "DataType", rows: NDArray[np.int64]) -> Column:
    from pyarrow import types

    if types.is_dictionary(kind):
        kind = kind.value_type
    cells = partial(_cells, path, name, rows)
    if types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind):
        return Column(name, "text", cells)
    if types.is_integer(kind) or types.is_floating(kind) or types.is_boolean(kind):
        return Column(name, "number", cells, dtype=np.dtype(kind.to_pandas_dtype()).name)
    return Column(name, "other", cells, f"{str(kind)[:60]}")


def _cells(path: Path, name: str, rows: NDArray[np.int64]) -> Sequence[object]:
    """The chosen cells of one column."""
    from pyarrow.parquet import ParquetFile

    with open_file(path) as stream:
        try:
            found = _read(ParquetFile(stream), name, rows)
        except Exception as error:  # of a damaged page, of a text that is not UTF-8, of a type that it does not know
            raise _damaged(path, error) from error
    if len(found) != len(rows):
        raise DataError(f"{path}: column {name!r} has fewer rows than the file says that it has")
    return found


def _read(file: "ParquetFile", name: str, rows: NDArray[np.int64]) -> list[object]:
    """The cells of those groups of rows in which a chosen one stands."""
    found: list[object] = []
    start = 0
    for group in range(file.metadata.num_row_groups):
        end = start + file.metadata.row_group(group).num_rows
        here = rows[(rows >= start) & (rows < end)] - start
        start = end
        if not len(here):
            continue
        before = 0
        for batch in file.iter_batches(BATCH, row_groups=[group], columns=[name]):
            mine = here[(here >= before) & (here < before + batch.num_rows)] - before
            before += batch.num_rows
            if len(mine):
                column = batch.column(batch.schema.names.index(name))
                found += [column[int(row)].as_py() for row in mine]
    return found
