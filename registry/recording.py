"""What happens during a stretch of code, written down by those who see it happen.

In: the list of the sets that are being filled. Out: one more of them for a while.
"""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def recording(blocks: list[set[str]]) -> Iterator[set[str]]:
    """Have one more set filled for a while; such blocks may lie in each other.

    Args:
        blocks: The sets that whoever sees something adds it to.

    Yields:
        The set, which is one of them until the block ends.
    """
    found: set[str] = set()
    blocks.append(found)
    try:
        yield found
    finally:
        blocks[:] = [one for one in blocks if one is not found]
