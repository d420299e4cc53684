"""Numbers compared in pairs: what every tau is made of.

In: numbers of models. Out: the signs of their pairwise differences, and tau-b of two such.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

EQUAL = 1e-12  # relative difference up to which two numbers are equal


def pair_signs(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The signs of all pairwise differences.

    Args:
        values: Numbers (..., n).

    Returns:
        (..., n, n): 1 where the first of two numbers is larger, -1 where it is smaller, 0 where they differ by rounding
        alone, as two means may.

    >>> pair_signs(np.array([2.0, 1.0, 1.0 + 1e-15])).tolist()
    [[0.0, 1.0, 1.0], [-1.0, 0.0, 0.0], [-1.0, 0.0, 0.0]]
    """
    a, b = values[..., :, None], values[..., None, :]
    return np.where(differ(a, b), np.sign(a - b), 0.0)


def differ(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether numbers differ by more than rounding: by a relative difference above 1e-12."""
    return np.asarray(np.abs(a - b) > EQUAL * np.maximum(np.abs(a), np.abs(b)))


def tau_b(x_signs: NDArray[np.float64], y_signs: NDArray[np.float64]) -> float | None:
    """Kendall's tau-b (Kendall 1945) from the signs (n, n) of two sides, None where one side is all ties.

    >>> tau_b(pair_signs(np.array([1.0, 2.0, 3.0])), pair_signs(np.array([1.0, 3.0, 2.0])))
    0.3333333333333333
    """
    found = float(taus_b(x_signs, y_signs))
    return None if np.isnan(found) else found


def taus_b(x_signs: NDArray[np.float64], y_signs: NDArray[np.float64]) -> NDArray[np.float64]:
    """tau-b (...) of two sides' signs (..., n, n), nan where one side is all ties."""
    both = (x_signs * y_signs).sum(axis=(-2, -1))
    scale = np.sqrt(np.abs(x_signs).sum(axis=(-2, -1)) * np.abs(y_signs).sum(axis=(-2, -1)))
    return np.asarray(np.divide(both, scale, out=np.full_like(scale, np.nan), where=scale > 0))


def whole(x: ArrayLike, y: ArrayLike) -> bool:
    """Whether no number of either side is missing (nan)."""
    return bool(np.isfinite(x).all() and np.isfinite(y).all())


def or_nan(values: Iterable[float | None]) -> list[float]:
    """The numbers with nan in the place of those that are missing, as the functions here read them."""
    return [float("nan") if value is None else value for value in values]


def oriented(values: Sequence[float], high_is_better: bool) -> list[float]:
    """The numbers, negated where a low one is good, so that the highest is the best."""
    return [value if high_is_better else -value for value in values]
