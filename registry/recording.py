"""What happens during a stretch of code, written down by whoever sees it.

In: the list of sets that are being filled now. Out: one more of them for a while.
"""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def recording(blocks: list[set[str]]) -> Iterator[set[str]]:
    """A set among those that are filled meanwhile; blocks may lie in each other."""
    found: set[str] = set()
    blocks.append(found)
    try:
        yield found
    finally:
        blocks[:] = [one for one in blocks if one is not found]
