"""What cells cost on this machine, before any has run: a few steps of a training, one measurement of a few neurons.

In: a cell. Out: seconds of an epoch of its training, or of its scoring.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from math import comb
from pathlib import Path

import torch

from benchmark.data import splits as data
from benchmark.estimator import Settings
from benchmark.networks import activations, training
from benchmark.networks.building import family_in
from benchmark.networks.inputs import batches_of
from benchmark.plain.canonical import canonical
from benchmark.plan.resolved import Cell
from benchmark.run.compute import using_threads
from benchmark.run.trained import built
from benchmark.scoring.score import score
from benchmark.seeding import seeded
from benchmark.types import Activations, History, Outputs
from registry import Training, data_folder_is

STEPS = 20
NEURONS = 128  # of each tap


def epoch_seconds(network: Cell, root: Path, threads: int) -> float:
    """Measure a few steps of a training.

    Args:
        network: The train cell.
        root: The data folder.
        threads: How many threads torch may use.

    Returns:
        Seconds of a whole epoch.

    Raises:
        Exception: Whatever the code of the family or the suite raises.
    """
    setting = Training(**network.train_identity["training"])
    splits = data.splits_of(network.train_identity, root)
    with seeded(0, threads), data_folder_is(root):
        module, inputs, _ = built(network.train_identity, splits.train)
        labels = torch.from_numpy(splits.train.labels).to(inputs.device)
        few = min(len(labels), STEPS * setting.batch_size)
        rows = torch.randperm(len(labels))[:few].to(inputs.device)
        short = replace(setting, max_epochs=1, patience=0)
        epoch = _seconds(lambda: training.train(module, inputs[rows], labels[rows], short))
    return epoch / batches_of(few, setting.batch_size) * batches_of(len(labels), setting.batch_size)


def scoring_seconds(network: Cell, cell: Cell, root: Path, threads: int) -> float:
    """Measure the scoring of an untrained network on at most 128 neurons of each tap.

    Args:
        network: The train cell.
        cell: A score cell of it.
        root: The data folder.
        threads: How many threads may be used.

    Returns:
        Seconds of scoring all neurons: the time is scaled by the number of pairs within the taps.

    Raises:
        Exception: Whatever the code of the family, the suite or a measure raises.
    """
    examples = data.splits_of(network.train_identity, root).evaluation
    with seeded(0, threads), data_folder_is(root):
        module, inputs, _ = built(network.train_identity, examples)
        by_tap, logits = activations.read(module, family_in(network.train_identity).taps, inputs)
    few = {tap: matrix[:, :NEURONS] for tap, matrix in by_tap.items()}
    settings = Settings.model_validate_json(canonical(cell.score_identity["settings"]))
    names = list(cell.score_identity["measures"]), list(cell.score_identity["metrics"])
    pairs = sum(comb(matrix.shape[1], 2) for matrix in by_tap.values())
    measured = sum(comb(matrix.shape[1], 2) for matrix in few.values())

    def scored() -> None:
        fresh = Activations(few)  # what has been computed of one object is kept
        history = History(1, (1.0,), (1.0,), "max-epochs")
        outputs = Outputs(cell.train, fresh, logits, examples.labels, examples.groups, history)
        score({"evaluation": outputs, "in-distribution": outputs}, "evaluation", settings, *names)

    with using_threads(threads):
        return _seconds(scored) * max(1, pairs) / max(1, measured)


def _seconds(work: Callable[[], object]) -> float:
    """The seconds of the second call: the first one also loads and compiles."""
    work()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
