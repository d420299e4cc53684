"""What tau would be if one side were shuffled: every order, many seeded ones, or Kendall's S counted without any.

In: the signs of pairwise differences of two sides, (n, n) each, as `ranks.pair_signs` makes them. Out: tau over many
orders, or a two-sided p. The cost of an order grows with the pairs that x does not tie, its memory with n.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmark.plain.keeping import kept

# Up to ENUMERATED numbers every permutation is looked at. Beyond, SAMPLED seeded ones are, and above SAMPLED_UP_TO
# numbers FEWER, from which a p of .05 has a standard error of .002.
ENUMERATED = 8
SAMPLED = 100_000
SAMPLED_UP_TO = 32
FEWER = 10_000
CHUNK = 20_000  # orders looked at together: two rows of them stay in the cache
TOLERANCE = 1e-9  # up to which two means of taus are equal


def draws_of(n: int) -> int:
    """How many seeded orders of n numbers are looked at where not all of them are."""
    return SAMPLED if n <= SAMPLED_UP_TO else FEWER


@kept(most=4)
def orders_of(n: int) -> NDArray[np.int16]:
    """Every permutation of n (orders, n), or seeded ones; the first is the identity. Columns are contiguous."""
    if n <= ENUMERATED:
        return np.asfortranarray(_permutations(n))
    orders = np.tile(np.arange(n, dtype=np.int16), (draws_of(n) + 1, 1))
    np.random.default_rng(0).permuted(orders[1:], axis=1, out=orders[1:])
    return np.asfortranarray(orders)


def _permutations(n: int) -> NDArray[np.int16]:
    """Every permutation of n (n!, n), in lexicographic order."""
    found = np.empty((1, 0), dtype=np.int16)
    for size in range(1, n + 1):
        # behind each first number come the permutations of one less, in the numbers that are left
        behind = [np.insert(found + (found >= first), 0, first, axis=1) for first in range(size)]
        found = np.concatenate(behind, dtype=np.int16)
    return found


def taus_in(
    x_signs: NDArray[np.float64], y_signs: NDArray[np.float64], orders: NDArray[np.int16]
) -> NDArray[np.float64]:
    """tau-b of x with y in each of many orders.

    Args:
        x_signs: The signs (n, n) of x, as `ranks.pair_signs` makes them.
        y_signs: Those of y (n, n).
        orders: Orders of the n numbers of y (orders, n).

    Returns:
        (orders,).
    """
    scale = np.sqrt(np.abs(x_signs).sum() * np.abs(y_signs).sum()) / 2
    x_levels = levels(x_signs)
    y_levels = levels(y_signs).astype(np.int8 if len(y_signs) <= 2**7 else np.int16)
    parts = (orders[start : start + CHUNK].T for start in range(0, len(orders), CHUNK))
    found = [_concordance(x_levels, y_levels.take(part)) for part in parts]
    return np.asarray(np.concatenate(found) / scale)


def share_as_large(null: NDArray[np.float64]) -> float:
    """One-sided p: the share of null values (draws,) as large as the one found, which is the first of them.

    >>> share_as_large(np.array([0.6, 0.6, 0.2, -0.6]))
    0.5
    """
    return float(shares_as_large(null))


def shares_as_large(null: NDArray[np.float64]) -> NDArray[np.float64]:
    """The one-sided p's (boards,) of many boards at once, from their null values (boards, draws)."""
    return np.asarray((null >= null[..., :1] - TOLERANCE).mean(axis=-1))


def levels(signs: NDArray[np.float64]) -> NDArray[np.int16]:
    """How many numbers each number (n,) is larger than, from all signs (n, n): equal numbers have one level."""
    return np.asarray((signs > 0).sum(axis=1), dtype=np.int16)


def counted_p(concordance: int, tied: tuple[int, ...], n: int) -> float:
    """Exact two-sided p of Kendall's S over n numbers, where one side has no ties and the other groups of these sizes.

    It is exact to 1e-12, and never below the share of the two most extreme orders.

    >>> round(counted_p(8, (), 5), 4), round(counted_p(9, (2,), 5), 4)
    (0.0833, 0.0333)
    """
    shares = inversions(n, tied)
    s = len(shares) - 1 - 2 * np.arange(len(shares))
    return float(max(shares[abs(s) >= abs(concordance)].sum(), 2 * shares[0]))


@kept(most=64)
def inversions(n: int, tied: tuple[int, ...]) -> NDArray[np.float64]:
    """The share of all orders of n numbers with groups of equal ones that have 0, 1, 2, ... inversions.

    These are the coefficients of the Gaussian multinomial coefficient n! / prod(t!), with q-factorials (Andrews 1976,
    section 3.4). It is made group by group from (1 - q^(m + i)) / (1 - q^i), each time of a polynomial.

    >>> inversions(3, ()).round(3).tolist(), inversions(3, (2,)).round(3).tolist()
    ([0.167, 0.333, 0.333, 0.167], [0.333, 0.333, 0.333])
    """
    shares = np.ones(1)
    before = 0
    for size in sorted((*tied, *[1] * (n - sum(tied))), reverse=True):
        for i in range(1, size + 1):
            shares = _quotient(shares, before + i, i) * (i / (before + i))
        before += size
    return np.asarray(np.maximum(shares, 0.0) / shares.sum())


def _quotient(polynomial: NDArray[np.float64], k: int, i: int) -> NDArray[np.float64]:
    """A polynomial times (1 - q^k) / (1 - q^i), where that is one: coefficients from q^0 up."""
    degree = len(polynomial) - 1 + k - i
    product = np.zeros(degree + 1 + i)
    product[: len(polynomial)] += polynomial
    product[k:] -= polynomial[: len(product) - k]
    rows = -(-len(product) // i)
    by_row = np.pad(product, (0, rows * i - len(product))).reshape(rows, i)
    return np.asarray(by_row.cumsum(axis=0).ravel()[: degree + 1])


def _concordance(x_levels: NDArray[np.int16], y_levels: NDArray[Any]) -> NDArray[Any]:
    """Kendall's S (orders,) of x (n,) with each column of y (n, orders): each number of x with all that are smaller."""
    by_x = np.argsort(x_levels)
    y, smaller = y_levels[by_x], np.searchsorted(x_levels[by_x], x_levels[by_x])
    total: NDArray[Any] = np.zeros(y.shape[1], dtype=np.int16 if len(y) <= 2**8 else np.int32)
    space = np.empty_like(y)
    for row, count in zip(y, smaller.tolist(), strict=True):
        signs = np.subtract(row, y[:count], out=space[:count])
        total += np.add.reduce(np.sign(signs, out=signs), axis=0, dtype=y.dtype)
    return total
