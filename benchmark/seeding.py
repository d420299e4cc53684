"""torch for a while from one seed with so many threads: what it draws and how it adds depends on nothing before.

In: a seed and a number of threads. Out: a block; after it torch is as it was.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import torch


@contextmanager
def seeded(seed: int, threads: int) -> Iterator[None]:
    """torch drawing from this seed with so many threads for a while, then as before."""
    threads_before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            yield
    finally:
        torch.set_num_threads(threads_before)
