"""Mutual information and entropy from distances to the k-th nearest neighbour.

In: activations (S, N). Out: nats. Kraskov, Stoegbauer, Grassberger 2004, estimator 1, with the Chebyshev metric;
Kozachenko, Leonenko 1987. The kernel is in `_columns.py`.
"""

from typing import Literal

import numpy as np
from numba import get_num_threads
from numpy.typing import ArrayLike, NDArray
from scipy.special import psi

from benchmark.information import _columns
from benchmark.information._matrix import checked
from benchmark.information._pairs import pair_count
from benchmark.information._prepared import prepare

Ties = Literal["plain", "jitter"]
JITTER = 1e-10  # standard deviation of the noise, as a share of the neuron's largest magnitude
SHARES_PER_THREAD = 8


def mutual_information(activations: ArrayLike, k: int = 3, ties: Ties = "plain", seed: int = 0) -> NDArray[np.float64]:
    """Mutual information (N, N) of every pair of neurons, in nats: psi(S) + psi(k) - mean psi(n_x + 1) + psi(n_y + 1).

    The distance to the k-th neighbour, moved down to the next smaller float, is the radius; n_x and n_y count the
    other samples within it in each margin. Symmetric; the diagonal is psi(S) - psi(k). Estimates may be negative.
    Ties break the estimator: two independent neurons after a ReLU give about -1 nat, two constant ones about -4.
    `ties="plain"` is the formula untouched, "jitter" adds seeded Gaussian noise of 1e-10 of each neuron's largest
    magnitude, which goes by place: samples or neurons in another order get another draw. Raises ValueError for unusable
    activations, naming the neuron, and for less than k + 1 samples.

    >>> import numpy as np
    >>> x = np.random.default_rng(0).normal(size=1000)
    >>> mutual_information(np.column_stack([x, -x, x**2]))[0].round(2).tolist()
    [5.98, 5.98, 4.35]
    """
    rows = checked(activations, minimum=_check_k(k) + 1).rows
    if ties == "jitter":
        rows = _jittered(rows, seed)
    elif ties != "plain":
        raise ValueError(f"ties must be 'plain' or 'jitter', got {ties!r}")
    neurons, samples = rows.shape
    digamma = np.concatenate([[0.0], psi(np.arange(1, samples + 1))])
    if samples < _columns.LANES:
        means = _plain_means(rows, k, digamma)
    else:
        shares = min(SHARES_PER_THREAD * get_num_threads(), max(1, pair_count(neurons)))
        firsts = np.linspace(0, pair_count(neurons), shares + 1).astype(np.int64)
        means = _columns.mean_digammas(prepare(rows), digamma, (0,) * k, firsts)
    information = digamma[samples] + digamma[k] - means
    np.fill_diagonal(information, digamma[samples] - digamma[k])
    return np.asarray(information)


def entropy(activations: ArrayLike, k: int = 3) -> NDArray[np.float64]:
    """Differential entropy (N,) of each neuron, in nats: psi(S) - psi(k) + ln 2 + mean ln of the k-th distance.

    -inf where a value stands more than k times in a neuron. Raises ValueError as `mutual_information` does.

    >>> import numpy as np
    >>> entropy(np.random.default_rng(0).uniform(0, 8, size=(10_000, 1))).round(1)  # ln 8
    array([2.1])
    """
    rows = checked(activations, minimum=_check_k(k) + 1).rows
    samples = rows.shape[1]
    ascending = np.pad(np.sort(rows, axis=1), ((0, 0), (k, k)), constant_values=((0, 0), (-np.inf, np.inf)))
    # the k nearest of a sorted value and itself are k + 1 consecutive ones, `below` of them under it
    here = ascending[:, k : k + samples]
    distance = np.full_like(here, np.inf)
    for below in range(k + 1):
        lowest, highest = ascending[:, k - below :][:, :samples], ascending[:, 2 * k - below :][:, :samples]
        distance = np.minimum(distance, np.maximum(here - lowest, highest - here))
    with np.errstate(divide="ignore"):
        return np.asarray(psi(samples) - psi(k) + np.log(2) + np.log(distance).mean(axis=1))


def _check_k(k: int) -> int:
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    return k


def _jittered(rows: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    scale = np.abs(rows).max(axis=1, keepdims=True)
    scale[scale == 0] = 1.0
    return np.asarray(rows + JITTER * scale * np.random.default_rng(seed).normal(size=rows.shape))


def _plain_means(rows: NDArray[np.float64], k: int, digamma: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean psi(n_x + 1) + psi(n_y + 1) of every pair (N, N) by definition, where samples do not fill the lanes."""
    distances = np.abs(rows[:, :, None] - rows[:, None, :])
    means = np.zeros((len(rows), len(rows)))
    for i in range(len(rows)):
        for j in range(len(rows)):
            joint = np.sort(np.maximum(distances[i], distances[j]), axis=1)
            radius = np.nextafter(joint[:, k], 0)[:, None]  # place 0 is the sample itself
            counts = [(distances[n] <= radius).sum(axis=1) for n in (i, j)]
            means[i, j] = np.mean(digamma[counts[0]] + digamma[counts[1]])
    return means
