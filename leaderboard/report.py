"""From a run folder to its `board/`.

In: plan.json and the records. Out: the board, and one file for each format, each replaced by one rename.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmark.records import read_records, read_resolved
from benchmark.store import write_file
from leaderboard.board import build_board
from leaderboard.formats import FORMATS
from registry import UserError, did_you_mean


def check_formats(names: Sequence[str]) -> None:
    """Raises UserError with the nearest name for a format that is none."""
    for name in names:
        if name not in FORMATS:
            raise UserError(f"unknown format {name!r}{did_you_mean(name, FORMATS)}")


def write_board(
    run: Path, formats: Sequence[str] = tuple(FORMATS), out: Path | None = None
) -> tuple[dict[str, Any], dict[str, str]]:
    """Write the board of a run folder and return it, with the records that could not be used and why."""
    check_formats(formats)
    resolved = read_resolved(run)
    records, damaged = read_records(run, resolved)
    board = build_board(resolved, records)
    for name in formats:
        for file, text in FORMATS[name](board).items():
            write_file((out or run / "board") / file, text.encode())
    return board, damaged
