"""Groups permuted inside labels: what a number that compares groups is by chance.

In: labels and groups (S,). Out: the groups in another order, in which each label has as many of each as before.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def permuted_within(labels: NDArray[Any], groups: NDArray[Any], seed: int) -> NDArray[Any]:
    """Groups (S,) in a seeded order inside each label; every order is as likely as any other.

    Args:
        labels: (S,) of any kind.
        groups: (S,) of any kind.
        seed: Of the order.

    >>> permuted_within(np.array([0, 1, 0, 1]), np.array([5, 7, 5, 7]), seed=0).tolist()
    [5, 7, 5, 7]
    """
    drawn = np.random.default_rng(seed).random(len(labels))
    result = np.empty_like(groups)
    result[np.argsort(labels, kind="stable")] = groups[np.lexsort((drawn, labels))]
    return result
