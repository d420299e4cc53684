"""NICO: which of six animals? In training each is seen in a context of its own to a degree alpha, in test in all."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from registry import Condition, Data, DataError, Examples, Splits, TaskSuite
from registry.suites._conditions import HELD_OUT_SEED

ANIMALS = CONTEXTS = 6  # the n-th animal's own context is the n-th
Pools = list[list[NDArray[np.int64]]]  # rows of each animal in each context


def make(data: Data, condition: Condition, seed: int) -> Splits:
    """Splits of images (S, 3, 64, 64) about 0, of which so many are in their own context as the degree alpha says."""
    share = own_share(float(condition))
    return Splits(
        train=_as_read(_drawn(data.train, share, seed)),
        evaluation=_as_read(_balanced(data.held_out)),
        in_distribution=_as_read(_drawn(data.held_out, share, HELD_OUT_SEED)),
    )


def own_share(alpha: float) -> float:
    """The share of an animal's images that are in its own context.

    Args:
        alpha: The condition, from 0 to 1.

    Returns:
        1/6 for alpha 0, as much as in any other context, and 1 for alpha 1.

    >>> own_share(1.0)
    1.0
    """
    return (1 + (CONTEXTS - 1) * alpha) / CONTEXTS


def facts(data: Data) -> Sequence[tuple[str, str]]:
    """How many images each training set and the test have."""
    size = _size(_pools(data.train, 0))
    return [
        ("train", f"{ANIMALS * size} images, {size} of each animal"),
        ("test", f"{len(_balanced(data.held_out))} images, as many of each animal in each context"),
    ]


def _pools(examples: Examples, seed: int) -> Pools:
    """The rows of each animal in each context, in a seeded order.

    Raises:
        DataError: An animal has no images in a context, or the images have no contexts.
    """
    if examples.groups is None:
        raise DataError("these images have no contexts")
    generator = np.random.default_rng(seed)
    pools = []
    for animal in range(ANIMALS):
        own = [np.flatnonzero((examples.labels == animal) & (examples.groups == c)) for c in range(CONTEXTS)]
        if not all(map(len, own)):
            raise DataError(f"animal {animal} has no images in context {list(map(len, own)).index(0)}")
        pools.append([generator.permutation(rows) for rows in own])
    return pools


def _size(pools: Pools) -> int:
    """How many images of an animal every condition can have: all in its own context, or a sixth in each one."""
    counts = np.array([[len(rows) for rows in own] for own in pools])
    own = np.eye(ANIMALS, dtype=bool)
    return int(min(counts[own].min(), CONTEXTS * counts[~own].min()))


def _drawn(examples: Examples, share: float, seed: int) -> Examples:
    """As many images of each animal whatever the condition.

    Those that are not in the animal's own context are spread over the others.
    """
    pools = _pools(examples, seed)
    size = _size(pools)
    rows = []
    for animal, by_context in enumerate(pools):
        own = round(share * size)
        others = [context for context in range(CONTEXTS) if context != animal]
        rows.append(by_context[animal][:own])
        for place, context in enumerate(others):
            count = (size - own + place) // len(others)
            rows.append(by_context[context][:count])
    return examples.at(np.sort(np.concatenate(rows)))


def _balanced(examples: Examples) -> Examples:
    """As many images of each animal in each context."""
    pools = [rows for animal in _pools(examples, HELD_OUT_SEED) for rows in animal]
    fewest = min(map(len, pools))
    return examples.at(np.sort(np.concatenate([rows[:fewest] for rows in pools])))


def _as_read(images: Examples) -> Examples:
    """Bytes as numbers about 0 and of about unit spread."""
    inputs = images.inputs.astype(np.float32)
    inputs -= np.float32(127.5)  # in place: three times as fast
    inputs /= np.float32(64)
    return replace(images, inputs=inputs)


SUITE = TaskSuite(
    name="nico",
    kind="heuristic",
    modality="image",
    knob="alpha",
    conditions=(0.0, 0.2, 0.4, 0.6, 0.8, 1.0),
    condition_names={"balanced": 0.0, "unbalanced": 1.0},
    datasets=("animal-contexts", "nico-plus-plus"),
    default_data="animal-contexts",
    input_shape=(3, 64, 64),
    num_classes=ANIMALS,
    metrics=("accuracy",),
    make=make,
    facts=facts,
    about=(
        "Which of six animals is it? In training a share alpha of each animal's images shows it in a context of "
        "its own, and in the test every animal is in every context."
    ),
    figures="5",
    reference="Bansal, Pruthi, Belinkov 2022, figure 5: balanced has more entropy and less MI than unbalanced",
)
