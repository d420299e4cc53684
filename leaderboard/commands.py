"""The commands that show what is there: entries, how far a run is, and how two boards differ.

In: the options of a command line. Out: lines on stdout, and the exit code.
"""

import argparse


def command_status(options: argparse.Namespace) -> int:
    """Say how far a run folder is."""
    from benchmark.process.wrapping import line_width, say
    from leaderboard.status import status

    say(*status(options.folder, line_width()))
    return 0


def command_compare(options: argparse.Namespace) -> int:
    """Compare two boards, show it, and write its files where that is asked for."""
    import os
    import shlex
    import sys

    from benchmark.process.paths import shown
    from leaderboard.comparing import compare
    from leaderboard.comparison_files import check_place
    from leaderboard.pages.terminal.comparison import comparison_screen
    from leaderboard.pages.terminal.medium import medium_of

    if options.out:
        check_place(options.out, options.force)
    found = compare(options.a, options.b)
    if options.out:
        written = found.save(options.out, options.force)
        more = f"{shown(written / 'comparison.html' if written.is_dir() else written)} has every row"
    else:
        more = f"{shlex.join(['memorank', 'compare', options.a, options.b])} --out DIR writes every row"
    print(comparison_screen(found.content, medium_of(sys.stdout, os.environ), more), end="")
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
