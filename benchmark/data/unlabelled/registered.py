"""The held-out examples of a registered data set, without their labels.

In: the name of a data set and the data folder. Out: `Texts` or `Numbers`.
"""

from pathlib import Path

import numpy as np

from benchmark.data.loading import load
from benchmark.data.unlabelled.numbers import numbers
from benchmark.data.unlabelled.sampling import chosen
from benchmark.data.unlabelled.tables import texts_in
from benchmark.data.unlabelled.types import Numbers, Texts
from registry import DATASETS, data_folder


def registered(name: str, root: Path | None, examples: int) -> Texts | Numbers:
    """Inputs that are held out.

    Args:
        name: Of the data set.
        root: The data folder, by default the one that `data_folder` says.
        examples: How many are read at most.

    Returns:
        Texts, vectors (S, N), or images (S, C, H, W), of which grey ones have one channel.

    Raises:
        DataError: A file is missing, and what fetches it; or the data set cannot be used.
    """
    inputs = load(name, root or data_folder()).held_out.inputs
    rows = chosen(len(inputs), examples)
    values = inputs[rows]

    def where(row: int) -> str:
        return f"data set {name!r}: held-out example {rows[row]} (from 0)"

    if inputs.dtype.kind == "T":
        return texts_in(name, values, len(inputs), where)
    if DATASETS[name].modality == "image" and values.ndim == 3:
        values = np.expand_dims(values, 1)
    return numbers(name, values, len(inputs), where)
