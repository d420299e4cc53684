"""What the sets of biographies share: the 28 occupations as classes, women as group 1, the published split."""

from collections.abc import Sequence

import numpy as np

from registry import Data
from registry.datasets._occupations import OCCUPATIONS
from registry.datasets._texts import Labelled, texts

CLASSES = tuple(occupation.name for occupation in OCCUPATIONS)
GENDERS = ("M", "F")  # as the records name groups 0 and 1
# 65 % of each occupation are to train on, 25 % held out. The 10 % between, published to stop training by, are left out:
# a stopping rule takes a tenth of what is trained on.
TRAIN, HELD_OUT = 0.65, 0.25


def split(biographies: Sequence[Labelled]) -> Data:
    """Biographies to train on and held out, in the published shares.

    Args:
        biographies: All of them. Those of each occupation are split by themselves, in a seeded order.

    Returns:
        Both parts, each in the order of `biographies`.

    Raises:
        DataError: A biography is empty.
    """
    generator = np.random.default_rng(0)
    labels = np.array([biography.label for biography in biographies])
    train: list[int] = []
    held_out: list[int] = []
    for occupation in range(len(CLASSES)):
        rows = generator.permutation(np.flatnonzero(labels == occupation))
        train += rows[: round(TRAIN * len(rows))].tolist()
        held_out += rows[len(rows) - round(HELD_OUT * len(rows)) :].tolist()
    return texts(*([biographies[row] for row in sorted(part)] for part in (train, held_out)))
