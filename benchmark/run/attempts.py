"""One attempt at a cell, whoever makes it: the bytes of the cell, or why the attempt failed.

In: a cell, a folder with its network, the data folder. Out: files as they are published, or a `Failed`. Nothing is
written.
"""

import importlib
import os
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from benchmark.identity import TrainIdentity
from benchmark.plan.reading import KeepWeights
from benchmark.plan.resolved import Cell
from benchmark.plan.sources import check_inputs
from benchmark.process import provenance
from benchmark.process.costs import costs
from benchmark.process.logs import NAME as LOG
from benchmark.process.logs import captured, tail
from benchmark.process.time_limit import TookTooLong, at_most
from benchmark.record import ScoreResult, TrainResult
from benchmark.run.beside import ALONE, Beside
from benchmark.run_folder import store
from registry.errors import RunError, bounded, in_words
from registry.foreign_text import printable

LONGEST_TRACEBACK = 100_000  # characters


@dataclass(frozen=True)
class Job:
    """A cell and what its plan says of it.

    `network` is the identity of its network (its own for a train cell), `threads` the number of threads, `seconds` the
    longest time that the cell may take, None for no limit, and `keep_weights` says whether its weights are kept.
    `beside` is what a score cell needs beside its own network's outputs.
    """

    cell: Cell
    network: TrainIdentity
    threads: int
    seconds: float | None
    keep_weights: KeepWeights = "auto"
    beside: Beside = ALONE


@dataclass(frozen=True)
class Failed:
    """A failed attempt: its cause in one line, the traceback, and the end of its log."""

    cause: str
    trace: str = ""
    log: str = ""


def prepare() -> None:
    """Import what computes, which takes seconds, before the first cell begins."""
    importlib.import_module("benchmark.run.compute")


def attempt(
    job: Job, run: Path, root: Path, keep: bool = True, also: TextIO | None = None
) -> dict[str, bytes] | Failed:
    """Compute a cell. An error in an entry's code, and a result that no record can hold, make it a `Failed`.

    Args:
        job: The cell.
        run: A folder where a score cell's network is published.
        root: The data folder.
        keep: Whether a training leaves a checkpoint in the folder, and goes on from one.
        also: Gets what the cell prints as it comes.

    Returns:
        The files of the cell with its record, sealed.

    Raises:
        RunError: The error would stop every other cell too, as a full disk does.
    """
    from benchmark.run.compute import compute  # imports torch: only where there is something to compute

    cell = job.cell
    started, begun = time.monotonic(), provenance.now()
    with captured(also) as log:
        try:
            with at_most(job.seconds), costs() as parts:
                result, files = compute(cell, run, root, job.threads, keep, job.keep_weights, job.beside)
            check_inputs(cell.identity, root)
            spent = {"started": begun, "seconds": time.monotonic() - started, **({"parts": parts} if parts else {})}
            made = store.sealed(cell.key, _record(job, result, spent), {**files, **_kept(log.getvalue())})
            store.check_sealed(made)
        except RunError:
            raise
        except (Exception, SystemExit, TookTooLong) as error:
            cause = printable(in_words(error))
            return Failed(cause, bounded(traceback.format_exc(), LONGEST_TRACEBACK), tail(log.getvalue()))
    return made


def _record(job: Job, result: TrainResult | ScoreResult, spent: Mapping[str, object]) -> dict[str, object]:
    """The content of the cell's record, without the checksums."""
    from benchmark.networks.training import device

    context = {"threads": job.threads, "device": str(device()), "process": os.getpid(), **provenance.environment()}
    about = {**context, **spent, "peak_memory": provenance.peak_memory(), **_origin(job)}
    return {"work": job.cell.work, "identity": job.cell.identity, **result, "provenance": about}


def _origin(job: Job) -> dict[str, object]:
    """The seed, the data and the files of the user's that a cell's numbers come from."""
    network = job.network
    data = {"seed": network["seed"], "data": network["data"], "data_fingerprint": network["data_fingerprint"]}
    return {**data, "sources": {**job.network.get("sources", {}), **job.cell.identity.get("sources", {})}}


def _kept(log: str) -> dict[str, bytes]:
    """The log as a file, none where the cell has printed nothing."""
    return {LOG: log.encode("utf-8", "backslashreplace")} if log else {}
