"""From a run folder, or several, to a `board/`.

In: plan.json and the records of each. Out: the board, and one file for each format, each replaced by one rename.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmark.record import Record, VariantValues
from benchmark.results.merged_entries import Run
from benchmark.results.merging import merged
from benchmark.run_folder.records import read_records, read_resolved
from benchmark.run_folder.run_plans import board_folder
from leaderboard.content.board import BoardContent
from leaderboard.exports import ON_REQUEST, export
from leaderboard.figure_folder import check_folder, write_figures
from leaderboard.files import write_files
from leaderboard.pages.figures import figure_files
from leaderboard.pages.files.formats import FORMATS
from leaderboard.pages.web.page import PAGE, with_footer
from leaderboard.places import formats_there, requested_there
from leaderboard.rows.assembly import build_board
from leaderboard.rows.provenance import cost

FIGURES = "figures"  # the folder beside a board


def write_board(
    runs: Sequence[Path],
    formats: Sequence[str] = tuple(FORMATS),
    out: Path | None = None,
    sensitivity: Mapping[str, VariantValues] | None = None,
    force: bool = False,
    digest: str | None = None,
    figures: bool = False,
) -> tuple[BoardContent, dict[str, str], Path]:
    """Write the one board of some run folders.

    Args:
        runs: The run folders. The board goes to the folder of the plan's board in one, to merged-board/ for several.
        formats: The formats to write; those that the folder has already are written anew too.
        out: Another folder to write to.
        sensitivity: The values of every network under other settings, where the board is to say how far it hangs on
            them.
        force: Whether that other folder may hold other files too.
        digest: That of another plan of the one run folder than its own.
        figures: Whether to draw every figure into a folder figures/ beside the board.

    Returns:
        The board, the records that could not be used with the reasons, and the folder of the board.

    Raises:
        UserError: What is no run folder, runs that do not fit together, or a folder that holds files of somebody
            else's.
    """
    read: list[Run] = []
    damaged: dict[str, str] = {}
    for run in runs:
        resolved = read_resolved(run, digest)
        records, unusable = read_records(run, resolved["cells"])
        read.append((str(run), resolved, records))
        damaged |= unusable
    plan, whole = merged(read) if len(read) > 1 else read[0][1:]
    board = build_board(plan, whole, sensitivity)
    place = out or (Path("merged-board") if len(runs) > 1 else board_folder(runs[0], digest))
    wanted = {*formats, *formats_there(place)}  # no older one stays beside them
    formats = [name for name in (*FORMATS, *ON_REQUEST) if name in wanted]
    drawn = figure_files(board) if figures else None
    if drawn is not None:
        check_folder(place / FIGURES, drawn)
    write_files(board_files(board, whole, formats), place, force)
    if drawn is not None:
        write_figures(place / FIGURES, drawn)
    return board, damaged, place


def write_run_board(run: Path, digest: str) -> tuple[BoardContent, Path]:
    """Write the board of the plan with this digest into the run folder that it has run in.

    Returns:
        The board, and its folder.
    """
    resolved = read_resolved(run, digest)
    records = read_records(run, resolved["cells"])[0]
    board = build_board(resolved, records)
    place = board_folder(run, digest)
    write_files(board_files(board, records, [*FORMATS, *requested_there(place)]), place, force=True)
    return board, place


def board_files(
    board: BoardContent, records: Mapping[str, Record], formats: Iterable[str] = tuple(FORMATS)
) -> dict[str, str | bytes | None]:
    """The files of a board by name, None for one that it does not have.

    Only the footer of the page says where and when the records were made, and what that cost.
    """
    files = export(board, formats)
    page = files.get(PAGE)
    return {**files, PAGE: with_footer(page, cost(records))} if isinstance(page, str) else files
