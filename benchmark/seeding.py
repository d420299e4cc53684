"""All random generators drawing from one seed for a while, so that what they draw depends on nothing before.

In: a seed and a number of threads for torch. Out: a context; after it everything is as it was. A family may draw its
initial weights by torch's generator, by numpy's global one or by Python's: from one seed each gives the same weights.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch

_WORD = 2**32


@contextmanager
def seeded(seed: int, threads: int) -> Iterator[None]:
    """Within the context torch, numpy and Python draw from this seed; afterwards they go on as if nothing was drawn.

    Args:
        seed: Of the generators. That of torch on the processor takes the lowest 32 bits of it.
        threads: How many threads torch uses within the context.

    >>> with seeded(0, 1):
    ...     first = random.random()
    >>> with seeded(0, 1):
    ...     random.random() == first
    True
    """
    before = torch.get_num_threads(), np.random.get_state(), random.getstate()
    torch.set_num_threads(threads)
    np.random.seed([seed % _WORD, seed // _WORD % _WORD])
    random.seed(seed)
    try:
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            yield
    finally:
        torch.set_num_threads(before[0])
        np.random.set_state(before[1])
        random.setstate(before[2])
