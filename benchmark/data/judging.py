"""Which held-out examples the metrics are computed on, and which the yardstick: no example serves both.

In: the splits of one network and the held-out examples of the data. Out: masks of the rows that are judged. Were the
same examples to serve both, held-out accuracy would be the metric itself wherever the two splits hold the same.
"""

import hashlib
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benchmark.record import JudgedContent
from registry import Data, Examples, Splits

Ids = NDArray[np.int64]
MOST_MOVED = 0.5  # of the inputs may stand in another row of the other split where rows of one number are one example


def numbered(data: Data) -> Data:
    """The data, with a number for each held-out example where they have none."""
    if data.held_out.ids is not None:
        return data
    return replace(data, held_out=replace(data.held_out, ids=np.arange(len(data.held_out), dtype=np.int64)))


def identified(splits: Splits, held_out: Examples) -> Splits:
    """The splits of a suite, with the numbers of their held-out examples where the suite has not passed them on.

    Rows of one number are then one example if both splits are as long as what is held out, and most inputs do not stand
    in another row there. Else equal inputs are one example.
    """
    evaluation, own = splits.evaluation, splits.in_distribution
    if evaluation.ids is not None and own.ids is not None:
        return splits
    places: dict[bytes, int] = {}
    found = [_places(examples, places) for examples in (evaluation, own)]
    if held_out.ids is not None and len(evaluation) == len(own) == len(held_out):
        moved = np.isin(found[1], found[0]) & (found[1] != found[0])
        if moved.mean() <= MOST_MOVED:
            found = [held_out.ids] * 2
    return replace(splits, evaluation=replace(evaluation, ids=found[0]), in_distribution=replace(own, ids=found[1]))


def _places(examples: Examples, places: dict[bytes, int]) -> Ids:
    """Where each input first came up among all that were looked at."""
    found = [places.setdefault(example_hash(examples, row), len(places)) for row in range(len(examples))]
    return np.array(found, dtype=np.int64)  # of no examples too


def example_hash(examples: Examples, row: int) -> bytes:
    """SHA-256 of one input, of which minus zero is zero."""
    inputs = np.ascontiguousarray(examples.inputs[row])
    return hashlib.sha256((inputs + 0.0 if inputs.dtype.kind == "f" else inputs).tobytes()).digest()


def judged_examples(splits: Splits) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Masks of the rows of evaluation that metrics are computed on, and of those in distribution for the yardstick.

    Metrics have a seeded half of the evaluation examples, of each label and group as many as not, to within one; all
    rows of one example together. It depends on nothing but these examples. The yardstick has every example in
    distribution that is not of this half: none only where it has at most half as many as evaluation.
    """
    half = _half(splits.evaluation)
    return np.isin(_ids(splits.evaluation), half), ~np.isin(_ids(splits.in_distribution), half)


def _half(evaluation: Examples) -> Ids:
    ids, first = np.unique(_ids(evaluation), return_index=True)
    labels = evaluation.labels[first]
    groups = np.zeros_like(labels) if evaluation.groups is None else evaluation.groups[first]
    drawn = np.random.default_rng(0).permutation(len(ids))
    by_kind = drawn[np.lexsort((groups[drawn], labels[drawn]))]  # stable: the order inside a kind stays drawn
    return np.asarray(ids[by_kind[::2]])


def _ids(examples: Examples) -> Ids:
    if examples.ids is None:
        raise ValueError("these examples have no ids")
    return examples.ids


def judged_as(data: str, evaluation: Examples, judged: NDArray[np.bool_]) -> JudgedContent:
    """How many evaluation examples metrics are computed on, and a digest of which ones.

    The digest is made from a text that says what the examples were made from, and from their numbers, labels and
    groups: it is the same for all networks that are judged on the same ones, on whichever machine.
    """
    digest = hashlib.sha256(data.encode())
    groups = np.full(len(evaluation), -1) if evaluation.groups is None else evaluation.groups
    for part in (_ids(evaluation), evaluation.labels, groups):
        digest.update(np.ascontiguousarray(part[judged], dtype="<i8").tobytes())
    return {"examples": int(judged.sum()), "digest": digest.hexdigest()}
