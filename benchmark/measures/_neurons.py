"""What the entropy and the MI measures share: the information in and between the neurons of one network, once.

In: the activations of one network and the estimators' settings. Out: entropy of every neuron and MI of every pair.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import fsum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmark.estimator import MiSettings, NearestSettings, Settings
from benchmark.information import binned, nearest
from benchmark.types import Activations, Value

# One network at a time is scored: its numbers serve all measures, then give way to the next network's.
_KEPT = 1


@dataclass(frozen=True)
class Pairs:
    """MI of the pairs i < j, in nats: those within each tap, and all that the scope admits. Constant neurons give 0."""

    within: dict[str, NDArray[np.float64]]
    admitted: NDArray[np.float64]


@lru_cache(maxsize=_KEPT)
def entropies(activations: Activations, settings: Settings) -> dict[str, NDArray[np.float64]]:
    """Binned entropy (N,) of the neurons of each tap; in scope "network" with one range for all taps."""
    bins, edges = settings.entropy.bins, settings.entropy.edges
    if settings.scope == "tap":
        return {tap: binned.entropy(a, bins, edges) for tap, a in activations.by_tap.items()}
    return _by_tap(activations, binned.entropy(_network(activations), bins, edges))


@lru_cache(maxsize=_KEPT)
def pairs(activations: Activations, settings: Settings) -> Pairs:
    """MI of all pairs of neurons within each tap; in scope "network" also of those between taps."""
    if settings.scope == "tap":
        within = {tap: _upper(_information(a, settings.mi)) for tap, a in activations.by_tap.items()}
        return Pairs(within, np.concatenate(list(within.values())))
    information = _information(_network(activations), settings.mi)
    places = _by_tap(activations, np.arange(len(information)))
    within = {tap: _upper(information[np.ix_(place, place)]) for tap, place in places.items()}
    return Pairs(within, _upper(information))


@lru_cache(maxsize=_KEPT)
def constant_neurons(activations: Activations) -> dict[str, NDArray[np.bool_]]:
    """Which neurons of each tap (N,) have one and the same value on all examples."""
    return {tap: np.asarray((a == a[:1]).all(axis=0)) for tap, a in activations.by_tap.items()}


def tied_share(matrix: NDArray[np.float32]) -> float:
    """Share of the values (S, N) that another example gives the same neuron too."""
    ascending = np.sort(matrix, axis=0)
    same = ascending[1:] == ascending[:-1]
    edge = np.zeros((1, same.shape[1]), dtype=bool)
    return float((np.vstack([same, edge]) | np.vstack([edge, same])).mean())


def mean(values: NDArray[np.float64]) -> float:
    """The mean, rounded once, so that the order of the values changes no bit."""
    return fsum(values.tolist()) / len(values)


def over_all_taps(
    activations: Activations, by_tap: Mapping[str, NDArray[np.float64]], admitted: NDArray[np.float64]
) -> Value:
    """The mean of the admitted values, with the mean of each tap's own beside it."""
    per_tap = {tap: _tap_value(activations, [tap], values).value for tap, values in by_tap.items()}
    return replace(_tap_value(activations, list(by_tap), admitted), per_tap=per_tap)


def over_last_tap(activations: Activations, by_tap: Mapping[str, NDArray[np.float64]]) -> Value:
    """The mean of the last tap's values."""
    tap = list(by_tap)[-1]
    return _tap_value(activations, [tap], by_tap[tap])


def _tap_value(activations: Activations, taps: list[str], values: NDArray[np.float64]) -> Value:
    """The mean of values measured on these taps, or None with the reason."""
    dead = np.concatenate([constant_neurons(activations)[tap] for tap in taps])
    if len(values) == 0:
        return Value(None, reason="no pairs: one neuron")
    if dead.all():
        return Value(None, reason=f"all {len(dead)} neurons are constant")
    return Value(mean(values))


def _information(matrix: NDArray[np.float32], mi: MiSettings) -> NDArray[np.float64]:
    """MI (N, N) of a matrix (S, N), in which a constant neuron shares 0 nats with every other."""
    alive = np.flatnonzero((matrix != matrix[:1]).any(axis=0))
    information = np.zeros((matrix.shape[1], matrix.shape[1]))
    if len(alive):
        living = matrix[:, alive]
        if isinstance(mi, NearestSettings):
            among = nearest.mutual_information(living, mi.k, mi.ties)
        else:
            among = binned.mutual_information(living, mi.bins, mi.edges)
        information[np.ix_(alive, alive)] = among
    return information


def _network(activations: Activations) -> NDArray[np.float32]:
    return np.concatenate(list(activations.by_tap.values()), axis=1)


def _by_tap(activations: Activations, neurons: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """The neurons of the whole network (N, ...), cut into those of each tap."""
    widths = [a.shape[1] for a in activations.by_tap.values()]
    return dict(zip(activations.by_tap, np.split(neurons, np.cumsum(widths)[:-1]), strict=True))


def _upper(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    return matrix[np.triu_indices(len(matrix), k=1)]
