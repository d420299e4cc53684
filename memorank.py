"""memorank: which networks memorize? The `memorank` command and the public Python names; everything else lies behind.

In Python: `memorank.run("toy")`, `memorank.load_records("runs/toy")`, `memorank.FAMILIES`, `memorank.information`, ...
"""

import argparse
import importlib
import importlib.util
import io
import os
import shlex
import sys
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmark import agreement, information, metrics
    from benchmark.progress import Progress
    from benchmark.records import load_records
    from registry import DATASETS, FAMILIES, SUITES, ModelFamily, Tap, TaskSuite

__all__ = [
    "DATASETS",
    "FAMILIES",
    "SUITES",
    "ModelFamily",
    "Tap",
    "TaskSuite",
    "agreement",
    "information",
    "load_records",
    "main",
    "metrics",
    "run",
]

_PUBLIC = {
    **dict.fromkeys(("FAMILIES", "SUITES", "DATASETS", "ModelFamily", "Tap", "TaskSuite"), "registry"),
    "load_records": "benchmark.records",
    **dict.fromkeys(("information", "metrics", "agreement"), "benchmark"),
}


def __getattr__(name: str) -> Any:
    """Public names are imported when they are first asked for, so that the command answers at once."""
    if name not in _PUBLIC:
        raise AttributeError(f"module 'memorank' has no attribute {name!r}")
    _check_own_packages()
    module = importlib.import_module(_PUBLIC[name])
    return importlib.import_module(f"benchmark.{name}") if _PUBLIC[name] == "benchmark" else getattr(module, name)


def run(
    plan: str, out: str | Path | None = None, data_dir: str | Path | None = None, overrides: Sequence[str] = ()
) -> dict[str, Any]:
    """Run a plan (a built-in name or a YAML path), or what is left of it, and return its board.

    The run folder is `out`, by default runs/<plan name>; `overrides` are "key=value" as for --set. Raises UserError
    (a plan, a name or data that cannot be used) before anything trains; a cell that fails is missing on the board.
    """
    _check_own_packages()
    from benchmark.progress import Silent

    return _run(plan, out, data_dir, overrides, Silent())[0]


def _run(
    plan: str, out: str | Path | None, data_dir: str | Path | None, overrides: Sequence[str], progress: "Progress"
) -> tuple[dict[str, Any], Any, Path]:
    resolved, folder, root = _resolve(plan, out, data_dir, overrides)

    from benchmark import provenance, store, workers
    from leaderboard.report import write_board

    store.write_json(folder / "plan.json", resolved.as_json())
    provenance.record_command(folder, sys.argv)
    tally = workers.work(resolved, folder, root, progress)
    board, _ = write_board(folder)
    return board, tally, folder


def _resolve(plan: str, out: str | Path | None, data_dir: str | Path | None, overrides: Sequence[str]) -> Any:
    from benchmark.cells import resolve
    from benchmark.data import data_folder
    from benchmark.plan import read_plan

    checked = read_plan(plan, overrides)
    root = data_folder(data_dir)
    return resolve(checked, root), Path(out or Path("runs") / checked.name), root


def _command_run(options: argparse.Namespace) -> int:
    from benchmark.progress import Shown

    board, tally, folder = _run(options.plan, options.out, options.data_dir, options.set, Shown())

    from leaderboard.formats import terminal

    print(terminal(board))
    nothing = "nothing to do; " if not tally.computed and not tally.failed else ""
    print(f"{nothing}{tally.found} cells were done, {tally.computed} computed now; board in {folder / 'board'}")
    for key, cause in tally.failed.items():
        print(f"failed: {key}: {cause}", file=sys.stderr)
    for key in tally.diverged:
        print(f"diverged: {key}: its loss is not finite; it is not ranked", file=sys.stderr)
    return 1 if tally.failed or tally.diverged else 0


def _command_plan(options: argparse.Namespace) -> int:
    from benchmark.outlook import outlook

    resolved, folder, _ = _resolve(options.plan, options.out, options.data_dir, options.set)
    print("\n".join([f"plan {resolved.plan.name} in {folder}", *outlook(resolved, folder)]))
    return 0


def _command_status(options: argparse.Namespace) -> int:
    from leaderboard.status import status

    print("\n".join(status(options.folder)))
    return 0


def _command_report(options: argparse.Namespace) -> int:
    from leaderboard.formats import FORMATS, terminal
    from leaderboard.report import write_board

    formats = options.format.split(",") if options.format else tuple(FORMATS)
    board, damaged = write_board(options.folder, formats, options.out)
    print(terminal(board))
    for key, reason in damaged.items():
        print(f"not used: {key}: {reason}; the same `memorank run` computes it again", file=sys.stderr)
    return 0


