"""The way through a command: from its words to its exit code, whatever ends it.

In: the words of a command line. Out: the exit code; one line on stderr for what cannot be done.
"""

import argparse
import importlib
import os
import shlex
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext

RUNNING = ("plan", "run")  # commands for which every included file has to be usable
LOOKING = ("compare", "describe", "list", "new", "status")  # commands that compute no cell
BOARDS = ("report", "run", "verify")  # commands that need both numbers and pages
CHOOSING = ("rank",)  # commands for networks of one's own
EXPORTING = ("export",)  # commands that take a network out of a run folder
SHOWN = ("compare", "describe", "list", "status")  # commands that need pages


def entered(argv: Sequence[str] | None) -> int:
    """Run a command.

    Args:
        argv: Its words; None for those of this process, which then ends with the command where that is needed.

    Returns:
        The exit code.

    Raises:
        SystemExit: After the help, the version, or a word that is not understood.
    """
    from benchmark.process import interruption
    from benchmark.process.streams import leave, open_all, others_run, steady

    open_all()
    words = sys.argv[1:] if argv is None else argv
    code = 0
    try:
        interruption.listen()
        with interruption.unwrapped(), steady():
            from memorank.command_line import parsed

            options = parsed(words)
            options.words = words
            code = int(_body(options))
            sys.stdout.flush()
    except OSError as error:
        if "--debug" in words:
            raise
        from benchmark.process.obstacles import obstacle
        from benchmark.process.wrapping import say

        command = next((word for word in words if not word.startswith("-")), "")
        say(f"memorank: {obstacle(error, command)}", stream=sys.stderr)
        return 2
    except interruption.Stopped as stop:
        from benchmark.process.wrapping import say

        resume = f"; resume with: memorank {shlex.join(words)}" if _goes_on(words) else ""
        how_far = "".join(f": {note}" for note in getattr(stop, "__notes__", []))
        with steady():
            say("", f"memorank: stopped{how_far}{resume}", stream=sys.stderr)
            sys.stdout.flush()
        os._exit(128 + stop.number)  # a compiler stopped half-way can crash the interpreter's own way out
    if argv is None and (code or others_run()):
        leave(code)
    return code


def _goes_on(words: Sequence[str]) -> bool:
    """Whether the same command, given again, goes on where it was stopped."""
    return "run" in words[:2] or ("rank" in words[:2] and any(word.split("=")[0] == "--out" for word in words))


def _include(options: argparse.Namespace) -> None:
    """Include the files of --include; a line on stderr for each that declares no usable entry.

    Raises:
        UserError: There is such a file, and a plan is to run: a measure in it would be missing on the board.
    """
    from benchmark.plan.catalogue import include, sources_of
    from benchmark.process.wrapping import say
    from registry import UserError

    options.sources = sources_of(getattr(options, "include", ()))
    options.problems = include(options.sources)
    if options.problems and options.command in RUNNING:
        raise UserError("; ".join(options.problems))
    for problem in options.problems:
        say(f"memorank: left out: {problem}", stream=sys.stderr)


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    """The function of a command: it lives where what it needs lives."""
    places = {
        "memorank.boards": BOARDS,
        "leaderboard.commands": SHOWN,
        "memorank.ranking": CHOOSING,
        "memorank.exporting": EXPORTING,
    }
    place = next((place for place, names in places.items() if name in names), "memorank.commands")
    found: Callable[[argparse.Namespace], int] = getattr(importlib.import_module(place), f"command_{name}")
    return found


def _body(options: argparse.Namespace) -> int:
    from benchmark.plain.keeping import keeping
    from benchmark.process.alone import alone
    from benchmark.process.surroundings import check_surroundings
    from registry import UserError
    from registry.isolation import kept_alive

    try:
        check_surroundings(os.environ)
        lock = nullcontext() if options.command in LOOKING else alone(f"memorank {options.command}")
        with lock, kept_alive(), keeping():
            _include(options)
            return int(_command(options.command)(options))
    except UserError as error:
        if options.debug:
            raise
        from benchmark.process.wrapping import complain

        complain(error)
        return 2
