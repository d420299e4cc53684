"""The command `rank`: networks as they lie on disk, opened, measured one after the other, and ranked.

In: the words of the command line. Out: a ranking on the screen and, where that is asked for, in a folder.
"""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmark.candidates.opening import Asked, Opened
    from benchmark.candidates.shelf import FolderShelf
    from leaderboard.ranking import Ranking

MEASURED = "measured"  # the folder of the numbers that are kept


def command_rank(options: argparse.Namespace) -> int:
    """Rank networks, show it, and write it where that is asked for. Of some that fail the others are shown first."""
    from benchmark.candidates.opening import opened
    from benchmark.candidates.paths import named
    from benchmark.process.paths import absolute, shown
    from benchmark.process.progress import Shown
    from benchmark.process.wrapping import say
    from benchmark.ranking.assembly import assembled, check_kind
    from benchmark.ranking.collecting import Unfinished, collected
    from benchmark.ranking.given import FEWEST_NETWORKS, check_count
    from leaderboard.ranking import Ranking
    from leaderboard.ranking_files import check_place
    from registry import UserError

    check_kind(options.kind)
    out = absolute(options.out) if options.out else None
    if out:
        check_place(out)
    found = opened(named(options.networks), _asked(options))
    check_count(len(found.candidates))
    kind = options.kind or found.kind
    try:
        measured = collected(
            found.candidates,
            options.pairs,
            found.settings,
            options.null_corrected,
            Shown(things="networks"),
            _shelf(out, found, options),
        )
    except Unfinished as error:
        if len(error.found) >= FEWEST_NETWORKS:
            _show(Ranking(assembled(error.found, kind, found.data)))
        kept = f"; what is measured is kept in {shown(out / MEASURED)}" if out and error.found else ""
        raise UserError(f"{error}{kept}") from error
    ranking = Ranking(assembled(measured, kind, found.data))
    _show(ranking)
    if out:
        say(f"ranking in {shown(ranking.save(out))}")
    return 0


def _show(ranking: "Ranking") -> None:
    from leaderboard.pages.terminal.medium import medium_of
    from leaderboard.pages.terminal.ranking import ranking_screen

    print(ranking_screen(ranking.content, medium_of(sys.stdout, os.environ)), end="")


def _asked(options: argparse.Namespace) -> "Asked":
    """How the networks are to be read. Raises UserError for taps that name none."""
    from benchmark.candidates.opening import Asked
    from registry import data_folder

    return Asked(
        data=options.data,
        root=data_folder(options.data_dir),
        text_column=options.text_column,
        examples=options.examples,
        taps=[tap.strip() for tap in options.taps.split(",")] if options.taps else "auto",
        max_tokens=options.max_tokens,
        image_size=options.image_size,
        architecture=options.architecture,
        family=options.family,
        suite=options.suite,
        inputs=options.inputs,
    )


def _shelf(out: Path | None, found: "Opened", options: argparse.Namespace) -> "FolderShelf | None":
    """Where numbers are kept until all are there: in the folder for the ranking, if there is one."""
    if out is None or out.suffix:
        return None
    from benchmark.candidates.shelf import FolderShelf

    return FolderShelf(out / MEASURED, repr((options.pairs, found.settings, options.null_corrected)))
