"""Pairs of neurons, each a case that a stage of the nearest-neighbour kernel has to get right."""

import numpy as np

GENERATOR = np.random.default_rng(0)
CASES = {
    "continuous": GENERATOR.normal(size=(2, 300)),
    "after ReLU": np.maximum(GENERATOR.normal(size=(2, 300)), 0),
    "coarse grid": np.round(2 * GENERATOR.normal(size=(2, 300))),
    "one value": np.ones((2, 50)),
    "eight samples": GENERATOR.normal(size=(2, 8)),
    "heavy tails": GENERATOR.standard_cauchy((2, 300)),
    "a thousand times the scale": GENERATOR.normal(size=(2, 300)) * [[1.0], [1000.0]],
}
