"""From a run folder, or several, to a `board/`.

In: plan.json and the records of each. Out: the board, and one file for each format, each replaced by one rename.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmark.merging import Run, merged
from benchmark.records import read_records, read_resolved
from benchmark.store import write_file
from leaderboard.board import build_board
from leaderboard.formats import FORMATS


def write_board(
    runs: Sequence[Path],
    formats: Sequence[str] = tuple(FORMATS),
    out: Path | None = None,
    sensitivity: Mapping[str, Any] | None = None,
) -> tuple[dict[str, Any], dict[str, str], Path]:
    """Write the one board of some run folders; returns it, the records that could not be used and why, and where it is.

    It goes to the run folder's board/, that of several folders to merged-board/. `sensitivity` are the values of every
    network under other settings, where the board is to say how far it hangs on them.
    """
    read: list[Run] = []
    damaged: dict[str, str] = {}
    for run in runs:
        resolved = read_resolved(run)
        records, unusable = read_records(run, resolved)
        read.append((str(run), resolved, records))
        damaged |= unusable
    board = build_board(*(merged(read) if len(read) > 1 else read[0][1:]), sensitivity)
    place = out or (Path("merged-board") if len(runs) > 1 else runs[0] / "board")
    for name in formats:
        for file, text in FORMATS[name](board).items():
            if text is None:
                (place / file).unlink(missing_ok=True)
            else:
                write_file(place / file, text.encode())
    return board, damaged, place
