"""Long words: has a word two syllables or three? In training its length gives that away to a degree alpha."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from registry import Condition, Data, DataError, Examples, Splits, TaskSuite
from registry.suites._conditions import HELD_OUT_SEED
from registry.suites._one_hot import one_hot

LETTERS, ALPHABET = 9, 26
Pools = list[list[NDArray[np.int64]]]  # rows of the words of two and of three syllables, each short and long


def make(data: Data, condition: Condition, seed: int) -> Splits:
    """Splits of words (S, 9, 26), of which so many are of the usual length as the degree alpha says."""
    alpha = float(condition)
    return Splits(
        train=_as_read(data.train.at(_drawn(data.train, alpha, seed))),
        evaluation=_as_read(data.held_out.at(_drawn(data.held_out, 0.0, HELD_OUT_SEED))),
        in_distribution=_as_read(data.held_out.at(_drawn(data.held_out, alpha, HELD_OUT_SEED))),
    )


def facts(data: Data) -> Sequence[tuple[str, str]]:
    """How many words each training set and the test have."""
    sizes = [len(_drawn(part, 0.0, 0)) for part in (data.train, data.held_out)]
    return [
        ("train", f"{sizes[0]} words, as many of two syllables as of three"),
        ("test", f"{sizes[1]} words, as many short ones as long ones of each"),
    ]


def _drawn(words: Examples, alpha: float, seed: int) -> NDArray[np.int64]:
    """Rows of as many words of each number of syllables, whatever the condition.

    Half of the words of two syllables are short, and half of those of three are long; of the other half so is a share
    alpha. At a higher alpha such words stand in the place of others.

    Raises:
        DataError: The data do not say which words are long.
    """
    pools = _pools(words, seed)
    half = min(min(len(own[label]) // 2, len(own[1 - label])) for label, own in enumerate(pools))
    rows = []
    for label, own in enumerate(pools):
        more = round(alpha * half)
        usual, unusual = own[label], own[1 - label]
        rows += [usual[: half + more], unusual[more:half]]
    return np.concatenate(rows)


def _pools(words: Examples, seed: int) -> Pools:
    """The rows of short and of long words of each number of syllables, in a seeded order.

    Raises:
        DataError: The data do not say which words are long.
    """
    if words.groups is None:
        raise DataError("these words are not said to be short or long")
    generator = np.random.default_rng(seed)
    return [
        [generator.permutation(np.flatnonzero((words.labels == label) & (words.groups == long))) for long in (0, 1)]
        for label in (0, 1)
    ]


def _as_read(words: Examples) -> Examples:
    """Words as (S, 9, 26): their letters, from the first place on."""
    return replace(words, inputs=one_hot(words.inputs, ALPHABET))


SUITE = TaskSuite(
    name="long-words",
    kind="heuristic",
    modality="vector",
    knob="alpha",
    conditions=(0.0, 0.25, 0.5, 0.75, 1.0),
    datasets=("english-words",),
    default_data="english-words",
    input_shape=(LETTERS, ALPHABET),
    num_classes=2,
    metrics=("accuracy",),
    make=make,
    facts=facts,
    about=(
        "Has the word two syllables or three? In training its length gives that away, to the degree alpha: short "
        "words have two and long ones three. In the test as many short words as long ones have each."
    ),
    reference="none: made here, after the contexts of NICO in Bansal, Pruthi, Belinkov 2022",
)
