"""What is computed once and kept for a while: as long as the block that asked for it, and never longer.

In: a function of hashable arguments. Out: the same, which remembers its latest results inside `keeping()`. A command, a
worker and a board keep what they use again (data, tokens, outputs, draws), and let go of all of it at their end.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")
Caches = dict[Callable[..., object], Callable[..., object]]  # each function as it remembers

_caches: ContextVar[Caches | None] = ContextVar("_caches", default=None)


@contextmanager
def keeping() -> Iterator[None]:
    """Functions made by `kept` remember their results in this block, those in blocks inside it too, and then forget.

    It holds for this thread alone: another one keeps what it computes in a block of its own.
    """
    if _caches.get() is not None:
        yield
        return
    token = _caches.set({})
    try:
        yield
    finally:
        _caches.reset(token)


def kept(most: int) -> Callable[[Callable[Given, Result]], Callable[Given, Result]]:
    """Inside `keeping()` a function remembers so many of its latest results; elsewhere it computes each time.

    >>> calls = []
    >>> @kept(most=2)
    ... def squared(number):
    ...     calls.append(number)
    ...     return number**2
    >>> with keeping():
    ...     squared(3), squared(3), calls
    (9, 9, [3])
    >>> squared(3), calls
    (9, [3, 3])
    """

    def remembering(function: Callable[Given, Result]) -> Callable[Given, Result]:
        @wraps(function)
        def called(*given: Given.args, **named: Given.kwargs) -> Result:
            caches = _caches.get()
            if caches is None:
                return function(*given, **named)
            cached = caches.setdefault(function, lru_cache(most)(function))
            return cached(*given, **named)  # type: ignore[return-value]

        return called

    return remembering
