"""Examples as arrays: those of a loaded data set, and those that one network is trained on and measured on.

In: what the code of an entry returns. Out: frozen types whose arrays have one form.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from registry.arrays import integers, plain_inputs, plain_texts, whole_numbers


@dataclass(frozen=True)
class Examples:
    """S labelled examples: inputs (S, ...), labels (S,) integers, groups (S,) integers where the data have them.

    Texts are inputs (S,) of numpy's StringDType. `names` (S,) of that type are the names of whom a text is about, with
    spaces between, where the data tell. `ids` (S,) say which example of the data each one was made from: those with
    one number were made from the same one. Lists, tensors and columns of a table become such arrays, whole numbers of
    any kind int64. Raises ValueError for what cannot.
    """

    inputs: NDArray[Any]
    labels: NDArray[np.int64]
    groups: NDArray[np.int64] | None = None
    names: NDArray[Any] | None = None
    ids: NDArray[np.int64] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "inputs", plain_inputs(self.inputs))
        plain = {"labels": whole_numbers, "groups": whole_numbers, "names": plain_texts, "ids": integers}
        for name, made in plain.items():
            if (given := getattr(self, name)) is not None:
                array = made(name, given)
                object.__setattr__(self, name, array)
                if array.shape != (len(self.inputs),):
                    raise ValueError(f"{name} have shape {array.shape} for {len(self.inputs)} inputs")

    def __len__(self) -> int:
        return len(self.inputs)

    def at(self, rows: NDArray[np.int64]) -> "Examples":
        """Some of them, in this order."""
        beside = (None if part is None else part[rows] for part in (self.groups, self.names, self.ids))
        return Examples(self.inputs[rows], self.labels[rows], *beside)


@dataclass(frozen=True)
class Data:
    """A loaded data set, exact duplicates dropped: examples to train on and examples held out."""

    train: Examples
    held_out: Examples


@dataclass(frozen=True)
class Splits:
    """What one network is trained on and measured on.

    `evaluation` depends on neither condition nor seed. `in_distribution` holds held-out examples drawn as the
    condition's own training set. Neither shares an example with `train`. With each other they may: metrics are computed
    on one half of the evaluation examples, and the yardstick on those in distribution that are not of this half.
    """

    train: Examples
    evaluation: Examples
    in_distribution: Examples
