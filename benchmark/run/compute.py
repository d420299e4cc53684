"""What each kind of cell computes.

In: a cell, and for a score cell the published network. Out: the cell's result and files, not yet on disk.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numba
from threadpoolctl import threadpool_limits

from benchmark.data import splits as data
from benchmark.data.judging import judged_as, judged_examples
from benchmark.identity import TrainIdentity
from benchmark.networks import training
from benchmark.networks.building import family_in
from benchmark.networks.checkpoints import Checkpoint
from benchmark.networks.inputs import as_inputs
from benchmark.networks.plane import plane_reading
from benchmark.plain.canonical import canonical
from benchmark.plan.reading import KeepWeights
from benchmark.plan.resolved import Cell
from benchmark.plan.sources import other_entries
from benchmark.record import HistoryContent, ScoreResult, TrainResult
from benchmark.run.beside import ALONE, Beside, made_by
from benchmark.run.kept_weights import facts_of, weights_file
from benchmark.run.network_outputs import outputs_on, reader_of
from benchmark.run.scored import score_cell
from benchmark.run.trained import random_labels, seed_of, trained
from benchmark.run_folder import outputs
from benchmark.seeding import seeded
from benchmark.types import History
from registry import DATASETS, SUITES, Training, data_folder_is
from registry.core import served
from registry.isolation import contained
from registry.opened import opened
from registry.sources import unaccounted

LOG = logging.getLogger(__name__)
Result = tuple[TrainResult | ScoreResult, dict[str, bytes]]
_Part = Literal["suite", "suite_version", "data", "data_fingerprint"]
_MADE_FROM: tuple[_Part, ...] = ("suite", "suite_version", "data", "data_fingerprint")


def compute(
    cell: Cell,
    run: Path,
    root: Path,
    threads: int,
    keep: bool = True,
    keep_weights: KeepWeights = "none",
    beside: Beside = ALONE,
) -> Result:
    """Compute one cell.

    Args:
        cell: A train cell, or a score cell whose network is published.
        run: The run folder.
        root: The data folder.
        threads: How many threads the cell may use.
        keep: Whether training continues from a checkpoint in the run folder, and writes new ones.
        keep_weights: Of which networks the weights are among the files.
        beside: What a score cell needs beside its own network's outputs.

    Returns:
        The result, which becomes part of the record, and the files of the cell by name.

    Raises:
        ImportError: The cell has run code that its key does not name.
        Exception: Whatever the code of an entry raises.
    """
    with using_threads(threads), data_folder_is(root), opened() as found, served() as asked, contained() as changed:
        result: Result
        if cell.work == "score":
            result = score_cell(cell, run, root, threads, beside)
        else:
            result = train_cell(cell, root, threads, Checkpoint(run, cell.key) if keep else None, keep_weights)
    if changed:
        LOG.warning("its code changed %s of the whole process; put back as it was", " and ".join(changed))
    if others := other_entries(cell.identity, asked, made_by(cell, run)):
        raise ImportError(
            f"it looks up the {others[0]}, which another file declares, so that its key does not hold it: import what "
            "it needs from that file by an import statement"
        )
    if unknown := unaccounted(found):
        raise ImportError(
            f"it runs the code of {unknown[0]}, which is neither installed nor seen in the text of the file that is "
            "included, so that its key does not hold it: import it by an import statement"
        )
    return result


@contextmanager
def using_threads(threads: int) -> Iterator[None]:
    """Limit the estimators and numpy's linear algebra to so many threads inside the block; `seeded` sets torch's."""
    before = numba.get_num_threads()
    numba.set_num_threads(min(threads, numba.config.NUMBA_NUM_THREADS))
    try:
        with threadpool_limits(threads, "blas"):
            yield
    finally:
        numba.set_num_threads(before)


def train_cell(
    cell: Cell, root: Path, threads: int, checkpoint: Checkpoint | None = None, keep_weights: KeepWeights = "none"
) -> Result:
    """Train one network and read its outputs on every kind of inputs.

    Args:
        cell: The train cell. That of an anchor is trained on the same inputs with labels at random.
        root: The data folder.
        threads: How many threads torch may use.
        checkpoint: Where training continues from and is kept meanwhile; None to start anew.
        keep_weights: Whether the file of its weights is made too.

    Returns:
        The result, the file of the outputs and that of the weights; no file where the training diverged.
    """
    identity = cell.train_identity
    suite, family = SUITES[identity["suite"]], family_in(identity)
    splits = data.splits_of(identity, root)
    evaluated = splits.evaluation, judged_examples(splits)[0]
    if cell.anchor:
        splits = replace(splits, train=random_labels(splits.train, suite.num_classes, seed_of(identity)))
    with seeded(seed_of(identity), threads):
        made = trained(identity, splits.train, checkpoint)
        network, history, device = made.network, made.history, made.examples[0].device
        result: TrainResult = {
            "outcome": "diverged" if history.stopped == "diverged" else "done",
            "history": _history(history),
            "taps": [tap.module_path for tap in family.taps],
            "precision": made.numbers,
            "judged": judged_as(_made_from(identity), *evaluated),
        }
        if history.stopped == "diverged":
            return result, {}
        result["training_accuracy"] = training.accuracy(
            network, *made.examples, Training(**identity["training"]), made.at
        )
        reader = reader_of(network, identity, made.numbers)
        given = outputs_on(reader, cell.key, identity, made.shape, splits, root, history)
        if suite.plane and not cell.anchor:
            result["plane"] = plane_reading(
                suite.plane, lambda grid: reader(as_inputs(family, grid, suite.input_shape, device))[0]
            )
        facts = facts_of(cell.key, identity, seed_of(identity), made.built_for, made.shape)
        kept = weights_file(network, facts, keep_weights)
    return result, {outputs.FILE: outputs.pack(given), **kept}


def _history(history: History) -> HistoryContent:
    return {
        "steps": history.steps,
        "losses": list(history.losses),
        "weight_norms": list(history.weight_norms),
        "stopped": history.stopped,
    }


def _made_from(identity: TrainIdentity) -> str:
    """All that evaluation examples are made from, as a text."""
    said = {name: identity[name] for name in _MADE_FROM}
    made_by = ((SUITES, identity["suite"]), (DATASETS, identity["data"]))
    code = [identity.get("sources", {}).get(f"{registry.kind} {name}") for registry, name in made_by]
    return canonical([said, code])
