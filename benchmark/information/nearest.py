"""Mutual information and entropy from distances to the k-th nearest neighbour.

In: activations (S, N). Out: nats. Kraskov, Stoegbauer, Grassberger 2004, estimator 1, with the Chebyshev metric;
Kozachenko, Leonenko 1987. The kernel is in `_margins.py`.
"""

from collections.abc import Callable
from typing import Literal

import numpy as np
from numba import get_num_threads
from numpy.typing import ArrayLike, NDArray
from scipy.special import psi

from benchmark.information import _columns, _margins, pairs
from benchmark.information._jitter import jittered
from benchmark.information._matrix import checked
from benchmark.information._prepared import prepare

Ties = Literal["plain", "jitter"]
SHARES_PER_THREAD = 8
MeanDigammas = Callable[[pairs.Neurons, pairs.Neurons], NDArray[np.float64]]


def mutual_information(activations: ArrayLike, k: int = 3, ties: Ties = "jitter", seed: int = 0) -> NDArray[np.float64]:
    """Mutual information (N, N) of every pair of neurons, in nats, by Kraskov's first estimator.

    It is psi(S) + psi(k) - mean(psi(n_x + 1) + psi(n_y + 1)). The distance to the k-th neighbour, moved down to the
    next smaller float, is the radius; n_x and n_y count the other samples within it in each margin. Symmetric; the
    diagonal is psi(S) - psi(k). Estimates may be negative. The order of samples and neurons changes no digit, but for
    neurons that one exchange of samples turns into each other: their order says which of them gets which draw of the
    jitter.

    The formula is for values that are all different. Equal ones, such as zeros after a ReLU, pull it far below the
    truth: two independent neurons give about -1 nat, two constant ones about -4. Values rounded to a grid, such as
    those of bfloat16, push it above: .78 nats for two independent neurons. `ties="jitter"` moves every value by a tiny
    seeded draw, up to 2^-16 of its distance to the nearest other value of the neuron, or as far as rounding may have
    moved it where that is more (`_jitter.py`). The estimate is then that of the values as they are: 0 for independent
    neurons of either kind. `ties="plain"` is the formula untouched, for comparison. Another seed, or other neurons
    beside a pair, are other draws: for half-rectified neurons and 1,000 samples they move a pair by .013 (standard
    deviation), the mean over 64 neurons by .0005.

    Args:
        activations: (S, N), of any float type, an array or a tensor.
        k: Which neighbour.
        ties: What is done about equal values.
        seed: Of the jitter.

    Raises:
        ValueError: Activations that cannot be used, naming the neuron, fewer than k + 1 samples, a k below 1, or `ties`
            that are neither.

    >>> import numpy as np
    >>> x, y = np.random.default_rng(0).normal(size=(2, 1000))
    >>> mutual_information(np.column_stack([x, x + y, y]))[0].round(2).tolist()
    [5.98, 0.37, -0.01]
    >>> relu = np.maximum(np.column_stack([x, x + y, y]), 0)
    >>> mutual_information(relu)[0].round(2).tolist(), mutual_information(relu, ties="plain")[0].round(2).tolist()
    ([5.98, 0.23, 0.02], [5.98, -1.77, -1.27])
    """
    return pairs.matrix(pair_information(activations, k, ties, seed))


def pair_information(activations: ArrayLike, k: int = 3, ties: Ties = "jitter", seed: int = 0) -> pairs.PairInformation:
    """The MI of `mutual_information` for any pairs, computed when they are asked for; `pairs.pair_summary` takes it.

    Args and errors are those of `mutual_information`.

    >>> import numpy as np
    >>> x = np.random.default_rng(0).normal(size=1000)
    >>> pair_information(np.column_stack([x, -x, x**2])).of(np.array([0]), np.array([2])).round(2).tolist()
    [4.35]
    """
    matrix = checked(activations, minimum=_check_k(k) + 1)
    if ties not in ("plain", "jitter"):
        raise ValueError(f"ties must be 'plain' or 'jitter', got {ties!r}")
    digamma = np.concatenate([[0.0], psi(np.arange(1, matrix.samples + 1))])

    def on_cpu() -> pairs.PairInformation:
        rows = matrix.rows if ties == "plain" else jittered(matrix.rows, seed)
        constant = digamma[matrix.samples] + digamma[k]
        means = (_plain_means if matrix.samples < _columns.LANES else _fast_means)(rows, matrix.rows, k, digamma)
        own = np.full(len(rows), digamma[matrix.samples] - digamma[k])
        return pairs.PairInformation(own, lambda i, j: constant - means(i, j))

    if matrix.tensor is None:
        return on_cpu()
    from benchmark.information import _tensors

    def on_device() -> pairs.PairInformation:
        rows = matrix.tensor.T.double()  # float32 would lose the jitter
        rows = rows if ties == "plain" else rows.new_tensor(jittered(matrix.rows, seed))
        return _tensors.nearest_pairs(rows.contiguous(), k, digamma)

    return _tensors.pairs_or_on_cpu(on_device, on_cpu)


def entropy(activations: ArrayLike, k: int = 3) -> NDArray[np.float64]:
    """Differential entropy (N,) of each neuron, in nats: psi(S) - psi(k) + ln 2 + mean ln of the k-th distance.

    It breaks no ties: it is -inf for a neuron that has a value more than k times. Kozachenko, Leonenko 1987.

    Args:
        activations: (S, N), of any float type, an array or a tensor.
        k: Which neighbour.

    Raises:
        ValueError: As `mutual_information` does.

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


def _fast_means(
    rows: NDArray[np.float64], before: NDArray[np.float64], k: int, digamma: NDArray[np.float64]
) -> MeanDigammas:
    prepared = prepare(rows, before)
    # digammas as whole multiples of a unit, so that a sum is the same in any order; the unit is as small as a sum over
    # the samples of both neurons allows in 62 bits
    unit = 2.0 ** (np.ceil(np.log2(2 * len(digamma) * np.abs(digamma).max())) - 62)
    weight = np.rint(digamma / unit).astype(np.int64)

    def of(i: pairs.Neurons, j: pairs.Neurons) -> NDArray[np.float64]:
        i, j = np.asarray(i), np.asarray(j)
        shares = min(SHARES_PER_THREAD * get_num_threads(), len(i))
        firsts = np.linspace(0, len(i), shares + 1).astype(np.int64)
        # columns of the finer clump, as the other neuron's values tell the samples of it apart
        x = np.where(prepared.grain[i] < prepared.grain[j], i, j)
        order = np.argsort(x, kind="stable")  # what is known of x stays in the processor's cache from pair to pair
        x, y = x[order], (i + j - x)[order]
        means = np.empty(len(i))
        means[order] = _margins.mean_digammas(prepared, weight, unit, (0,) * k, x, y, firsts)
        return means

    return of


def _plain_means(
    rows: NDArray[np.float64], before: NDArray[np.float64], k: int, digamma: NDArray[np.float64]
) -> MeanDigammas:
    """By definition, for fewer samples than there are lanes."""
    distances = np.abs(rows[:, :, None] - rows[:, None, :])

    def of(i: pairs.Neurons, j: pairs.Neurons) -> NDArray[np.float64]:
        joint = np.sort(np.maximum(distances[i], distances[j]), axis=2)
        radius = np.nextafter(joint[:, :, k], 0)[:, :, None]  # place 0 is the sample itself
        counts = [(distances[n] <= radius).sum(axis=2) for n in (i, j)]
        return np.asarray((digamma[counts[0]] + digamma[counts[1]]).mean(axis=1))

    return of
