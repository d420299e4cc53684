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


class RivalError(Exception):
    """What is named is no function, or what it returns is no matrix (N, N). Errors of its code stay what they are."""


@dataclass(frozen=True)
class Comparison:
    """One input. `alone` and `together`: how many times as long the rival takes, on one thread and on all of them."""

    data: str
    alone: float
    together: float
    difference: float  # the largest of any pair of which both sides have a number, in nats
    undefined: int  # pairs of which the rival has none


def named(name: str) -> Rival:
    """The function MODULE:FUNCTION, of a module that Python finds on its path.

    Raises:
        RivalError: There is no such module, or it has no such function.
    """
    module, _, function = name.partition(":")
    if not all(part.isidentifier() for part in (*module.split("."), function)):
        raise RivalError(f"--rival takes MODULE:FUNCTION, got {name!r}")
    try:
        found = getattr(import_module(module), function, None)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{module}.".startswith(f"{error.name}."):
            raise  # the module is there, and imports one that is not
        raise RivalError(f"--rival {name}: {error}; PYTHONPATH says where else to look") from None
    except SystemExit:
        raise RivalError(f"--rival {name}: {module} ends the process when it is imported") from None
    if not callable(found):
        raise RivalError(f"--rival {name}: {module} has no function {function!r}")
    rival: Rival = found
    return rival


def comparisons(rival: Rival, samples: int = SAMPLES, neurons: int = NEURONS) -> Iterator[Comparison]:
    """A mixture of Gaussians, and the same after ReLU; ties stay as they are, and no pair is left out."""
    gaussian = mixture(samples, neurons)
    yield compared("Gaussian", gaussian, rival)
    yield compared("after ReLU", np.maximum(gaussian, 0), rival)


def compared(data: str, activations: Floats, rival: Rival) -> Comparison:
    """Both sides in turn, on the same activations. The rival has a copy, which it may change.

    Raises:
        RivalError: What the rival returns is no matrix (N, N) of numbers, or it ends the process.
    """
    square = (activations.shape[1],) * 2

    def ours() -> Floats:
        return nearest.mutual_information(activations, ties="plain")

    def theirs() -> Floats:
        try:
            found = np.asarray(rival(activations.copy()))
        except SystemExit:
            raise RivalError("--rival: the function ends the process") from None
        if found.shape != square or found.dtype.kind not in "fiu":
            what = f"{found.dtype} {found.shape}"
            raise RivalError(f"--rival: the function returns {what} for {square[0]} neurons, not numbers {square}")
        return found

    differences = np.abs(ours() - theirs())
    known = np.isfinite(differences) & ~np.eye(*square, dtype=bool)
    with one_thread():
        alone = times_as_long(ours, theirs)
    together = times_as_long(ours, theirs) if get_num_threads() > 1 else alone
    largest = float(differences[known].max()) if known.any() else float("nan")
    undefined = int(np.triu(~(known & known.T), 1).sum())
    return Comparison(data, alone, together, largest, undefined)
