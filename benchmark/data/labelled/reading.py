"""Labelled data by their path, or by the name of a data set: the inputs as unlabelled data are read, and their labels.

In: what a user gives. Out: `Labelled`, or one line that says what is wrong and what to do. Both are read of the same
rows, as `chosen` draws the same ones for the same numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmark.data.labelled.types import Labelled, classes_in
from benchmark.data.loading import load
from benchmark.data.unlabelled.arrays import archive
from benchmark.data.unlabelled.delimited import delimited
from benchmark.data.unlabelled.folders import folder
from benchmark.data.unlabelled.json_lines import json_lines
from benchmark.data.unlabelled.numbers import numbers
from benchmark.data.unlabelled.parquet import parquet
from benchmark.data.unlabelled.reading import TABLES, unlabelled
from benchmark.data.unlabelled.sampling import chosen
from benchmark.data.unlabelled.tables import Table, content, is_label, named, texts_in
from benchmark.data.unlabelled.types import Numbers, Texts
from registry import DATASETS, DataError, UserError, data_folder, did_you_mean
from registry.errors import in_short

EXAMPLES = 2000  # as many as anchors are trained on
NAMES = ("label", "labels", "target", "y", "class")  # of what holds labels, where nobody says it


def labelled(
    source: str,
    label_column: str | None = None,
    text_column: str | None = None,
    root: Path | None = None,
    examples: int = EXAMPLES,
) -> Labelled:
    """Examples with labels; of more than so many, a sample that is the same every time.

    Args:
        source: An .npz file, a table, or a folder with a folder of images for each class, else the name of a data set,
            whose training part is read.
        label_column: The column, or the array, that holds the labels; by default the one that is named as labels are.
        text_column: The column of a table that holds the texts, where several do.
        root: The data folder, by default the one that `data_folder` says.
        examples: How many are read at most.

    Raises:
        UserError: There is nothing of that name, or no such column.
        DataError: The data cannot be read as they are, or have no labels: where, and what to do.
    """
    path = Path(source).expanduser()
    ending = Path(path.name.lower().removesuffix(".gz")).suffix
    if path.is_file() and ending in TABLES:
        return _table(source, path, ending, label_column, text_column, examples)
    if text_column is not None and (path.exists() or source in DATASETS):
        text_column = None  # it is that of the other data, which may be of another form
    if path.is_file() and ending == ".npz":
        return _archive(source, path, label_column, examples)
    if label_column is not None and (path.exists() or source in DATASETS):
        raise UserError(f"{source}: --label-column {label_column}: only tables and .npz files have names of labels")
    if path.is_dir():
        return _folder(source, path, examples)
    if source in DATASETS:
        return _registered(source, root, examples)
    unlabelled(source, text_column, root, 1)  # it knows what is wrong with every other file
    raise DataError(f"{source}: it has no labels: write both by np.savez('train.npz', inputs=..., labels=...)")


def label_name(source: str, names: Sequence[str], asked_for: str | None) -> str:
    """Which of these names is that of the labels.

    Raises:
        UserError: None is, or several may be, or the one that is asked for is not there.

    >>> label_name("a.csv", ["text", "Label", "label_text"], None)
    'Label'
    """
    if asked_for is not None:
        if asked_for not in names:
            raise UserError(f"{source}: there is no {asked_for!r} to read labels from{did_you_mean(asked_for, names)}")
        return asked_for
    exactly = [name for name in names if name.strip().casefold() in NAMES]
    found = exactly or [name for name in names if is_label(name)]
    if len(found) != 1:
        which = f"several may be the labels ({named(found)})" if found else f"no labels among {named(names)}"
        raise UserError(f"{source}: {which}: say which by --label-column")
    return found[0]


def _table(
    source: str, path: Path, ending: str, label_column: str | None, text_column: str | None, examples: int
) -> Labelled:
    """The labels are one column of the table; the others are read as those of an unlabelled one."""
    read = _reader(source, path, ending, examples)
    table = read(text_column)
    name = label_name(source, table.names, label_column)
    left = tuple(column for column in table.columns if column.name != name)
    if not left:
        raise DataError(f"{source}: no column is left to read beside the labels {name!r}")
    inputs = content(replace(table, columns=left), text_column)
    labels = read(name)
    columns = tuple(column.name for column in left) if isinstance(inputs, Numbers) else ()
    return Labelled(inputs, *classes_in(source, labels.columns[0].cells(), labels.where), columns)


def _reader(source: str, path: Path, ending: str, examples: int) -> Callable[[str | None], Table]:
    """What reads the table of a file: one column by its name, or all that hold no labels."""
    if ending == ".parquet":
        return lambda column: parquet(source, path, column, examples)
    if ending in (".jsonl", ".ndjson"):
        return lambda column: json_lines(source, path, column, examples)
    return lambda column: delimited(source, path, "," if ending == ".csv" else "\t", column, examples)


def _archive(source: str, path: Path, label_column: str | None, examples: int) -> Labelled:
    """The labels are an array (S,) beside that of the inputs."""
    inputs = archive(source, path, examples)
    name = label_name(source, inputs.left_out, label_column)
    try:
        with np.load(path, allow_pickle=False) as arrays:
            found = arrays[name]
    except Exception as error:  # numpy's reader raises whatever comes to it
        raise DataError(f"{source}: array {name!r} cannot be read ({in_short(error)})") from error
    if found.shape != (inputs.of,):
        raise DataError(f"{source}: {name!r} has the shape {found.shape}, and {inputs.of:,} inputs need one label each")
    rows = chosen(inputs.of, examples)
    return Labelled(inputs, *classes_in(source, found[rows].tolist(), lambda row: f"{source}: row {rows[row]}"))


def _folder(source: str, path: Path, examples: int) -> Labelled:
    """The class of a picture is the folder in the folder that it lies in."""
    pictures = folder(source, path, examples)
    below = [file.relative_to(path) for file in pictures.files]
    beside = next((file for file in below if len(file.parts) == 1), None)
    if beside is not None:
        raise DataError(f"{path}: {beside} lies in no folder of a class: a folder for each class has its images")
    return Labelled(pictures, *classes_in(source, [file.parts[0] for file in below], lambda row: str(below[row])))


def _registered(name: str, root: Path | None, examples: int) -> Labelled:
    """The training part of a data set."""
    train = load(name, root or data_folder()).train
    rows = chosen(len(train), examples)
    values = train.inputs[rows]

    def where(row: int) -> str:
        return f"data set {name!r}: training example {rows[row]} (from 0)"

    inputs: Numbers | Texts
    if train.inputs.dtype.kind == "T":
        inputs = texts_in(name, values, len(train), where)
    else:
        grey = DATASETS[name].modality == "image" and values.ndim == 3
        inputs = numbers(name, np.expand_dims(values, 1) if grey else values, len(train), where)
    return Labelled(inputs, *classes_in(name, train.labels[rows].tolist(), where))
