"""Simulated boards: numbers of models as they could be if a measure had this or that effect, or none.

In: the suites of a board, and a generator of random numbers. Out: metric and measure of every model of many boards. For
what a plan can be expected to show, and for tests of what is claimed.
"""

from dataclasses import dataclass
from math import pi, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from benchmark.statistics.ranks import pair_signs, taus_b

Array = NDArray[np.float64]
ALIKE = 0.9  # correlation of a measure's noise on two kinds of inputs


@dataclass(frozen=True)
class Design:
    """The suites of a board: of each one its number of conditions, its group of data and its kind of memorization.

    `sharing` is the correlation that the noise of a measure has in suites of one group; `inputs` are how many kinds of
    inputs it is computed on.
    """

    conditions: tuple[int, ...]
    data: tuple[str, ...]
    kinds: tuple[str, ...]
    inputs: int = 1
    sharing: float = 0.0


def board_taus(design: Design, tau: float, boards: int, generator: np.random.Generator) -> Array:
    """tau of a measure with the metric in each suite of each board.

    Metric and measure are a Gaussian copula of this population tau, so rho = sin(pi tau / 2) (Kruskal 1958). The metric
    falls along the knob; the noise of the measure is new in each suite, but for what suites of one group share, and
    nearly the same on every kind of inputs.

    Args:
        design: The suites.
        tau: In the population of models.
        boards: How many.
        generator: Of random numbers.

    Returns:
        (boards, inputs, suites).

    >>> design = Design((5, 11), ("digits", "table"), ("heuristic", "heuristic"), inputs=2)
    >>> taus = board_taus(design, 0.8, 2000, np.random.default_rng(0))
    >>> taus.shape, taus.mean(axis=(0, 1)).round(1).tolist()
    ((2000, 2, 2), [0.8, 0.8])
    """
    rho = sin(pi * tau / 2)
    longest = max(design.conditions)
    common = {name: _noise((boards, longest), design.inputs, generator) for name in dict.fromkeys(design.data)}
    found = []
    for number, name in zip(design.conditions, design.data, strict=True):
        metric = -np.sort(generator.normal(size=(boards, 1, number)))
        own = _noise((boards, number), design.inputs, generator)
        noise = sqrt(design.sharing) * common[name][..., :number] + sqrt(1 - design.sharing) * own
        found.append(taus_of(rho * metric + sqrt(1 - rho**2) * noise, metric))
    return np.stack(found, axis=-1)


def taus_of(x: Array, y: Array) -> Array:
    """tau-b (...) of measures x (..., n) with metrics y (..., n)."""
    return taus_b(pair_signs(x), pair_signs(y))


def correlated(shape: tuple[int, int], inputs: int, r: float, generator: np.random.Generator) -> tuple[Array, Array]:
    """A measure and a metric of standard normal numbers with a given correlation.

    Args:
        shape: How many boards, and how many units n on each.
        inputs: On how many kinds of inputs the measure is computed.
        r: The correlation of measure and metric.
        generator: Of random numbers.

    Returns:
        The measure (boards, inputs, n) and the metric (boards, 1, n).
    """
    boards, number = shape
    metric = generator.normal(size=(boards, 1, number))
    return r * metric + sqrt(1 - r**2) * _noise(shape, inputs, generator), metric


def _noise(shape: tuple[int, int], inputs: int, generator: np.random.Generator) -> Array:
    """Standard normal (boards, inputs, n) for (boards, n), alike on the kinds of inputs."""
    boards, number = shape
    common, own = generator.normal(size=(boards, 1, number)), generator.normal(size=(boards, inputs, number))
    return np.asarray(sqrt(ALIKE) * common + sqrt(1 - ALIKE) * own)
