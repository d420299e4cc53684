"""Two boards compared, wherever they are: run folders, packs, boards, published boards, and the paper's own taus.

In: what a user says of each side. Out: a `Comparison`, or an error of one line that says what to do.
"""

import os
from pathlib import Path

from benchmark.process.paths import absolute, shown
from benchmark.run_folder.packs.reading import as_run_folders, is_pack
from benchmark.run_folder.records import read_records, read_resolved
from leaderboard.board import Board
from leaderboard.comparison import Comparison
from leaderboard.loading import load_board
from leaderboard.published_boards import place_of, published
from leaderboard.rows.comparison import build_comparison
from leaderboard.rows.comparison_parts import PAPER, Part, part_of_board, part_of_paper, part_of_records
from registry import UserError, did_you_mean


def compare(a: str | Path | Board, b: str | Path | Board) -> Comparison:
    """Compare two boards: their taus, numbers and orders, how far the differences could be chance, and their settings.

    Networks of both sides are exchanged with each other, seed by seed, which needs their records: those of a run
    folder, a pack or a published board. Of a bare board, or of the paper, differences stand without a p.

    Args:
        a: One side: a run folder, a pack, a board.json or its folder, a `Board`, the name of a published board, or
            "bansal2022", the paper's Table 2.
        b: The other side, likewise. A difference is `a` less `b`.

    Returns:
        The comparison, its tables as DataFrames.

    Raises:
        UserError: A side cannot be read, or the two have nothing in common.
    """
    return Comparison(build_comparison(part_of(a), part_of(b)))


def part_of(said: str | Path | Board) -> Part:
    """What is known of a side. Raises UserError where it cannot be read."""
    if isinstance(said, Board):
        return part_of_board(said.content["plan"], said.content)
    if str(said) == PAPER and not os.path.lexists(PAPER):
        return part_of_paper(PAPER)
    place = absolute(place_of(said) if str(said) else said)
    if not place.exists():
        near = did_you_mean(place.name, [*published(), PAPER])
        raise UserError(f"{shown(place)} is not there: give a run folder, a pack, a board.json or a name{near}")
    name = str(said)
    if is_pack(place):
        with as_run_folders([place]) as (run,):
            return _part_of_run(name, run)
    if (place / "plan.json").is_file():
        return _part_of_run(name, place)
    return part_of_board(name, load_board(place).content)


def _part_of_run(said: str, run: Path) -> Part:
    resolved = read_resolved(run)
    records, damaged = read_records(run, resolved["cells"])
    if not any(record["work"] == "score" for record in records.values()):
        why = "none of its cells can be used" if damaged else "it has no cell with a result"
        raise UserError(f"{said} cannot be compared: {why}; `memorank run` with its plan computes them")
    if damaged:
        key, why = next(iter(damaged.items()))
        raise UserError(
            f"{said} cannot be compared: {len(damaged)} of its cells cannot be used ({key}: {why}); the same "
            "`memorank run` computes them again"
        )
    return part_of_records(said, resolved, records)
