"""Everything that draws by itself, for a while from one seed: what it draws depends on nothing before.

In: a seed and a number of threads for torch. Out: a block; after it all is as it was. Initial weights may be drawn by
torch's generator, by numpy's global one or by Python's: each network gets its own, and the same one each time.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch

_WORD = 2**32


@contextmanager
def seeded(seed: int, threads: int) -> Iterator[None]:
    """torch with so many threads, and all generators drawing from this seed, for a while, then as before."""
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
