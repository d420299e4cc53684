"""Data sets from the data folder, loaded as their files and their code are now.

In: the name of a data set and the data folder. Out: checked `Data`, kept for the cells that follow.
"""

import os
from pathlib import Path

from benchmark.data.fingerprints import changed_input, check_unchanged, files_of, fingerprint, form_of
from benchmark.plain.keeping import kept
from registry import DATASETS, Data, DataError, Dataset, Examples, UserError, folder_of
from registry.errors import in_words
from registry.opened import CODE, opened


def load(name: str, root: Path, expected: str | None = None) -> Data:
    """A data set from the data folder, as its files and its code are now, kept for the cells that follow.

    Args:
        name: Of the data set.
        root: The data folder.
        expected: The fingerprint that the files must have, None for any.

    Raises:
        DataError: A file is missing, or the data set's code fails or reads a file that it does not declare.
        ChangedInput: A file changes meanwhile, or the fingerprint is not the expected one.
    """
    found = fingerprint(DATASETS[name], root)
    if expected not in (None, found):
        raise changed_input(DATASETS[name], root)
    return _loaded(name, root, found, DATASETS.content_hash(name))


@kept(most=4)
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


def checked_data(dataset: Dataset, loaded: object) -> Data:
    """What a data set has loaded. Raises DataError if that is no `Data`."""
    if not isinstance(loaded, Data) or not all(isinstance(part, Examples) for part in (loaded.train, loaded.held_out)):
        raise DataError(
            f"data set {dataset.name!r}: load returns {type(loaded).__name__}, not Data(train=Examples(...), "
            "held_out=Examples(...))"
        )
    return loaded


def _check_declared(dataset: Dataset, root: Path, found: set[str]) -> None:
    """Raises DataError if a data set has read a file of its folder that its fingerprint does not cover."""
    folder = folder_of(dataset, root).resolve()
    files = (file for name in form_of(dataset, root) for file in files_of(dataset, name, root))
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
