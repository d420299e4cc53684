"""The commands that show what is there: entries, how far a run is, its board, and whether it is what it says.

In: the options of a command line. Out: lines on stdout, and the exit code.
"""

import argparse
import sys
from typing import Any


def command_status(options: argparse.Namespace) -> int:
    """Say how far a run folder is."""
    from leaderboard.status import status

    print("\n".join(status(options.folder)))
    return 0


def command_list(options: argparse.Namespace) -> int:
    """List what can be run."""
    from leaderboard.catalogue import listing

    print("\n".join(listing(options.kind, options.pattern, options.problems)))
    return 0


def command_describe(options: argparse.Namespace) -> int:
    """Say everything about an entry or a plan."""
    from leaderboard.catalogue import description
    from registry import data_folder

    print("\n".join(description(options.name, data_folder(options.data_dir))))
    return 0


def command_report(options: argparse.Namespace) -> int:
    """Write the board of one or several run folders, and print it."""
    from leaderboard.formats import chosen_formats, terminal

    formats = chosen_formats(options.format)

    from leaderboard.report import write_board

    board, damaged, place = write_board(options.folders, formats, options.out, _sensitivity(options), options.force)
    print(terminal(board))
    print(f"board in {place}")
    for key, reason in damaged.items():
        print(f"not used: {key}: {reason}; the same `memorank run` computes it again", file=sys.stderr)
    return 0


def command_verify(options: argparse.Namespace) -> int:
    """Check a run folder, its board among it; 1 where something differs, 2 where not everything could be checked."""
    from benchmark.commands import verified
    from leaderboard.verification import check_board

    return verified(options, check_board)


def _sensitivity(options: argparse.Namespace) -> dict[str, Any] | None:
    """The values of every network under other settings, where they are asked for."""
    if not options.sensitivity:
        return None
    from benchmark.progress import Shown
    from benchmark.sensitivity import sensitivity_values

    return {key: values for run in options.folders for key, values in sensitivity_values(run, Shown()).items()}
