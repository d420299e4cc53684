"""From cells to records: a worker takes one cell after another until none is left.

In: a resolved plan and its run folder. Out: every cell published, or failed with its cause kept; a `Tally`.
"""

import os
import time
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from benchmark import data, interruption, provenance, store
from benchmark.cells import Cell, Resolved
from benchmark.estimator import NearestSettings
from benchmark.outputs import NotTrained
from benchmark.progress import Progress
from benchmark.shapes import DamagedCell
from registry import DataError


@dataclass
class Tally:
    """How a run ended: cells found done, computed now, and failed or diverged by key with the cause."""

    found: int = 0
    computed: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    diverged: list[str] = field(default_factory=list)


def find_published(cells: Iterable[Cell], run: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The outcome of each cell whose record and files can be trusted, and the reason for each where they cannot."""
    there = store.published(run)
    good, damaged = {}, {}
    for cell in cells:
        if cell.key in there:
            try:
                record = store.read_whole(run, cell.key)
                if record is None or record["identity"] != cell.identity:
                    raise DamagedCell("its identity is not that of this cell")
                good[cell.key] = str(record["outcome"])
            except DamagedCell as error:
                damaged[cell.key] = str(error)
    return good, damaged


def work(resolved: Resolved, run: Path, root: Path, progress: Progress) -> Tally:
    """Compute every cell of the plan that is not published; a failed cell is kept with its cause, the rest goes on."""
    store.sweep(run)
    good, damaged = find_published(resolved.cells, run)
    tally = Tally(found=len(good))
    for key, reason in damaged.items():
        aside = store.set_aside(run, key, reason)
        progress.say(f"{key}: {reason}; set aside in {aside}, will run again")
    pending = [cell for cell in resolved.cells if cell.key not in good]
    try:
        if pending:
            _compute_all(pending, resolved, run, root, progress, tally)
    except BaseException as stop:
        stop.add_note(f"{tally.found + tally.computed} of {len(resolved.cells)} cells done")
        raise
    diverged = {key for key, outcome in good.items() if outcome == "diverged"} | set(tally.diverged)
    tally.diverged = [cell.key for cell in resolved.cells if cell.key in diverged]
    return tally


def check_data(pending: Iterable[Cell], resolved: Resolved, root: Path) -> None:
    """Load the data of every entry with work to do, and make its splits once: what is wrong shows before training.

    Raises DataError.
    """
    mi = resolved.plan.estimator.mi
    needed = mi.k + 1 if isinstance(mi, NearestSettings) else 2
    first = {cell.entry: cell.identity for cell in reversed(list(pending)) if cell.work == "train"}
    for number, identity in first.items():
        suite = resolved.entries[number]["suite"]
        splits = data.splits_of(identity, root)
        fewest = min(len(splits.evaluation), len(splits.in_distribution))
        if fewest < needed:
            raise DataError(f"suite {suite!r} has {fewest} examples to measure on: the estimators need {needed}")


def _compute_all(
    pending: list[Cell], resolved: Resolved, run: Path, root: Path, progress: Progress, tally: Tally
) -> None:
    # torch costs seconds: only where there is something to compute
    from benchmark.compute import compute
    from benchmark.training import device

    check_data(pending, resolved, root)
    threads = resolved.plan.threads
    context = {"threads": threads, "device": str(device()), "process": os.getpid(), **provenance.environment()}
    with progress.over(len(pending)):
        for cell in pending:
            interruption.check()
            progress.begin(cell.key)
            started, begun = time.monotonic(), provenance.now()
            try:
                result, files = compute(cell, run, root, threads)
            except NotTrained as error:
                progress.say(f"{cell.key}: left out: {error}")
            except (
                Exception,
                SystemExit,
            ) as error:  # whatever a family, a suite or a measure does, the other cells go on
                tally.failed[cell.key] = f"{type(error).__name__}: {error}".replace("\n", " ")
                kept = store.record_failure(run, cell.key, tally.failed[cell.key], traceback.format_exc())
                progress.say(f"{cell.key}: failed: {tally.failed[cell.key]} (see {kept})")
            else:
                spent = {
                    "started": begun,
                    "seconds": time.monotonic() - started,
                    "peak_memory": provenance.peak_memory(),
                }
                record = {"work": cell.work, "identity": cell.identity, **result, "provenance": {**context, **spent}}
                store.publish(run, cell.key, record, files)
                tally.computed += 1
                tally.diverged += [cell.key] if result["outcome"] == "diverged" else []
            progress.end()
