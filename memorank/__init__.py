"""memorank: which networks memorize? The `memorank` command and the public Python names; everything else lies behind.

In Python: `memorank.run("toy")`, `memorank.load_board("runs/toy")`, `memorank.load_records("runs/toy")`,
`memorank.FAMILIES`, `memorank.information`, ...
"""

import argparse
import importlib
import importlib.util
import os
import shlex
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmark import information, metrics
    from benchmark.estimator import Settings
    from benchmark.process.progress import Progress
    from benchmark.run.assignment import Assignment, Tally
    from benchmark.statistics import agreement
    from benchmark.types import Activations, Measure, Metric, Outputs, Value
    from leaderboard.board import Board
    from leaderboard.cells import load_predictions, load_records
    from leaderboard.loading import load_board
    from registry import (
        DATASETS,
        FAMILIES,
        SUITES,
        Condition,
        Data,
        DataError,
        Dataset,
        Examples,
        ModelFamily,
        Paper,
        Plane,
        Resources,
        Splits,
        Tap,
        TaskSuite,
        Training,
        UserError,
        Weights,
    )
    from registry.families._classifiers import vision_family
    from registry.families._encoders import encoder_family
    from registry.families._fine_tuned import load_fine_tuned
    from registry.families._whole_classifiers import classifier_family

__all__ = [
    "DATASETS",
    "FAMILIES",
    "SUITES",
    "Activations",
    "Board",
    "Condition",
    "Data",
    "DataError",
    "Dataset",
    "Examples",
    "Measure",
    "Metric",
    "ModelFamily",
    "Outputs",
    "Paper",
    "Plane",
    "Resources",
    "Settings",
    "Splits",
    "Tap",
    "TaskSuite",
    "Training",
    "UserError",
    "Value",
    "Weights",
    "agreement",
    "classifier_family",
    "encoder_family",
    "information",
    "load_board",
    "load_fine_tuned",
    "load_predictions",
    "load_records",
    "main",
    "metrics",
    "run",
    "vision_family",
]

RUNNING = ("plan", "run")  # commands for which every included file has to be usable
LOOKING = ("describe", "list", "new", "status")  # commands that compute nothing
_MODULES = {
    "information": "benchmark.information",
    "metrics": "benchmark.metrics",
    "agreement": "benchmark.statistics.agreement",
}
_ELSEWHERE = {
    "Board": "leaderboard.board",
    "load_board": "leaderboard.loading",
    "load_predictions": "leaderboard.cells",
    "load_records": "leaderboard.cells",
    "Settings": "benchmark.estimator",
    "classifier_family": "registry.families._whole_classifiers",
    "encoder_family": "registry.families._encoders",
    "load_fine_tuned": "registry.families._fine_tuned",
    "vision_family": "registry.families._classifiers",
    **dict.fromkeys(("Activations", "Measure", "Metric", "Outputs", "Value"), "benchmark.types"),
}


def __getattr__(name: str) -> Any:
    """Public names are imported when they are first asked for, so that the command answers at once."""
    if name not in __all__:
        raise AttributeError(f"module 'memorank' has no attribute {name!r}")
    _check_own_packages()
    if name in _MODULES:
        return importlib.import_module(_MODULES[name])
    return getattr(importlib.import_module(_ELSEWHERE.get(name, "registry")), name)


def run(
    plan: str,
    out: str | Path | None = None,
    data_dir: str | Path | None = None,
    overrides: str | Sequence[str] = (),
    include: str | Path | Sequence[str | Path] = (),
    force: bool = False,
) -> "Board":
    """Run a plan, or what is left of it, and return its board.

    One run at a time computes in a process, and nothing else in it may draw from torch's generator meanwhile.

    Args:
        plan: A built-in name or the path of a YAML file.
        out: The run folder, by default runs/<plan name>.
        data_dir: Where data sets lie, by default MEMORANK_DATA, else the user's cache.
        overrides: "key=value" as for --set, one or several.
        include: Files that declare entries of one's own, one or several. What they hold now is what runs; those of an
            earlier run are forgotten.
        force: Whether the run folder may hold other files too.

    Returns:
        The board, its tables as DataFrames. A cell that fails is missing on it.

    Raises:
        UserError: A plan, a name, a file, data or a folder that cannot be used, or another run is at work in this
            process or with another plan in the folder. Nothing has been trained then.
    """
    _check_own_packages()
    from benchmark.plan.catalogue import forget_included, sources_of
    from benchmark.plan.catalogue import include as included
    from benchmark.process.alone import alone
    from benchmark.process.progress import Silent
    from benchmark.process.surroundings import check_surroundings
    from benchmark.run.assignment import assign
    from leaderboard.board import Board
    from registry import UserError
    from registry.isolation import kept_alive

    check_surroundings(os.environ)
    with alone(f"memorank.run({plan!r})"), kept_alive():
        sources = sources_of(include)
        forget_included()
        if problems := included(sources):
            raise UserError("; ".join(problems))
        return Board(_run(assign(plan, out, data_dir, overrides, sources), Silent(), force=force)[0])


