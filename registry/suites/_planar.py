"""Points in the plane with a third feature that may give the label away: the paper's Figure 1 and its toy twin."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from registry import Condition, Data, Examples, Plane, Splits
from registry.suites._conditions import HELD_OUT_SEED, chosen_share, redrawn_labels


def spurious(data: Data, condition: Condition, seed: int) -> Splits:
    """Splits in which the third feature gives the label away for a share of the points.

    Args:
        data: Points (S, 2) of two classes.
        condition: The share, in training and in distribution. In evaluation it is always 0.
        seed: What draws the training set.
    """
    share = float(condition)
    return Splits(
        train=_with_feature(data.train, share, seed),
        evaluation=_with_feature(data.held_out, 0.0, HELD_OUT_SEED),
        in_distribution=_with_feature(data.held_out, share, HELD_OUT_SEED),
    )


def shuffled(data: Data, condition: Condition, seed: int) -> Splits:
    """Splits in which a share of the labels is redrawn, and the third feature says nothing.

    Args:
        data: Points (S, 2) of two classes.
        condition: The share, in training and in distribution. In evaluation no label is redrawn.
        seed: What draws the training set.
    """
    beta = float(condition)
    train = _with_feature(data.train, 0.0, seed)
    held_out = _with_feature(data.held_out, 0.0, HELD_OUT_SEED)
    return Splits(
        train=replace(train, labels=redrawn_labels(train.labels, beta, 2, seed)),
        evaluation=held_out,
        in_distribution=replace(held_out, labels=redrawn_labels(held_out.labels, beta, 2, HELD_OUT_SEED)),
    )


def _grid() -> NDArray[np.float32]:
    """(50 * 50, 3): points of the plane, row by row, with the third feature in the middle of where it says nothing."""
    along = np.linspace(-2, 2, 50, dtype=np.float32)
    x, y = np.meshgrid(along, along)
    return np.column_stack([x.ravel(), y.ravel(), np.full(x.size, 0.5, dtype=np.float32)])


CIRCLES_PLANE = Plane(low=-2.0, high=2.0, side=50, inputs=_grid)


def _with_feature(points: Examples, share: float, seed: int) -> Examples:
    """Inputs (S, 3): the third feature is N(+-3, 0.1) with the label's sign for that share, else uniform on [0, 1]."""
    generator = np.random.default_rng(seed)
    silent = generator.uniform(0, 1, len(points))
    telling = generator.normal(6.0 * points.labels - 3.0, 0.1)
    third = np.where(chosen_share(len(points), share, generator), telling, silent)
    return replace(points, inputs=np.column_stack([points.inputs, third]).astype(np.float32))
