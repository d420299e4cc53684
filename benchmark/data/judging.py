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
MOST_MOVED = 0.5  # if more of the inputs stand in another row of the other split, rows of one number say nothing
AT_ONCE = 64  # inputs whose bits are added up, so that no second copy of all is made


def numbered(data: Data) -> Data:
    """The data, with a number for each held-out example if these have none."""
    if data.held_out.ids is not None:
        return data
    return replace(data, held_out=replace(data.held_out, ids=np.arange(len(data.held_out), dtype=np.int64)))


def identified(splits: Splits, held_out: Examples) -> Splits:
    """The splits of a suite, with the numbers of their held-out examples if the suite has not passed them on.

    If both splits are as long as the held-out examples, and at most half of the inputs stand in another row of the
    other split, rows of the same number are the same example. Else equal inputs are.
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
    """The number of each input: that of the first equal one among all inputs seen so far, in `places`."""
    found = [places.setdefault(example_hash(examples, row), len(places)) for row in range(len(examples))]
    return np.array(found, dtype=np.int64)  # of no examples too


def example_hash(examples: Examples, row: int) -> bytes:
    """SHA-256 of one input, of which minus zero is zero."""
    inputs = np.ascontiguousarray(examples.inputs[row])
    return hashlib.sha256((inputs + 0.0 if inputs.dtype.kind == "f" else inputs).tobytes()).digest()


def first_shared(examples: Examples, train: Examples) -> int | None:
    """The first row whose input is in the training set too, None where there is none.

    Hashing every row of many images takes longer than making them: a sum says first which rows can be equal to any.
    """
    rows, known = np.arange(len(examples)), np.arange(len(train))
    if (
        examples.inputs.dtype == train.inputs.dtype == np.float32
        and examples.inputs.shape[1:] == train.inputs.shape[1:]
    ):
        own, sums = _sums(examples.inputs), _sums(train.inputs)
        rows, known = np.flatnonzero(np.isin(own, sums)), np.flatnonzero(np.isin(sums, own))
    hashes = {example_hash(train, row) for row in known.tolist()}
    return next((row for row in rows.tolist() if example_hash(examples, row) in hashes), None)


def _sums(inputs: NDArray[np.float32]) -> NDArray[np.uint32]:
    """A whole number for each input, the same for the same one: a weighted sum of its bits, of which -0 is 0."""
    flat = inputs.reshape(len(inputs), -1)
    weights = np.random.default_rng(0).integers(2**32, size=flat.shape[1], dtype=np.uint32) | np.uint32(1)
    blocks = (flat[start : start + AT_ONCE] for start in range(0, len(flat), AT_ONCE))
    return np.concatenate([np.ascontiguousarray(block + np.float32(0)).view(np.uint32) @ weights for block in blocks])


def judged_examples(splits: Splits) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Masks of the rows of evaluation that metrics are computed on, and of those in distribution for the yardstick.

    Metrics get a seeded half of the evaluation examples: half of those of each label and group, to within one, and all
    rows of one example together. The half depends on nothing but these examples. The yardstick gets every example in
    distribution that is not in this half. It can be left without any only if there are at most half as many examples
    in distribution as for evaluation.

    Args:
        splits: Their evaluation and in-distribution examples have ids (`identified`).

    Raises:
        ValueError: They have none.
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