def _run(
    assigned: "Assignment",
    progress: "Progress",
    workers: int | None = None,
    force: bool = False,
    scheduler: str | None = None,
) -> tuple[dict[str, Any], Path, "Tally"]:
    """The board, its folder and the tally; without workers or the address of a scheduler this process is the one."""
    from benchmark.run.assignment import begun
    from benchmark.run.crew import work_together
    from benchmark.run.workers import work
    from leaderboard.report import write_run_board

    with begun(assigned, force, progress.say) as digest:
        if scheduler:
            from benchmark.run.cluster.dask_head import work_on_dask

            tally = work_on_dask(assigned, scheduler, progress)
        else:
            tally = work_together(assigned, workers, progress) if workers else work(assigned, progress)
        return *write_run_board(assigned.run, digest), tally


def _command_run(options: argparse.Namespace) -> int:
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
    board, place, tally = _run(assigned, progress, options.workers, options.force, scheduler)
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


def _command_report(options: argparse.Namespace) -> int:
    from leaderboard.pages.files.formats import chosen_formats
    from leaderboard.pages.terminal.selection import chosen_words

    formats, words = chosen_formats(options.format), chosen_words(options.show)

    from benchmark.process.paths import shown
    from benchmark.process.wrapping import say
    from benchmark.run_folder.run_plans import find_plan
    from leaderboard.pages.terminal.ending import ending, file_to_read, report_command
    from leaderboard.pages.terminal.screen import Around
    from leaderboard.report import write_board

    digest = find_plan(options.folders, options.plan)
    values = _sensitivity(options, digest)
    board, damaged, place = write_board(
        options.folders, formats, options.out, values, options.force, digest, options.figures
    )
    page = f"{shown(place)}/{file_to_read(formats)}"
    if options.sensitivity and "sensitivity" not in words:
        words = [*words, "sensitivity"]
    command = report_command([str(folder) for folder in options.folders], options.plan)
    around = Around(page, command, remark=f"board in {shown(place)}")
    print(ending(board, around, words, sys.stdout, os.environ), end="")
    for key, reason in damaged.items():
        say(f"not used: {key}: {reason}; the same `memorank run` computes it again", stream=sys.stderr)
    return 0


def _command_verify(options: argparse.Namespace) -> int:
    from leaderboard.verification import check_board
    from memorank.commands import command_verify

    return command_verify(options, check_board)


def _sensitivity(options: argparse.Namespace, digest: str | None) -> dict[str, Any] | None:
    """The values of every network under other settings, where they are asked for."""
    if not options.sensitivity:
        return None
    from benchmark.inspection.sensitivity import sensitivity_values
    from benchmark.process.progress import Shown

    found = (sensitivity_values(run, Shown(), digest) for run in options.folders)
    return {key: values for by_key in found for key, values in by_key.items()}


def _check_own_packages() -> None:
    """Refuse to go on where a folder or file of the user's would be imported in place of one of our packages."""
    own = Path(__file__).resolve().parents[1]
    for name in ("registry", "benchmark", "leaderboard"):
        found = importlib.util.find_spec(name)
        places = [
            Path(place).resolve()
            for place in ((found.submodule_search_locations or [found.origin or ""]) if found else [])
        ]
        if own / name not in places:
            intruder = places[0] if places else "nothing"
            raise ImportError(
                f"{name!r} resolves to {intruder}, not to memorank's own package; rename it or go elsewhere"
            )


def _end(number: int, frame: FrameType | None) -> None:
    """End this process, in which nothing has begun, by a signal's exit code."""
    os._exit(128 + number)


def main(argv: Sequence[str] | None = None) -> int:
    """The `memorank` command. Returns 0 done, 1 some cells failed, 2 usage, 130 interrupted, 143 terminated."""
    for number in (signal.SIGINT, signal.SIGTERM) if argv is None else ():  # else the process is the caller's
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)  # until those who put things in order are imported
    try:
        _check_own_packages()
    except ImportError as error:
        print(f"memorank: {error}", file=sys.stderr)
        return 2
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

        resume = f"; resume with: memorank {shlex.join(words)}"
        how_far = "".join(f": {note}" for note in getattr(stop, "__notes__", []))
        with steady():
            say("", f"memorank: stopped{how_far}{resume if 'run' in words[:2] else ''}", stream=sys.stderr)
            sys.stdout.flush()
        os._exit(128 + stop.number)  # a compiler stopped half-way can crash the interpreter's own way out
    if argv is None and (code or others_run()):
        leave(code)
    return code


def _include(options: argparse.Namespace) -> None:
    """Take in the files of --include; a line on stderr for each that declares nothing usable.

    Raises UserError for such a file where a plan is to run: a measure in it would be missing on the board.
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
    """The function of a command: it lives where what it needs lives, and here where it needs both numbers and pages."""
    if name in ("run", "report", "verify"):
        return {"run": _command_run, "report": _command_report, "verify": _command_verify}[name]
    package = "leaderboard" if name in ("status", "list", "describe") else "memorank"
    found: Callable[[argparse.Namespace], int] = getattr(
        importlib.import_module(f"{package}.commands"), f"command_{name}"
    )
    return found


def _body(options: argparse.Namespace) -> int:
    from benchmark.process.alone import alone
    from benchmark.process.surroundings import check_surroundings
    from registry import UserError
    from registry.isolation import kept_alive

    try:
        check_surroundings(os.environ)
        lock = nullcontext() if options.command in LOOKING else alone(f"memorank {options.command}")
        with lock, kept_alive():
            _include(options)
            return int(_command(options.command)(options))
    except UserError as error:
        if options.debug:
            raise
        from benchmark.process.wrapping import complain

        complain(error)
        return 2
