"""A board as Parquet files: each sheet of leaderboard/pages/sheets with the dtypes that its DataFrame has.

In: the content of board.json. Out: bytes by file name, in which texts are as in the CSV files but for the mark before a
formula, which nothing computes here. One version of pandas and pyarrow gives the same bytes for the same board.
"""

import io
from collections.abc import Mapping

from leaderboard.content.board import BoardContent
from leaderboard.pages.sheets import SHEETS
from leaderboard.pages.sheets.frames import frame
from registry.foreign_text import seen

MARK = b"memorank.sheet"  # in the footer of each file, by which it is known again


def parquet_files(board: BoardContent) -> Mapping[str, bytes | None]:
    """One file for each sheet; sensitivity.parquet and measures.parquet only where the board has that part."""
    return {
        f"{name}.parquet": None if name in ("sensitivity", "measures") and name not in board else _parquet(board, name)
        for name in SHEETS
    }


def _parquet(board: BoardContent, name: str) -> bytes:
    from pyarrow import Table, parquet

    table = Table.from_pandas(frame(board, name, seen), preserve_index=False)
    marked = table.replace_schema_metadata({**table.schema.metadata, MARK: name.encode()})
    stream = io.BytesIO()
    parquet.write_table(marked, stream)
    return stream.getvalue()
