"""From the data folder to the splits of one cell.

In: an entry of the registry and the data folder. Out: loaded data, their fingerprint, and checked `Splits`.
"""

import hashlib
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmark.data.judging import example_hash, identified, numbered
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
from registry.arrays import float_inputs
from registry.errors import RunError, in_words
from registry.folders import why_no_file
from registry.opened import CODE, opened
from registry.regular_files import open_regular

FEWEST = 2  # training examples: batch normalization cannot train on one
HASHES_KEPT = 100_000  # of files, in a process: twice the reviews of IMDb
NO_FILE = b"no file"  # in place of a hash, of what fits a pattern and cannot be read: its data set names it, or not
SETTLED = 2.0  # seconds after which a file that is saved anew has another time, on every file system


class MissingFile(DataError):
    """A file that is not there; `cure` is the command that brings it, or what to do by hand."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message)
        self.cure = cure


class ChangedInput(RunError):
    """A file that is no longer what a cell's key says."""


def fingerprint(stored: Dataset | Weights, root: Path) -> str:
    """SHA-256 of what identifies data or weights: name, version and the bytes of their files, wherever they lie.

    Raises DataError where a file is missing or is not the published one.
    """
    digest = hashlib.sha256(f"{stored.name} {stored.version}".encode())
    for name, published in _form(stored, root).items():
        for path in _files(stored, name, root):
            found = NO_FILE if "*" in name and why_no_file(path) else file_hash(path)
            if published and found.hex() != published:
                raise DataError(
                    f"{path}: SHA-256 is {found.hex()}, published is {published}; run: memorank fetch {stored.name}"
                )
            if "*" in name:
                digest.update(path.name.encode(errors="surrogateescape"))  # a name may be no text
            digest.update(found)
    for name in stored.extra if isinstance(stored, Weights) else ():
        if (path := folder_of(stored, root) / name).is_file():
            digest.update(name.encode() + file_hash(path))
    return digest.hexdigest()


def check_unchanged(stored: Dataset | Weights, root: Path, expected: str) -> None:
    """Raises ChangedInput where the files are no longer those of a fingerprint."""
    if fingerprint(stored, root) != expected:
        raise _changed(stored, root)


def _changed(stored: Dataset | Weights, root: Path) -> ChangedInput:
    place = folder_of(stored, root)
    return ChangedInput(f"{stored.name!r} in {place} has changed since this command began: start it again")


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
    command = f"memorank fetch {stored.name}" if stored.fetch else f"put it into {folder}: {stored.reference}"
    pickles = sorted(path.name for path in folder.glob("*.bin")) if isinstance(stored, Weights) else []
    if pickles and name.endswith(".safetensors"):
        cure = f"{pickles[0]} is a pickle, which is never read: convert it by save_pretrained(...) of transformers"
        command = cure
    what = "data set" if isinstance(stored, Dataset) else "pretrained weights"
    message = f"{what} {stored.name!r} is not complete: {folder / name} is missing; {cure} ({about})"
    raise MissingFile(message, command)


