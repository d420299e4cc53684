"""The nearest-neighbour estimator beside another one that somebody has at hand.

In: the name of a function that computes the MI (N, N) of activations (S, N), k = 3. Out: how the two compare.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

import numpy as np
from numba import get_num_threads

from benchmark.information import nearest
from benchmark.performance.clock import one_thread, times_as_long
from benchmark.performance.inputs import Floats, mixture

SAMPLES, NEURONS = 2500, 128
Rival = Callable[[Floats], Floats]


@dataclass(frozen=True)
class Comparison:
    """One input. `alone` and `together`: how many times as long the rival takes, on one thread and on all of them."""

    data: str
    alone: float
    together: float
    difference: float  # the largest of any pair, in nats


def named(name: str) -> Rival:
    """The function MODULE:FUNCTION, of a module that Python finds on its path.

    Raises:
        ValueError: There is no such module, or it has no such function.
    """
    module, _, function = name.partition(":")
    if not module or not function:
        raise ValueError(f"--rival takes MODULE:FUNCTION, got {name!r}")
    try:
        found = getattr(import_module(module), function, None)
    except ModuleNotFoundError as error:
        raise ValueError(f"--rival {name}: {error}; PYTHONPATH says where else to look") from None
    if not callable(found):
        raise ValueError(f"--rival {name}: {module} has no function {function!r}")
    rival: Rival = found
    return rival


def comparisons(rival: Rival, samples: int = SAMPLES, neurons: int = NEURONS) -> Iterator[Comparison]:
    """A mixture of Gaussians, and the same after ReLU; ties stay as they are, and no pair is left out."""
    gaussian = mixture(samples, neurons)
    yield compared("Gaussian", gaussian, rival)
    yield compared("after ReLU", np.maximum(gaussian, 0), rival)


def compared(data: str, activations: Floats, rival: Rival) -> Comparison:
    """Both sides in turn, on the same activations.

    Raises:
        ValueError: What the rival returns is no matrix (N, N).
    """

    def ours() -> Floats:
        return nearest.mutual_information(activations, ties="plain")

    def theirs() -> Floats:
        return np.asarray(rival(activations))

    neurons = activations.shape[1]
    found = theirs()
    if found.shape != (neurons, neurons):
        raise ValueError(f"--rival: the function returns {found.shape} for {neurons} neurons, not {(neurons, neurons)}")
    difference = float(np.abs(ours() - found)[~np.eye(neurons, dtype=bool)].max())
    with one_thread():
        alone = times_as_long(ours, theirs)
    return Comparison(data, alone, times_as_long(ours, theirs) if get_num_threads() > 1 else alone, difference)