def _command_list(options: argparse.Namespace) -> int:
    from benchmark.measures import MEASURES
    from benchmark.metrics import METRICS
    from benchmark.plan import built_in_plans, plan_summary
    from registry import DATASETS, FAMILIES, SUITES, Registry, UnknownNameError, did_you_mean

    registries: dict[str, Registry[Any]] = {
        "families": FAMILIES,
        "suites": SUITES,
        "datasets": DATASETS,
        "measures": MEASURES,
        "metrics": METRICS,
    }
    kinds = {kind: {name: entries.summary(name) for name in entries} for kind, entries in registries.items()}
    kinds["plans"] = {name: plan_summary(name) for name in built_in_plans()}
    if options.kind and options.kind not in kinds:
        raise UnknownNameError(f"unknown kind {options.kind!r}{did_you_mean(options.kind, kinds)}")
    for kind in [options.kind] if options.kind else kinds:
        shown = {name: line for name, line in kinds[kind].items() if fnmatch(name, options.pattern)}
        print(f"{kind}:" + "".join(f"\n  {name:20} {line}" for name, line in shown.items()))
    return 0


def _command_fetch(options: argparse.Namespace) -> int:
    from benchmark.data import data_folder, fetch

    root = data_folder(options.data_dir)
    for name in options.datasets:
        print(fetch(name, root))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="memorank", description="Rank networks by how much they memorize, and say whether the ranking is real."
    )
    parser.add_argument("--debug", action="store_true", help="show tracebacks")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, body: Any, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(body=body)
        return added

    for name, body, text in (
        ("run", _command_run, "run a plan, or what is left of it, and print its board"),
        ("plan", _command_plan, "say what would run, what is done, and why; writes nothing"),
    ):
        added = command(name, body, text)
        added.add_argument("plan", help="a built-in plan (see: memorank list plans) or a YAML file")
        added.add_argument("--out", type=Path, help="the run folder (default: runs/<plan name>)")
        added.add_argument(
            "--set",
            action="append",
            default=[],
            metavar="KEY=VALUE",
            help="override one key of the plan, as in estimator.entropy.bins=50",
        )
        added.add_argument(
            "--data-dir", type=Path, help="where data sets lie (default: MEMORANK_DATA, else the user's cache)"
        )
    added = command("status", _command_status, "say how far a run folder is")
    added.add_argument("folder", type=Path)
    added = command("report", _command_report, "write the board of a run folder and print it")
    added.add_argument("folder", type=Path)
    added.add_argument("--format", help="comma-separated: md, csv, json (default: all)")
    added.add_argument("--out", type=Path, help="where to (default: the run folder's board/)")
    added = command("list", _command_list, "list what can be run")
    added.add_argument("kind", nargs="?", help="families, suites, datasets, measures, metrics or plans")
    added.add_argument("pattern", nargs="?", default="*", help="as in *-mnist")
    added = command("fetch", _command_fetch, "put data sets into the data folder")
    added.add_argument("datasets", nargs="+", metavar="DATASET")
    added.add_argument(
        "--data-dir", type=Path, help="where data sets lie (default: MEMORANK_DATA, else the user's cache)"
    )
    return parser


def _check_own_packages() -> None:
    """Refuse to go on where a folder or file of the user's would be imported in place of one of our packages."""
    own = Path(__file__).resolve().parent
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


def main(argv: Sequence[str] | None = None) -> int:
    """The `memorank` command. Returns 0 done, 1 some cells failed, 2 usage, 130 interrupted, 143 terminated."""
    try:
        _check_own_packages()
    except ImportError as error:
        print(f"memorank: {error}", file=sys.stderr)
        return 2
    from benchmark import interruption

    interruption.listen()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that knows no plus-minus sign still gets its board
    options = _parser().parse_args(argv)
    code = 0
    try:
        code = int(_body(options))
        sys.stdout.flush()
    except BrokenPipeError:  # who read has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        if options.debug:
            raise
        place = f"{error.filename}: " if error.filename else ""
        print(f"memorank: {place}{error.strerror or error}; nothing published is lost, run it again", file=sys.stderr)
        return 2
    except interruption.Stopped as stop:
        resume = f"; resume with: memorank {shlex.join(sys.argv[1:] if argv is None else argv)}"
        how_far = "".join(f": {note}" for note in getattr(stop, "__notes__", []))
        print(f"\nmemorank: stopped{how_far}{resume if options.command == 'run' else ''}", file=sys.stderr)
        sys.stdout.flush()
        os._exit(128 + stop.number)  # a compiler stopped half-way can crash the interpreter's own way out
    return code


def _body(options: argparse.Namespace) -> int:
    from registry import UserError

    try:
        return int(options.body(options))
    except UserError as error:
        if options.debug:
            raise
        print(f"memorank: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
