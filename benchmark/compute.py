"""What each kind of cell computes.

In: a cell, and for a score cell the published network. Out: the cell's result and files, not yet on disk.
"""

import hashlib
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numba
import numpy as np
import torch
from torch import nn

from benchmark import activations, data, outputs, store, training
from benchmark.cells import Cell, canonical
from benchmark.estimator import Inputs, Settings
from benchmark.scoring import score
from benchmark.types import Activations, History, Outputs
from registry import FAMILIES, SUITES, Examples, ModelFamily, Splits, Training

Result = tuple[dict[str, Any], dict[str, bytes]]


class NotTrained(ValueError):
    """A score cell whose network diverged."""


def compute(cell: Cell, run: Path, root: Path, threads: int) -> Result:
    """The record's own part and the files of a cell. Raises whatever goes wrong, in words where it can."""
    numba.set_num_threads(min(threads, numba.config.NUMBA_NUM_THREADS))
    return train_cell(cell, root, threads) if cell.work == "train" else score_cell(cell, run)


def train_cell(cell: Cell, root: Path, threads: int) -> Result:
    """Train one network and read it on both kinds of inputs. One that diverges has no files."""
    identity = cell.identity
    suite, family = SUITES[identity["suite"]], FAMILIES[identity["family"]]
    splits = data.splits_of(identity, root)
    with training.seeded(_seed(identity), threads):
        inputs = training.as_tensor(family, splits.train)
        labels = torch.from_numpy(splits.train.labels).to(inputs.device)
        network = family.build(tuple(inputs.shape[1:]), suite.num_classes).to(inputs.device)
        history = training.train(network, inputs, labels, Training(**identity["training"]))
        result: dict[str, Any] = {"history": asdict(history), "taps": [tap.module_path for tap in family.taps]}
        if history.stopped == "diverged":
            return {**result, "outcome": "diverged"}, {}
        predicted = activations.read(network, (), inputs)[1].argmax(axis=1)
        result["training_accuracy"] = float((predicted == splits.train.labels).mean())
        given = _read_splits(network, cell.key, family, splits, history)
    return {**result, "outcome": "done"}, {outputs.FILE: outputs.pack(given)}


def score_cell(cell: Cell, run: Path) -> Result:
    """Measure a published network on one kind of inputs; its metrics are always those of the evaluation examples."""
    given = _published_outputs(run, cell.train)
    settings = Settings.model_validate_json(canonical(cell.identity["settings"]))
    measured = given[cell.identity["inputs"]]
    names = list(cell.identity["measures"]), list(cell.identity["metrics"])
    return {**score(measured, given["evaluation"], settings, *names), "outcome": "done"}, {}


def _read_splits(
    network: nn.Module, key: str, family: ModelFamily, splits: Splits, history: History
) -> dict[Inputs, Outputs]:
    """Outputs on both kinds of inputs; the network runs once where both are the same examples."""

    def read(examples: Examples) -> Outputs:
        by_tap, logits = activations.read(network, family.taps, training.as_tensor(family, examples))
        return Outputs(key, Activations(by_tap), logits, examples.labels, examples.groups, history)

    evaluation, own = read(splits.evaluation), splits.in_distribution
    if np.array_equal(splits.evaluation.inputs, own.inputs):
        return {"evaluation": evaluation, "in-distribution": replace(evaluation, labels=own.labels, groups=own.groups)}
    return {"evaluation": evaluation, "in-distribution": read(own)}


@lru_cache(maxsize=1)
def _published_outputs(run: Path, key: str) -> dict[Inputs, Outputs]:
    record = store.read_record(run, key)
    if record is None:
        raise NotTrained(f"its network {key} is not there")
    if record["outcome"] == "diverged":
        raise NotTrained(f"its network {key} diverged")
    history = record["history"]
    history = History(history["steps"], tuple(history["losses"]), tuple(history["weight_norms"]), history["stopped"])
    return outputs.unpack(store.read_file(run, record, outputs.FILE), key, record["taps"], history)


def _seed(identity: dict[str, Any]) -> int:
    """Seeds come from what identifies the network, so each has its own and none depends on who trains it."""
    return int.from_bytes(hashlib.sha256(canonical(identity).encode()).digest()[:7], "big")
