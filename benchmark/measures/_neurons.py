"""What the entropy and the MI measures share: the information in and between the neurons of one network, once.

In: the activations of one network and the estimators' settings. Out: entropy of every neuron, MI summed up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmark.estimator import MiSettings, NearestSettings, Settings
from benchmark.information import binned, nearest
from benchmark.information.pairs import PairInformation, chosen, pair_count, tap_summaries
from benchmark.information.summary import Summary, merged
from benchmark.measures._bin_ranges import network_range, ranges
from benchmark.types import Activations, Value


@dataclass(frozen=True)
class Pairs:
    """MI of the pairs i < j, in nats: of the pairs within each tap, and of all pairs that the scope admits."""

    within: dict[str, Summary]
    admitted: Summary


def entropies(activations: Activations, settings: Settings) -> dict[str, NDArray[np.float64]]:
    """Binned entropy (N,) of the neurons of each tap, in nats; in scope "network" with one range for all taps."""
    return activations.once("entropies", settings, lambda: _entropies(activations, settings))


def _entropies(activations: Activations, settings: Settings) -> dict[str, NDArray[np.float64]]:
    bins = settings.entropy.bins
    edges = ranges(activations, settings.entropy.edges, settings.scope)
    if settings.scope == "tap":
        return {tap: binned.entropy(a, bins, edges[tap]) for tap, a in activations.by_tap.items()}
    return _by_tap(activations, binned.entropy(_network(activations), bins, network_range(edges)))


def pairs(activations: Activations, settings: Settings) -> Pairs:
    """MI of the pairs of neurons within each tap; in scope "network" also of those between taps.

    All pairs are used, or the sample that the settings ask for. It is drawn from all pairs that the scope admits, and
    is the same for every network with the same taps.
    """
    return activations.once("pairs", settings, lambda: _pairs(activations, settings))


def _pairs(activations: Activations, settings: Settings) -> Pairs:
    by_tap = activations.by_tap
    if settings.scope == "network":
        taps = np.repeat(np.arange(len(by_tap)), [a.shape[1] for a in by_tap.values()])
        numbers = chosen(pair_count(len(taps)), settings.mi.pairs)
        *within, between = tap_summaries(_network_information(activations, settings.mi), numbers, taps)
        return Pairs(dict(zip(by_tap, within, strict=True)), merged([*within, between]))
    sizes = [pair_count(a.shape[1]) for a in by_tap.values()]
    found = {}
    for tap, numbers in zip(by_tap, _parted(chosen(sum(sizes), settings.mi.pairs), sizes), strict=True):
        one_tap = np.zeros(by_tap[tap].shape[1], dtype=np.int64)
        found[tap] = tap_summaries(_tap_information(activations, tap, settings.mi), numbers, one_tap)[0]
    return Pairs(found, merged(found.values()))


def constant_neurons(activations: Activations) -> dict[str, NDArray[np.bool_]]:
    """Which neurons of each tap (N,) have the same value on all examples."""
    by_tap = activations.by_tap
    return activations.once(
        "constant neurons", None, lambda: {tap: np.asarray((a == a[:1]).all(axis=0)) for tap, a in by_tap.items()}
    )


def tied_share(matrix: NDArray[np.float32]) -> float:
    """Share of the values (S, N) that the same neuron has on another example too.

    >>> tied_share(np.array([[0.0], [0.0], [1.0], [2.0]], dtype=np.float32))
    0.5
    """
    ascending = np.sort(matrix, axis=0)
    same = ascending[1:] == ascending[:-1]
    edge = np.zeros((1, same.shape[1]), dtype=bool)
    return float((np.vstack([same, edge]) | np.vstack([edge, same])).mean())


def over_all_taps(activations: Activations, by_tap: Mapping[str, Summary], admitted: Summary) -> Value:
    """The mean of the admitted values, and beside it the mean of each tap's own; None with a reason if undefined."""
    per_tap = {tap: _tap_value(activations, [tap], values).value for tap, values in by_tap.items()}
    return replace(_tap_value(activations, list(by_tap), admitted), per_tap=per_tap)


def over_last_tap(activations: Activations, by_tap: Mapping[str, Summary]) -> Value:
    """The mean of the last tap's values; None with a reason if undefined."""
    tap = list(by_tap)[-1]
    return _tap_value(activations, [tap], by_tap[tap])


def over_first_tap(activations: Activations, by_tap: Mapping[str, Summary]) -> Value:
    """The mean of the first tap's values; None with a reason if undefined."""
    tap = next(iter(by_tap))
    return _tap_value(activations, [tap], by_tap[tap])


def _tap_value(activations: Activations, taps: list[str], values: Summary) -> Value:
    """The mean of values measured on these taps, or None with the reason."""
    dead = np.concatenate([constant_neurons(activations)[tap] for tap in taps])
    if not values.population:
        return Value(None, reason="no pairs: one neuron")
    if dead.all():
        return Value(None, reason=f"all {len(dead)} neurons are constant")
    if not values.count:
        return Value(None, reason=f"none of the {values.population} pairs is in the sample")
    sampled = 1 < values.count < values.population
    return Value(values.mean, standard_error=values.standard_error if sampled else None)


def _tap_information(activations: Activations, tap: str, mi: MiSettings) -> PairInformation:
    matrix = activations.by_tap[tap]
    if isinstance(mi, NearestSettings):
        return _with_constants(matrix, nearest.pair_information(matrix, mi.k, mi.ties))
    edges = ranges(activations, mi.edges, "tap")[tap]
    return _with_constants(matrix, binned.pair_information(matrix, mi.bins, edges))


def _network_information(activations: Activations, mi: MiSettings) -> PairInformation:
    matrix = _network(activations)
    if isinstance(mi, NearestSettings):
        return _with_constants(matrix, nearest.pair_information(matrix, mi.k, mi.ties))
    edges = network_range(ranges(activations, mi.edges, "network"))
    return _with_constants(matrix, binned.pair_information(matrix, mi.bins, edges))


def _with_constants(matrix: NDArray[np.float32], information: PairInformation) -> PairInformation:
    """MI of the pairs of a matrix (S, N), but 0 nats for every pair with a constant neuron."""
    alive = (matrix != matrix[:1]).any(axis=0)
    if alive.all():
        return information

    def of(i: NDArray[np.int64], j: NDArray[np.int64]) -> NDArray[np.float64]:
        both = alive[i] & alive[j]
        values = np.zeros(len(i))
        values[both] = information.of(i[both], j[both])
        return values

    return replace(information, of=of)


def _parted(numbers: range | NDArray[np.int64], sizes: list[int]) -> list[range | NDArray[np.int64]]:
    """Ascending numbers below sum(sizes), cut into the numbers of each part, which then count from 0."""
    ends = np.cumsum(sizes)
    if isinstance(numbers, range):
        return [range(size) for size in sizes]
    parts = np.split(numbers, np.searchsorted(numbers, ends[:-1]))
    return [part - (end - size) for part, end, size in zip(parts, ends, sizes, strict=True)]


def _network(activations: Activations) -> NDArray[np.float32]:
    return np.concatenate(list(activations.by_tap.values()), axis=1)


def _by_tap(activations: Activations, neurons: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """The neurons of the whole network (N, ...), cut into those of each tap."""
    widths = [a.shape[1] for a in activations.by_tap.values()]
    return dict(zip(activations.by_tap, np.split(neurons, np.cumsum(widths)[:-1]), strict=True))
