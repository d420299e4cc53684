"""memorank: which networks memorize? The `memorank` command and the public Python names; everything else lies behind.

In Python: `memorank.run("toy")`, `memorank.load_board("runs/toy")`, `memorank.load_records("runs/toy")`,
`memorank.FAMILIES`, `memorank.information`, ...
"""

import importlib
import importlib.util
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmark import information, metrics
    from benchmark.estimator import Settings
    from benchmark.ranking.monitor import Monitor
    from benchmark.reading import AtHand, NotForThese, Reading
    from benchmark.statistics import agreement
    from benchmark.types import Activations, Measure, Metric, Outputs, Value
    from leaderboard.board import Board
    from leaderboard.cells import load_predictions, load_records
    from leaderboard.comparing import compare
    from leaderboard.comparison import Comparison
    from leaderboard.loading import load_board
    from leaderboard.ranking import Ranking
    from memorank.choosing import rank_models, rank_networks, read, score
    from memorank.exporting import load_network
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
        Transforms,
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
    "AtHand",
    "Board",
    "Comparison",
    "Condition",
    "Data",
    "DataError",
    "Dataset",
    "Examples",
    "Measure",
    "Metric",
    "ModelFamily",
    "Monitor",
    "NotForThese",
    "Outputs",
    "Paper",
    "Plane",
    "Ranking",
    "Reading",
    "Resources",
    "Settings",
    "Splits",
    "Tap",
    "TaskSuite",
    "Training",
    "Transforms",
    "UserError",
    "Value",
    "Weights",
    "agreement",
    "classifier_family",
    "compare",
    "encoder_family",
    "information",
    "load_board",
    "load_fine_tuned",
    "load_network",
    "load_predictions",
    "load_records",
    "main",
    "metrics",
    "rank_models",
    "rank_networks",
    "read",
    "run",
    "score",
    "vision_family",
]

_MODULES = {
    "information": "benchmark.information",
    "metrics": "benchmark.metrics",
    "agreement": "benchmark.statistics.agreement",
}
_ELSEWHERE = {
    "Board": "leaderboard.board",
    "Comparison": "leaderboard.comparison",
    "compare": "leaderboard.comparing",
    "load_board": "leaderboard.loading",
    "load_predictions": "leaderboard.cells",
    "load_records": "leaderboard.cells",
    "Monitor": "benchmark.ranking.monitor",
    "Ranking": "leaderboard.ranking",
    "Settings": "benchmark.estimator",
    "classifier_family": "registry.families._whole_classifiers",
    "encoder_family": "registry.families._encoders",
    "load_fine_tuned": "registry.families._fine_tuned",
    "load_network": "memorank.exporting",
    "vision_family": "registry.families._classifiers",
    **dict.fromkeys(("rank_models", "rank_networks", "read", "score"), "memorank.choosing"),
    **dict.fromkeys(("AtHand", "NotForThese", "Reading"), "benchmark.reading"),
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


def __dir__() -> list[str]:
    """The public names, also those that are not imported yet."""
    return sorted({*globals(), *__all__})


def run(
    plan: str,
    out: str | Path | None = None,
    data_dir: str | Path | None = None,
    overrides: str | Sequence[str] = (),
    include: str | Path | Sequence[str | Path] = (),
    force: bool = False,
    dask: str | Path | None = None,
    retrain: bool = False,
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
        dask: The address of a Dask scheduler, or its scheduler file, as for --dask: the workers of that cluster compute
            the cells. While it has none, the first one is waited for. By default this process computes them.
        retrain: Whether networks whose weights are gone are trained again, as for --retrain, where a measure needs a
            reading of the network itself.

    Returns:
        The board, its tables as DataFrames. A cell that fails is missing on it.

    Raises:
        UserError: A plan, a name, a file, data or a folder that cannot be used, or another run is at work in this
            process or with another plan in the folder; or Dask is not installed, or no scheduler answers. Nothing has
            been trained then. Or the scheduler has gone, or none of its workers can compute this plan; what is
            published by then stays, and the same call goes on with the rest.
    """
    _check_own_packages()
    from benchmark.plan.catalogue import forget_included, sources_of
    from benchmark.plan.catalogue import include as included
    from benchmark.process.alone import alone
    from benchmark.process.progress import Silent
    from benchmark.process.surroundings import check_surroundings
    from benchmark.run.assignment import assign
    from leaderboard.board import Board
    from memorank.boards import run_to_board
    from registry import UserError
    from registry.isolation import kept_alive

    check_surroundings(os.environ)
    scheduler = None
    if dask is not None:
        from benchmark.run.cluster.scheduler import address_of

        scheduler = address_of(str(dask))
    with alone(f"memorank.run({plan!r})"), kept_alive():
        sources = sources_of(include)
        forget_included()
        if problems := included(sources):
            raise UserError("; ".join(problems))
        assigned = assign(plan, out, data_dir, overrides, sources, retrain)
        return Board(run_to_board(assigned, Silent(), force=force, scheduler=scheduler)[0])


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
    """End this process with the exit code of a signal, before anything has begun."""
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
    from memorank.entrance import entered

    return entered(argv)
