"""How a measure without an effect may run along the knob: by chance alone, or in a trend of its own.

In: how many series, of how many conditions. Out: seeded numbers. None of them knows anything of a metric, and each is
as likely as its mirror image.
"""

from collections.abc import Callable, Mapping
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Shape = Callable[[tuple[int, ...], np.random.Generator], Array]  # the last axis is the knob
CORRELATION = 0.8  # of neighbouring conditions


def independent(size: tuple[int, ...], generator: np.random.Generator) -> Array:
    """Nothing along the knob."""
    return generator.normal(size=size)


def autoregressive(size: tuple[int, ...], generator: np.random.Generator) -> Array:
    """AR(1): each condition is .8 times the one before it, and something new."""
    found = generator.normal(size=size)
    for place in range(1, size[-1]):
        found[..., place] *= sqrt(1 - CORRELATION**2)
        found[..., place] += CORRELATION * found[..., place - 1]
    return found


def trends(size: tuple[int, ...], generator: np.random.Generator) -> Array:
    """A straight line up or down, with a little noise."""
    sign = generator.choice([-1.0, 1.0], size=(*size[:-1], 1))
    return np.asarray(sign * np.linspace(-2, 2, size[-1]) + 0.5 * generator.normal(size=size))


def humps(size: tuple[int, ...], generator: np.random.Generator) -> Array:
    """A smooth hill or valley anywhere along the knob, with a little noise."""
    middle, width = generator.uniform(0, 1, (*size[:-1], 1)), generator.uniform(0.2, 0.5, (*size[:-1], 1))
    sign = generator.choice([-1.0, 1.0], size=(*size[:-1], 1))
    hill = np.exp(-((np.linspace(0, 1, size[-1]) - middle) ** 2) / (2 * width**2))
    return np.asarray(sign * hill + 0.05 * generator.normal(size=size))


def walks(size: tuple[int, ...], generator: np.random.Generator) -> Array:
    """A random walk."""
    return np.cumsum(generator.normal(size=size), axis=-1)


def steps(size: tuple[int, ...], generator: np.random.Generator) -> Array:
    """One value up to some condition and another from there on: many ties."""
    at = generator.integers(1, size[-1], (*size[:-1], 1))
    return np.where(np.arange(size[-1]) < at, 0.0, generator.normal(size=(*size[:-1], 1)))


SHAPES: Mapping[str, Shape] = {
    "independent": independent,
    "AR(1), .8": autoregressive,
    "trends of random sign": trends,
    "smooth humps": humps,
    "random walks": walks,
    "steps, with ties": steps,
}
