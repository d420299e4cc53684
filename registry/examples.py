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
    """S labelled examples.

    Lists, tensors and columns of a table become arrays of numpy, and whole numbers of any kind int64.

    Attributes:
        inputs: (S, ...). Texts are (S,) of numpy's StringDType.
        labels: (S,) integers.
        groups: (S,) integers, if the data have groups.
        names: (S,) texts: the names of those whom each text is about, with spaces between, if the data tell them.
        ids: (S,) integers: which example of the data each one was made from. Those of one number were made from the
            same one.

    Raises:
        ValueError: Something cannot become such an array, or has not S entries.

    >>> examples = Examples([[0.0, 1.0], [2.0, 3.0]], [0, 1])
    >>> len(examples), examples.at(np.array([1])).inputs.tolist()
    (2, [[2.0, 3.0]])
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
        """Some of the examples, in the order of the rows, with all that belongs to each.

        Args:
            rows: (R,) rows from 0 on. One may stand there several times.

        Returns:
            R examples.
        """
        beside = (None if part is None else part[rows] for part in (self.groups, self.names, self.ids))
        return Examples(self.inputs[rows], self.labels[rows], *beside)


@dataclass(frozen=True)
class Data:
    """A loaded data set without exact duplicates: examples to train on, and examples held out."""

    train: Examples
    held_out: Examples


@dataclass(frozen=True)
class Splits:
    """What one network is trained on and measured on.

    Attributes:
        train: What the network is trained on.
        evaluation: Held-out examples, which depend on neither condition nor seed. They share none with `train`.
        in_distribution: Held-out examples drawn as the condition's own training set. They share none with `train`. With
            `evaluation` they may: metrics are computed on one half of the evaluation examples, and the yardstick on
            those in distribution that are not of this half.
    """

    train: Examples
    evaluation: Examples
    in_distribution: Examples
