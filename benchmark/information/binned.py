"""Plug-in entropy and mutual information from equal-width bins.

In: activations (S, N). Out: nats. A value belongs to the bin that numpy.histogram would give it in float64: half-open
bins between the edges of numpy.histogram_bin_edges, the maximum in the last bin. Bansal, Pruthi, Belinkov 2022,
section 3 (entropy: 100 bins over one range for the whole matrix).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmark.information import _histograms as histograms
from benchmark.information import pairs
from benchmark.information._bins import Bounds, Edges, bin_codes, bounds_of, grid_of
from benchmark.information._matrix import checked


def bounds(activations: ArrayLike, edges: Edges = "global") -> Bounds:
    """The values between which the bins of a matrix (S, N) are spread, to measure a part of it in the same bins.

    Args:
        activations: (S, N), of any float type, an array or a tensor.
        edges: As in `entropy`.

    Returns:
        The lowest and the highest value, (1,) each, or (N,) for "per-neuron". `entropy` and `pair_information` take
        them as `edges`.

    Raises:
        ValueError: Activations that cannot be used, naming the neuron, or unknown edges.

    >>> import numpy as np
    >>> matrix = np.array([[0.0, 1.0], [4.0, 1.0], [1.0, 2.0]])
    >>> low, high = bounds(matrix)
    >>> low.tolist(), high.tolist()
    ([0.0], [4.0])
    >>> entropy(matrix[1:], bins=2, edges=bounds(matrix)).round(4).tolist()
    [0.6931, 0.6931]
    """
    return bounds_of(checked(activations, minimum=2), edges)


def entropy(activations: ArrayLike, bins: int = 100, edges: Edges | Bounds = "global") -> NDArray[np.float64]:
    """Entropy (N,) of each neuron, in nats: between 0 and ln(bins); 0 for a constant neuron.

    A range that float64 cannot split into that many bins counts as constant.

    Args:
        activations: (S, N), of any float type, an array or a tensor.
        bins: From 1 to 256.
        edges: The range that the bins are spread over. "global" is the range of the whole matrix, "per-neuron" that of
            each neuron, and "robust" lies between the .1 % and the 99.9 % quantile of the whole matrix, so that the
            end bins hold what lies outside. Or the `bounds` of another matrix.

    Raises:
        ValueError: Activations that cannot be used, naming the neuron, or a wrong number of bins or unknown edges.

    >>> import numpy as np
    >>> entropy(np.array([[0.0, 1.0], [1.0, 1.0]]), bins=2).round(4).tolist()
    [0.6931, 0.0]
    """
    matrix = checked(activations, minimum=2)
    grid, logs = grid_of(matrix, bins, edges), histograms.logs_of(matrix.samples)
    if matrix.tensor is None:
        return histograms.neuron_entropies(matrix, grid, logs.table) * logs.unit
    from benchmark.information import _tensors

    return logs.unit * _tensors.or_on_cpu(
        lambda: _tensors.neuron_entropies(_tensors.bin_codes(matrix.tensor, grid), bins, logs.table),
        lambda: histograms.neuron_entropies(matrix, grid, logs.table),
    )


def mutual_information(activations: ArrayLike, bins: int = 10, edges: Edges = "per-neuron") -> NDArray[np.float64]:
    """Mutual information (N, N) of every pair of neurons, in nats: H_i + H_j - H_ij over a bins x bins table.

    The matrix is symmetric, 0 <= I <= min(H_i, H_j), and its diagonal is the entropy. The plug-in estimate of
    independent neurons is not 0 but about (bins - 1)^2 / 2S.

    Args:
        activations: (S, N), of any float type, an array or a tensor.
        bins: From 1 to 256.
        edges: As in `entropy`.

    Raises:
        ValueError: As `entropy` does.

    >>> import numpy as np
    >>> mutual_information(np.array([[0.0, 0.0], [1.0, 1.0]]), bins=2).round(4).tolist()
    [[0.6931, 0.6931], [0.6931, 0.6931]]
    """
    return pairs.matrix(pair_information(activations, bins, edges))


def pair_information(
    activations: ArrayLike, bins: int = 10, edges: Edges | Bounds = "per-neuron"
) -> pairs.PairInformation:
    """The MI of `mutual_information` for any pairs, computed when they are asked for; `pairs.pair_summary` takes it.

    Args:
        activations: (S, N), of any float type, an array or a tensor.
        bins: From 1 to 256.
        edges: As in `entropy`.

    Raises:
        ValueError: As `entropy` does.

    >>> import numpy as np
    >>> pair_information(np.eye(4)).of(np.array([0, 0]), np.array([1, 2])).round(4).tolist()
    [0.0849, 0.0849]
    """
    matrix = checked(activations, minimum=2)
    grid, logs = grid_of(matrix, bins, edges), histograms.logs_of(matrix.samples)

    def on_cpu() -> pairs.PairInformation:
        entropies = histograms.neuron_entropies(matrix, grid, logs.table)
        joint = histograms.joint_entropies(bin_codes(matrix.values, grid), bins, logs.table)
        return pairs.PairInformation(
            entropies * logs.unit, lambda i, j: histograms.shared(entropies, joint(i, j), i, j) * logs.unit
        )

    if matrix.tensor is None:
        return on_cpu()
    from benchmark.information import _tensors

    return _tensors.pairs_or_on_cpu(
        lambda: _tensors.binned_pairs(_tensors.bin_codes(matrix.tensor, grid), bins, *logs), on_cpu
    )