def file_hash(path: Path) -> bytes:
    """SHA-256 of a file, computed once in a process as long as nobody has written to it since."""
    found = path.stat()
    if time.time() - max(found.st_mtime, found.st_ctime) < SETTLED:
        return _hashed(path)
    return _kept_hash(path, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


@lru_cache(maxsize=HASHES_KEPT)
def _kept_hash(path: Path, *state: int) -> bytes:
    """The hash of a file in this state; its change time moves with every write, whatever else is put back."""
    return _hashed(path)


def _hashed(path: Path) -> bytes:
    with os.fdopen(open_regular(path), "rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()


def load(name: str, root: Path, expected: str | None = None) -> Data:
    """A data set from the data folder, as its files and its code are now, kept for the cells that follow.

    Raises DataError, ChangedInput where a file changes meanwhile, or where the fingerprint is not what is expected.
    """
    found = fingerprint(DATASETS[name], root)
    if expected not in (None, found):
        raise _changed(DATASETS[name], root)
    return _loaded(name, root, found, DATASETS.content_hash(name))


@lru_cache(maxsize=4)
def _loaded(name: str, root: Path, expected: str, code: str | None) -> Data:
    """The data with this fingerprint, loaded by this code."""
    dataset = DATASETS[name]
    try:
        with opened() as found:
            loaded = dataset.load(root / name)
    except UserError:
        raise
    except (Exception, SystemExit) as error:  # a data set may be anybody's code
        raise DataError(f"data set {name!r}: {in_words(error)}") from error
    check_unchanged(dataset, root, expected)
    _check_declared(dataset, root, found)
    return checked_data(dataset, loaded)


def checked_data(dataset: Dataset, loaded: Any) -> Data:
    """What a data set has loaded. Raises DataError where that is no `Data`."""
    if not isinstance(loaded, Data) or not all(isinstance(part, Examples) for part in (loaded.train, loaded.held_out)):
        raise DataError(
            f"data set {dataset.name!r}: load returns {type(loaded).__name__}, not Data(train=Examples(...), "
            "held_out=Examples(...))"
        )
    return loaded


def _check_declared(dataset: Dataset, root: Path, found: set[str]) -> None:
    """Raises DataError where a data set has read a file of its folder that no fingerprint holds."""
    folder = folder_of(dataset, root).resolve()
    files = (file for name in _form(dataset, root) for file in _files(dataset, name, root))
    declared = {Path(os.path.realpath(file)) for file in files}  # also of a link to itself
    source = DATASETS.check(dataset.name).source
    folders = [folder, *([source.file.parent.resolve()] if source else [])]
    for file in sorted(Path(name) for name in found):
        inside = [file.relative_to(one) for one in folders if file.is_relative_to(one)]
        hidden = any(part.startswith(".") for path in inside for part in path.parts)
        if inside and file not in declared and file.suffix not in CODE and not hidden:
            raise DataError(
                f"data set {dataset.name!r} reads {inside[0]}, which its files={{...}} does not name: put it into "
                f"{folder_of(dataset, root)} and name it there, so that its content is part of the keys"
            )


def splits_of(identity: Mapping[str, Any], root: Path) -> Splits:
    """The splits of the network with this identity, cut where the plan says so.

    Raises DataError, ChangedInput where the data are no longer those that the identity names.
    """
    suite = SUITES[identity["suite"]]
    data = load(identity["data"], root, identity["data_fingerprint"])
    splits = make_splits(suite, data, identity["condition"], identity["seed"])
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


def _is_outside(suite: TaskSuite) -> bool:
    """Whether it is anybody's code, which may change what it is given; the data are those of other suites too."""
    return suite.name not in SUITES or SUITES.check(suite.name).outside


def make_splits(suite: TaskSuite, data: Data, condition: Condition, seed: int) -> Splits:
    """The splits of one network, checked: nothing empty, labels in range, nothing both trained and measured on.

    Evaluation and in-distribution examples have ids, which say where both were made from one example of the data.

    Raises DataError that names the split and the row.
    """
    try:
        given = numbered(deepcopy(data) if _is_outside(suite) else data)
        splits = identified(_as_read(suite.make(given, condition, seed), suite), given.held_out)
    except DataError:
        raise
    except (Exception, SystemExit) as error:  # a suite may be anybody's code
        raise DataError(f"suite {suite.name!r}, condition {condition}: {in_words(error)}") from error
    needing = [name for name in suite.metrics if name in METRICS and "groups" in METRICS[name].needs]
    if needing and splits.evaluation.groups is None:
        raise DataError(f"suite {suite.name!r}: {needing[0]} needs groups, which these data do not have")
    train = {example_hash(splits.train, row) for row in range(len(splits.train))}
    for name, examples in (
        ("train", splits.train),
        ("evaluation", splits.evaluation),
        ("in_distribution", splits.in_distribution),
    ):
        where = f"suite {suite.name!r}, condition {condition}, {name}"
        if len(examples) == 0:
            raise DataError(f"{where}: no examples")
        if name == "train" and len(examples) < FEWEST:
            raise DataError(f"{where}: one example: a network is trained on {FEWEST} or more")
        if suite.modality == "text":
            _check_texts(examples, where)
        bad = np.flatnonzero((examples.labels < 0) | (examples.labels >= suite.num_classes))
        if len(bad):
            raise DataError(
                f"{where}, row {bad[0]}: label {examples.labels[bad[0]]} is not in 0 to {suite.num_classes - 1}"
            )
        if name != "train":
            shared = next((row for row in range(len(examples)) if example_hash(examples, row) in train), None)
            if shared is not None:
                raise DataError(f"{where}, row {shared}: this example is in the training set too")
    return splits


def _as_read(made: Any, suite: TaskSuite) -> Splits:
    """The splits with inputs as networks read them: numbers in float32, whatever a suite computes in."""
    if not isinstance(made, Splits):
        raise TypeError(f"make returns {type(made).__name__}, not Splits")
    parts = {}
    for name, examples in vars(made).items():
        if not isinstance(examples, Examples):
            raise TypeError(f"{name} is a {type(examples).__name__}, not Examples")
        try:
            inputs = examples.inputs if suite.modality == "text" else float_inputs(examples.inputs)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from error
        parts[name] = examples if inputs is examples.inputs else replace(examples, inputs=inputs)
    return Splits(**parts)


def _check_texts(examples: Examples, where: str) -> None:
    if not isinstance(examples.inputs.dtype, np.dtypes.StringDType) or examples.inputs.ndim != 1:
        raise DataError(f"{where}: texts are inputs (S,) of numpy's StringDType, not {examples.inputs.dtype}")
    empty = next((row for row, text in enumerate(examples.inputs) if not text.strip()), None)
    if empty is not None:
        raise DataError(f"{where}, row {empty}: the text is empty")


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
        near = did_you_mean(name, {*DATASETS, *FAMILIES}, "memorank list datasets")
        raise UnknownNameError(f"unknown data set {name!r}{near}")
    dataset = DATASETS[name]
    return dataset if dataset.files else None
