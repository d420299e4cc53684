"""What the measures by a Gaussian copula share: correlations of normal scores, and the information that they stand for.

In: the activations of one network. Out: correlations of each tap, once; mean MI of the pairs of neurons of some taps.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import rankdata

from benchmark.measures._canonical import canonical_taps
from benchmark.measures._neurons import constant_neurons
from benchmark.types import Activations, Value

MOST = 1 - 1e-6  # of a correlation: a pair of copies has 6.6 nats, not infinitely many


def correlations(activations: Activations) -> dict[str, NDArray[np.float64]]:
    """Correlations (N, N) of the normal scores of the neurons of each tap; 0 with a constant neuron, the diagonal 1.

    The neurons stand in canonical order.
    """
    return activations.once(
        "normal scores",
        None,
        lambda: {tap: correlated(one.matrix) for tap, one in canonical_taps(activations).items()},
    )


def correlated(matrix: NDArray[np.float32]) -> NDArray[np.float64]:
    """Correlations (N, N) of normal scores: each value (S, N) becomes the normal quantile of rank / (S + 1).

    Equal values of a neuron have the mean of their ranks.

    >>> correlated(np.array([[1.0, 1.0], [2.0, 4.0], [3.0, 9.0]], dtype=np.float32)).round(9).tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    """
    scores = ndtri(rankdata(matrix, axis=0) / (len(matrix) + 1))
    scores -= scores.mean(axis=0)
    lengths = np.sqrt((scores**2).sum(axis=0))
    scores /= np.where(lengths > 0, lengths, 1)
    found = np.asarray(scores.T @ scores)
    np.fill_diagonal(found, 1.0)
    return found


def pair_information(correlation: NDArray[np.float64]) -> NDArray[np.float64]:
    """MI in nats, -ln(1 - r^2) / 2, of the pairs i < j of Gaussian neurons with these correlations (N, N)."""
    upper = correlation[np.triu_indices(len(correlation), 1)]
    return np.asarray(-0.5 * np.log1p(-(np.minimum(np.abs(upper), MOST) ** 2)))


def mean_information(activations: Activations, taps: Sequence[str]) -> Value:
    """Mean MI in nats of the pairs of neurons within each of these taps; None with the reason where undefined."""
    reason = undefined_reason(activations, taps)
    if reason:
        return Value(None, reason=reason)
    values = [pair_information(correlations(activations)[tap]) for tap in taps]
    return Value(float(np.concatenate(values).mean()))


def undefined_reason(activations: Activations, taps: Sequence[str]) -> str | None:
    """Why the pairs within these taps have no mean MI, None if they have one."""
    dead = [constant_neurons(activations)[tap] for tap in taps]
    if all(len(mask) < 2 for mask in dead):
        return "no pairs: one neuron"
    return f"all {sum(map(len, dead))} neurons are constant" if all(mask.all() for mask in dead) else None
