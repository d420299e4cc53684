"""The commands that show what is there: entries, and how far a run is.

In: the options of a command line. Out: lines on stdout, and the exit code.
"""

import argparse


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
