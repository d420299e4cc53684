"""The commands that need both numbers and pages: `run`, `report` and `verify`, each from its options to its exit code.

In: the options of a command line. Out: files, lines on stdout and stderr, and the exit code.
"""

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmark.plan.resolved import Cell
    from benchmark.process.progress import Progress
    from benchmark.record import VariantValues
    from benchmark.run.assignment import Assignment, Tally
    from leaderboard.content.board import BoardContent


def run_to_board(
    assigned: "Assignment",
    progress: "Progress",
    workers: int | None = None,
    force: bool = False,
    scheduler: str | None = None,
) -> tuple["BoardContent", Path, "Tally"]:
    """Compute what is left of a plan and write its board.

    Args:
        assigned: What is to be done, and where.
        progress: Told of every cell.
        workers: How many processes of this machine share the cells; None for this process.
        force: Whether the run folder may hold other files too.
        scheduler: The address of a Dask scheduler whose workers share the cells instead.

    Returns:
        The content of board.json, the folder of the board, and what became of every cell.

    Raises:
        UserError: The folder cannot be used, or no worker can compute a cell.
        DataError: The data are not as the plan needs them.
    """
    from benchmark.run.assignment import begun, noting, prepare, settle
    from benchmark.run.beside import check_weights
    from leaderboard.report import write_run_board

    keeps = assigned.resolved.plan.keep_weights
    check_weights(assigned.resolved.cells, assigned.run, assigned.retrain, keeps)  # before the folder changes
    with begun(assigned, force, progress.say) as digest:
        remaining, tally = prepare(assigned, progress)
        with noting(tally, len(assigned.resolved.cells)):
            if remaining.cells:
                _compute(remaining.cells, assigned, progress, tally, workers, scheduler)
        settle(assigned, remaining, tally)
        return *write_run_board(assigned.run, digest), tally


def _compute(
    pending: "list[Cell]",
    assigned: "Assignment",
    progress: "Progress",
    tally: "Tally",
    workers: int | None,
    scheduler: str | None,
) -> None:
    """Have these cells computed by a cluster, by several workers, or by this process."""
    if scheduler:
        from benchmark.run.cluster.dask_head import work_on_dask

        work_on_dask(pending, assigned, progress, tally, scheduler)
    elif workers:
        from benchmark.run.crew import work_together

        work_together(pending, assigned, progress, tally, workers)
    else:
        from benchmark.run.workers import work

        work(pending, assigned, progress, tally)


def command_run(options: argparse.Namespace) -> int:
    """Run a plan, or what is left of it, and show its board; 1 where something is missing."""
    from leaderboard.pages.terminal.selection import chosen_words
    from memorank.commands import asked, chosen_scheduler, submit

    words = chosen_words(options.show)
    scheduler = chosen_scheduler(options)
    if options.workers and not options.slurm:
        from benchmark.run.crew import prepare_server

        prepare_server()
    assigned = asked(options)
    if options.slurm:
        return submit(assigned, options)

    from benchmark.process.paths import shown
    from benchmark.process.wrapping import say
    from benchmark.run_folder.run_plans import BOARD
    from leaderboard.live import Filling
    from leaderboard.pages.terminal.ending import ending, file_to_read, report_command
    from leaderboard.pages.terminal.screen import Around

    started = time.monotonic()
    progress = Filling(assigned.resolved.as_json(), assigned.run)
    board, place, tally = run_to_board(assigned, progress, options.workers, options.force, scheduler)
    nothing = "nothing to do; " if not tally.computed and tally.complete else ""
    around = Around(
        page=f"{shown(place)}/{file_to_read()}",
        command=report_command([shown(assigned.run)], None if place.name == BOARD else place.name),
        seconds=None if tally.found else time.monotonic() - started,
        spent=progress.spent(),
        remark=f"{nothing}{tally.found} cells were done, {tally.computed} computed now; board in {shown(place)}",
    )
    print(ending(board, around, words, sys.stdout, os.environ), end="")
    for key, cause in tally.failed.items():
        say(f"failed: {key}: {cause}", stream=sys.stderr)
    for key in tally.diverged:
        say(f"diverged: {key}: its loss is not finite; it is not ranked", stream=sys.stderr)
    for key in tally.undone:
        say(f"not done: {key}: no worker has published it; the same command does", stream=sys.stderr)
    return 0 if tally.complete else 1


def command_report(options: argparse.Namespace) -> int:
    """Write the board of some run folders, and show it."""
    from leaderboard.exports import chosen_formats
    from leaderboard.pages.terminal.selection import chosen_words

    formats, words = chosen_formats(options.format), chosen_words(options.show)

    from benchmark.process.paths import shown
    from benchmark.process.wrapping import say
    from benchmark.run_folder.packs.reading import as_run_folders, is_pack
    from benchmark.run_folder.run_plans import find_plan
    from leaderboard.pages.terminal.ending import ending, file_to_read, report_command
    from leaderboard.pages.terminal.screen import Around
    from leaderboard.published_boards import place_of
    from leaderboard.report import write_board
    from registry import UserError

    places = [place_of(folder) for folder in options.folders]
    packs = [folder for folder, place in zip(options.folders, places, strict=True) if is_pack(place)]
    if options.sensitivity and packs:
        raise UserError(f"--sensitivity: it needs the outputs of networks, and {packs[0]} is a pack, which has none")
    own = len(places) == 1 and bool(packs)
    out = options.out or (Path(f"{options.folders[0].stem}-board") if own else None)
    with as_run_folders(places) as runs:
        digest = find_plan(runs, options.plan)
        values = _sensitivity(runs, digest) if options.sensitivity else None
        board, damaged, place = write_board(runs, formats, out, values, options.force, digest, options.figures)
    page = f"{shown(place)}/{file_to_read(formats)}"
    if options.sensitivity and "sensitivity" not in words:
        words = [*words, "sensitivity"]
    command = report_command([str(folder) for folder in options.folders], options.plan)
    around = Around(page, command, remark=f"board in {shown(place)}")
    print(ending(board, around, words, sys.stdout, os.environ), end="")
    for key, reason in damaged.items():
        say(f"not used: {key}: {reason}; the same `memorank run` computes it again", stream=sys.stderr)
    return 0


def command_verify(options: argparse.Namespace) -> int:
    """See whether a run folder or a pack is what it says it is, its boards too; 1 where it is not."""
    from leaderboard.published_boards import place_of
    from leaderboard.verification import check_board
    from memorank import commands

    options.folder = place_of(options.folder)
    return commands.command_verify(options, check_board)


def _sensitivity(runs: "Sequence[Path]", digest: str | None) -> "dict[str, VariantValues]":
    """The values of every network under other settings."""
    from benchmark.inspection.sensitivity import sensitivity_values
    from benchmark.process.progress import Shown

    found = (sensitivity_values(run, Shown(), digest) for run in runs)
    return {key: values for by_key in found for key, values in by_key.items()}
