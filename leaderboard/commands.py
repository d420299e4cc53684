"""The commands that show what is there: entries, and how far a run is.

In: the options of a command line. Out: lines on stdout, and the exit code.
"""

import argparse


def command_status(options: argparse.Namespace) -> int:
    """Say how far a run folder is."""
    from benchmark.process.wrapping import line_width, say
    from leaderboard.status import status

    say(*status(options.folder, line_width()))
    return 0


def command_list(options: argparse.Namespace) -> int:
    """List what can be run."""
    from benchmark.process.wrapping import line_width, say
    from leaderboard.listing import listing

    say(*listing(options.kind, options.pattern, line_width(), options.problems))
    return 0


def command_describe(options: argparse.Namespace) -> int:
    """Say everything about an entry or a plan."""
    from benchmark.process.wrapping import line_width, printable, say, wrapped
    from leaderboard.catalogue import HANG, description
    from registry import data_folder

    lines = map(printable, description(options.name, data_folder(options.data_dir)))
    say(*wrapped(lines, line_width(), HANG))
    return 0
