"""The training set of anchors beside the examples that networks are read on: shared ones, and other scales.

In: both. Out: sentences for the ranking's warnings, none where nothing is odd.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from benchmark.data.fingerprints import file_hash
from benchmark.data.unlabelled.types import Numbers, Texts, Unlabelled

FACTOR = 3.0  # by which the spread of numbers differs, or their mean lies away in spreads: another scale


def beside(training: Unlabelled, probe: Unlabelled) -> list[str]:
    """What to mind about anchors that are trained on the one and read on the other.

    >>> beside(Texts("train.csv", ("good", "bad"), 2), Texts("new.csv", ("bad", "new"), 2))
    ['1 of the 2 examples of new.csv is in train.csv, on which the anchors were trained: there they know it by heart']
    """
    return [*_shared(training, probe), *_scales(training, probe)]


def _shared(training: Unlabelled, probe: Unlabelled) -> Iterator[str]:
    known = set(_marks(training))
    count = sum(mark in known for mark in _marks(probe))
    if count:
        are, them = ("is", "it") if count == 1 else ("are", "them")
        yield (
            f"{count:,} of the {len(probe):,} examples of {probe.source} {are} in {training.source}, on which the "
            f"anchors were trained: there they know {them} by heart"
        )


def _scales(training: Unlabelled, probe: Unlabelled) -> Iterator[str]:
    if not (isinstance(training, Numbers) and isinstance(probe, Numbers)):
        return
    (mean, spread), (other_mean, other_spread) = (_moments(data) for data in (training, probe))
    low, high = sorted((spread, other_spread))
    if high > FACTOR * low or abs(mean - other_mean) > FACTOR * high:
        yield (
            f"numbers of {training.source} have the mean {mean:.3g} and the spread {spread:.3g}, and those of "
            f"{probe.source} {other_mean:.3g} and {other_spread:.3g}: are they scaled alike? anchors read both as "
            "they are"
        )


def _moments(data: Numbers) -> tuple[float, float]:
    values = data.values.astype(np.float64)
    return float(values.mean()), float(values.std())


def _marks(data: Unlabelled) -> Iterable[bytes | str]:
    """What is equal for equal examples: the text, the numbers in float32, or the bytes of the file."""
    if isinstance(data, Texts):
        return data.texts
    if isinstance(data, Numbers):
        return (np.ascontiguousarray(row, np.float32).tobytes() for row in data.values)
    return map(file_hash, data.files)
