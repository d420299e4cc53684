"""Data sets and pretrained weights put into the data folder, unless they are there.

In: a name and the data folder. Out: files in it, and a sentence that says so.
"""

from contextlib import suppress
from pathlib import Path

from benchmark.data.fingerprints import fingerprint
from registry import DATASETS, FAMILIES, DataError, Dataset, UnknownNameError, Weights, did_you_mean, folder_of


def fetch(name: str, root: Path) -> str:
    """Put a data set, or the pretrained weights of a family, into the data folder, unless they are there.

    Args:
        name: Of a data set, or of a family with pretrained weights.
        root: The data folder.

    Returns:
        A sentence that says what was done.

    Raises:
        UnknownNameError: No data set and no family has this name.
        DataError: It cannot be fetched by a client, or fetching fails.
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
    """The data set or weights behind a name, None if they have no files. Raises UnknownNameError."""
    if name in FAMILIES:
        return FAMILIES[name].weights
    if name not in DATASETS:
        near = did_you_mean(name, {*DATASETS, *FAMILIES}, "memorank list datasets")
        raise UnknownNameError(f"unknown data set {name!r}{near}")
    dataset = DATASETS[name]
    return dataset if dataset.files else None
