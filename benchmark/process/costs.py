"""What parts of a computation take: seconds of each, written down by those who do them.

In: a name. Out: the seconds by name of a block.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_open: ContextVar[dict[str, float] | None] = ContextVar("_open", default=None)


@contextmanager
def costs() -> Iterator[dict[str, float]]:
    """Collect what the parts of this block take.

    Yields:
        Seconds by name; of a part that is done several times their sum.

    >>> with costs() as seconds:
    ...     with costing("reading spectra"):
    ...         pass
    >>> list(seconds)
    ['reading spectra']
    """
    found: dict[str, float] = {}
    token = _open.set(found)
    try:
        yield found
    finally:
        _open.reset(token)


def counted(name: str, seconds: float) -> None:
    """Count seconds under a name that were spent before; outside of `costs` they are not counted."""
    found = _open.get()
    if found is not None:
        found[name] = found.get(name, 0.0) + seconds


@contextmanager
def costing(name: str) -> Iterator[None]:
    """Count what this block takes under a name; outside of `costs` it is not counted."""
    found = _open.get()
    if found is None:
        yield
        return
    since = time.perf_counter()
    try:
        yield
    finally:
        counted(name, time.perf_counter() - since)
