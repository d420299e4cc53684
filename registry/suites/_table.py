"""A table of numbers as a network reads it: skewed columns on a log scale, each about 0 and of unit spread."""

from dataclasses import replace

import numpy as np

from registry import Data


def standardized(data: Data) -> Data:
    """The same rows, each column on a log scale, about 0 and of unit spread in training.

    Args:
        data: Rows (S, N) of numbers from 0 on.

    Returns:
        log(1 + x) for each number, minus its mean over the training rows, by its standard deviation there. A column
        that is constant in training becomes 0 there.
    """
    train, held_out = (np.log1p(part.inputs.astype(np.float64)) for part in (data.train, data.held_out))
    mean, deviation = train.mean(axis=0), train.std(axis=0)
    deviation[deviation == 0] = 1.0
    inputs = [((part - mean) / deviation).astype(np.float32) for part in (train, held_out)]
    return Data(train=replace(data.train, inputs=inputs[0]), held_out=replace(data.held_out, inputs=inputs[1]))
