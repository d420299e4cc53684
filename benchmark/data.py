"""From the data folder to the splits of one cell.

In: an entry of the registry and the data folder. Out: loaded data, their fingerprint, and checked `Splits`.
"""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmark.metrics import METRICS
from registry import (
    DATASETS,
    FAMILIES,
    SUITES,
    Condition,
    Data,
    DataError,
    Dataset,
    Examples,
    Splits,
    TaskSuite,
    UnknownNameError,
    UserError,
    Weights,
    did_you_mean,
    folder_of,
)

HASHES_KEPT = 100_000  # of files, in a process: twice the reviews of IMDb


def fingerprint(stored: Dataset | Weights, root: Path) -> str:
    """SHA-256 of what identifies data or weights: name, version and the bytes of their files, wherever they lie.

    Raises DataError where a file is missing or is not the published one.
    """
    digest = hashlib.sha256(f"{stored.name} {stored.version}".encode())
    for name, published in _form(stored, root).items():
        for path in _files(stored, name, root):
            found = _file_hash(path, path.stat().st_mtime_ns)
            if published and found.hex() != published:
                raise DataError(
                    f"{path}: SHA-256 is {found.hex()}, published is {published}; run: memorank fetch {stored.name}"
                )
            if "*" in name:
                digest.update(path.name.encode())
            digest.update(found)
    return digest.hexdigest()


def _form(stored: Dataset | Weights, root: Path) -> Mapping[str, str | None]:
    """The files that count: those of the other published form, where all of them are there."""
    other = stored.or_files if isinstance(stored, Dataset) else {}
    folder = folder_of(stored, root)
    return other if other and all(next(folder.glob(name), None) for name in other) else stored.files


def _files(stored: Dataset | Weights, name: str, root: Path) -> list[Path]:
    """The file of that name, or all that fit the pattern. Raises DataError where there is none."""
    folder = folder_of(stored, root)
    paths = sorted(folder.glob(name)) if "*" in name else [path for path in [folder / name] if path.is_file()]
    if paths:
        return paths
    about = f"{stored.size}, licence: {stored.licence}"
    cure = f"run: memorank fetch {stored.name}" if stored.fetch else f"put it there: {stored.reference}"
    pickles = sorted(path.name for path in folder.glob("*.bin")) if isinstance(stored, Weights) else []
    if pickles and name.endswith(".safetensors"):
        cure = f"{pickles[0]} is a pickle, which is never read: convert it by save_pretrained(...) of transformers"
    what = "data set" if isinstance(stored, Dataset) else "pretrained weights"
    raise DataError(f"{what} {stored.name!r} is not complete: {folder / name} is missing; {cure} ({about})")


@lru_cache(maxsize=HASHES_KEPT)
def _file_hash(path: Path, changed: int) -> bytes:
    """SHA-256 of a file, computed once in a process as long as it was not changed since."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()


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
    """The splits of the network with this identity, cut where the plan says so. Raises DataError."""
    suite = SUITES[identity["suite"]]
    splits = make_splits(suite, load(identity["data"], root), identity["condition"], identity["seed"])
    held_out, limit = identity.get("held_out_examples"), identity.get("limit")
    most = {"train": identity.get("train_examples"), "evaluation": held_out, "in_distribution": held_out}
    return Splits(**{name: _some(vars(splits)[name], limit, own) for name, own in most.items()})


def _some(examples: Examples, *limits: int | None) -> Examples:
    """A seeded few of the examples, the same ones for every network; all where no limit is given."""
    count = min((limit for limit in limits if limit is not None), default=len(examples))
    if count >= len(examples):
        return examples
    order = np.random.default_rng(0).permutation(len(examples))
    if examples.groups is None:
        return examples.at(np.sort(order[:count]))
    chosen = _in_proportion(examples.labels[order], examples.groups[order], count)
    return examples.at(np.sort(order[chosen]))


def _in_proportion(labels: NDArray[np.int64], groups: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The first rows of each label and group, so many that each keeps its share: quotas by largest remainder."""
    cells = np.unique(np.column_stack([labels, groups]), axis=0, return_inverse=True)[1]
    shares = np.bincount(cells) * count / len(cells)
    quotas = np.floor(shares).astype(int)
    quotas[np.argsort(quotas - shares, kind="stable")[: count - quotas.sum()]] += 1
    return np.concatenate([np.flatnonzero(cells == cell)[:quota] for cell, quota in enumerate(quotas)])


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
    needing = [name for name in suite.metrics if name in METRICS and "groups" in METRICS[name].needs]
    if needing and splits.evaluation.groups is None:
        raise DataError(f"suite {suite.name!r}: {needing[0]} needs groups, which these data do not have")
    train = {_example_hash(splits.train, row) for row in range(len(splits.train))}
    for name, examples in (
        ("train", splits.train),
        ("evaluation", splits.evaluation),
        ("in_distribution", splits.in_distribution),
    ):
        where = f"suite {suite.name!r}, condition {condition}, {name}"
        if len(examples) == 0:
            raise DataError(f"{where}: no examples")
        if suite.modality == "text":
            _check_texts(examples, where)
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


def _check_texts(examples: Examples, where: str) -> None:
    if not isinstance(examples.inputs.dtype, np.dtypes.StringDType) or examples.inputs.ndim != 1:
        raise DataError(f"{where}: texts are inputs (S,) of numpy's StringDType, not {examples.inputs.dtype}")
    empty = next((row for row, text in enumerate(examples.inputs) if not text.strip()), None)
    if empty is not None:
        raise DataError(f"{where}, row {empty}: the text is empty")


def _example_hash(examples: Examples, row: int) -> bytes:
    return hashlib.sha256(np.ascontiguousarray(examples.inputs[row]).tobytes()).digest()


def fetch(name: str, root: Path) -> str:
    """Put a data set, or the pretrained weights of a family, into the data folder, unless they are there.

    Returns what was done. Raises DataError, or UnknownNameError.
    """
    stored = fetchable(name)
    if stored is None:
        return f"{name}: made when it is needed, nothing to fetch"
    folder = folder_of(stored, root)
    with suppress(DataError):
        fingerprint(stored, root)
        return f"{name}: already in {folder}"
    if stored.fetch is None:
        raise DataError(f"{name} cannot be fetched; put it into {folder}: {stored.reference}")
    stored.fetch(folder)
    return f"{name}: fetched into {folder} ({stored.size}, {stored.licence})"


def fetchable(name: str) -> Dataset | Weights | None:
    """The files behind the name of a data set or a family, None where there are none. Raises UnknownNameError."""
    if name in FAMILIES:
        return FAMILIES[name].weights
    if name not in DATASETS:
        raise UnknownNameError(f"unknown data set {name!r}{did_you_mean(name, {*DATASETS, *FAMILIES})}")
    dataset = DATASETS[name]
    return dataset if dataset.files else None
