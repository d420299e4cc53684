"""From the data folder to the splits of one cell.

In: an entry of the registry and the data folder. Out: loaded data, their fingerprint, and checked `Splits`.
"""

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from registry import DATASETS, SUITES, Condition, Data, DataError, Dataset, Examples, Splits, TaskSuite, UserError


def data_folder(given: str | Path | None = None) -> Path:
    """Where data sets lie: what is given, else MEMORANK_DATA, else the user's cache folder."""
    chosen = given or os.environ.get("MEMORANK_DATA")
    if chosen:
        try:
            return Path(chosen).expanduser()
        except RuntimeError as error:
            raise DataError(f"data folder {chosen}: {error}") from error
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "memorank"


def fingerprint(dataset: Dataset, root: Path) -> str:
    """SHA-256 of what identifies the data: name, version and the bytes of its files, wherever they lie.

    Raises DataError where a file is missing or is not the published one.
    """
    digest = hashlib.sha256(f"{dataset.name} {dataset.version}".encode())
    for name, published in dataset.files.items():
        path = root / dataset.name / name
        if not path.is_file():
            cure = f"run: memorank fetch {dataset.name}" if dataset.fetch else f"put it there: {dataset.reference}"
            raise DataError(f"data set {dataset.name!r} is not complete: {path} is missing; {cure}")
        found = hashlib.sha256(path.read_bytes())
        if published and found.hexdigest() != published:
            raise DataError(
                f"{path}: SHA-256 is {found.hexdigest()}, published is {published}; run: memorank fetch {dataset.name}"
            )
        digest.update(found.digest())
    return digest.hexdigest()


@lru_cache(maxsize=4)
def load(name: str, root: Path) -> Data:
    """A data set from the data folder, kept for the cells that follow. Raises DataError."""
    try:
        return DATASETS[name].load(root / name)
    except UserError:
        raise
    except (Exception, SystemExit) as error:  # a data set may be anybody's code
        raise DataError(f"data set {name!r}: {type(error).__name__}: {error}") from error


def splits_of(identity: Mapping[str, Any], root: Path) -> Splits:
    """The splits of the network with this identity, cut where the plan sets a limit. Raises DataError."""
    suite = SUITES[identity["suite"]]
    splits = make_splits(suite, load(identity["data"], root), identity["condition"], identity["seed"])
    limit = identity.get("limit")
    return splits if limit is None else Splits(*(_some(vars(splits)[field.name], limit) for field in fields(splits)))


def _some(examples: Examples, limit: int) -> Examples:
    """A seeded few of the examples, the same ones for every network."""
    rows = np.sort(np.random.default_rng(0).permutation(len(examples))[:limit])
    groups = None if examples.groups is None else examples.groups[rows]
    return Examples(examples.inputs[rows], examples.labels[rows], groups)


def make_splits(suite: TaskSuite, data: Data, condition: Condition, seed: int) -> Splits:
    """The splits of one network, checked: nothing empty, labels in range, nothing both trained and measured on.

    Raises DataError that names the split and the row.
    """
    try:
        splits = suite.make(data, condition, seed)
    except DataError:
        raise
    except (Exception, SystemExit) as error:  # a suite may be anybody's code
        raise DataError(f"suite {suite.name!r}, condition {condition}: {type(error).__name__}: {error}") from error
    train = {_example_hash(splits.train, row) for row in range(len(splits.train))}
    for name, examples in (
        ("train", splits.train),
        ("evaluation", splits.evaluation),
        ("in_distribution", splits.in_distribution),
    ):
        where = f"suite {suite.name!r}, condition {condition}, {name}"
        if len(examples) == 0:
            raise DataError(f"{where}: no examples")
        bad = np.flatnonzero((examples.labels < 0) | (examples.labels >= suite.num_classes))
        if len(bad):
            raise DataError(
                f"{where}, row {bad[0]}: label {examples.labels[bad[0]]} is not in 0 to {suite.num_classes - 1}"
            )
        if name != "train":
            shared = next((row for row in range(len(examples)) if _example_hash(examples, row) in train), None)
            if shared is not None:
                raise DataError(f"{where}, row {shared}: this example is in the training set too")
    return splits


def _example_hash(examples: Examples, row: int) -> bytes:
    return hashlib.sha256(np.ascontiguousarray(examples.inputs[row]).tobytes()).digest()


def fetch(name: str, root: Path) -> str:
    """Put a data set into the data folder, unless it is there; returns what was done. Raises DataError."""
    dataset = DATASETS[name]
    folder = root / name
    if dataset.origin == "generated":
        return f"{name}: generated when it is needed, nothing to fetch"
    with suppress(DataError):
        fingerprint(dataset, root)
        return f"{name}: already in {folder}"
    if dataset.fetch is None:
        raise DataError(f"{name} cannot be fetched; put it into {folder}: {dataset.reference}")
    dataset.fetch(folder)
    return f"{name}: fetched into {folder} ({dataset.size}, {dataset.licence})"
