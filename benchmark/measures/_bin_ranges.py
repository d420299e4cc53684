"""The range that bins are spread over: that of the network's own values, on a half of it that of the whole network.

In: activations, a kind of edges, a scope. Out: the edges of each tap, as the estimators take them. On half of the
examples and neurons the range would shrink, and entropy would be another quantity than on the whole.
"""

from collections.abc import Mapping

import numpy as np

from benchmark.estimator import Edges, Scope
from benchmark.information import binned
from benchmark.information._bins import Bounds
from benchmark.types import Activations

Ranges = Mapping[str, Edges | Bounds]


def ranges(activations: Activations, edges: Edges, scope: Scope) -> Ranges:
    """The edges for each tap. In scope "network" the taps that share one range have the same object."""
    whole = activations.whole
    if whole is None:
        return dict.fromkeys(activations.by_tap, edges)
    bounds = whole.once("bounds", (edges, scope), lambda: _bounds(whole, edges, scope))
    if edges != "per-neuron":
        return bounds
    return {tap: Bounds(*(side[activations.neurons[tap]] for side in both)) for tap, both in bounds.items()}


def network_range(by_tap: Ranges) -> Edges | Bounds:
    """The edges of the whole network, its taps side by side, from those of each tap."""
    kept = list(by_tap.values())
    bounds = [one for one in kept if isinstance(one, Bounds)]
    if not bounds or all(one is bounds[0] for one in bounds):
        return kept[0]
    return Bounds(*(np.concatenate(sides) for sides in zip(*bounds, strict=True)))


def _bounds(whole: Activations, edges: Edges, scope: Scope) -> dict[str, Bounds]:
    if scope == "tap" or edges == "per-neuron":
        return {tap: binned.bounds(matrix, edges) for tap, matrix in whole.by_tap.items()}
    network = np.concatenate(list(whole.by_tap.values()), axis=1)
    return dict.fromkeys(whole.by_tap, binned.bounds(network, edges))
