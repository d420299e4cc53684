"""What a measure or a metric returns, as the plain data that a record keeps: the one place where numbers become plain.

In: a `Value` from anybody's code. Out: the same with Python's own numbers, or an error that says what cannot be kept,
where it stands and of which type it is. A run and `memorank check` refuse the same things.
"""

from collections.abc import Iterator, Mapping
from itertools import count
from math import isfinite
from numbers import Integral, Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmark.plain.strict_json import LARGEST, LARGEST_WHOLE, in_range
from benchmark.types import Value
from registry.errors import LONGEST, bounded
from registry.fields import scalar

DEEPEST = 40  # lists and mappings within each other in `details`; a record adds fewer than ten levels
MOST_PARTS = 20_000  # numbers, texts, lists and mappings in `details`: each record holds them, and is read as a whole
MOST_TAPS = 1_000
LARGEST_KEPT = 1e30  # of the numbers of single examples, which are kept in float32


def plain_value(found: object, examples: int) -> Value:
    """A value with plain numbers.

    Args:
        found: What `compute` has returned.
        examples: How many examples it was computed on.

    Returns:
        The same value. Numbers of numpy, arrays and tensors without axes, True and False have become Python's numbers,
        and tuples in `details` lists; the middle of a text of more than a thousand characters is left out.

    Raises:
        ValueError: It is no `Value`, a part of it is nothing that a record can keep, or it has too many of them. The
            message names the part.

    >>> plain_value(Value(np.float32(0.5)), 3).value
    0.5
    >>> plain_value(Value(0.5, details={"by class": np.zeros(2)}), 3)
    Traceback (most recent call last):
    ValueError: details['by class'] is a numpy.ndarray of shape (2,), which a record cannot keep: say .tolist()
    """
    if not isinstance(found, Value):
        raise ValueError(f"compute returns {type(found).__name__}, not a Value")
    if not isinstance(found.reason, str | None):
        raise ValueError(f"the reason is {described(found.reason)}, not a text")
    error = _optional(found.standard_error, "standard_error")
    if error is not None and error < 0:
        raise ValueError(f"standard_error is {error}: it is 0 or more, or None")
    per_tap = _by_text(found.per_tap, "per_tap")
    if len(per_tap) > MOST_TAPS:
        raise ValueError(f"per_tap has {len(per_tap)} numbers: one for each tap, at most {MOST_TAPS}")
    parts = count(1)
    return Value(
        value=_optional(found.value, "the value"),
        per_tap={tap: _optional(part, f"per_tap[{tap!r}]") for tap, part in per_tap.items()},
        reason=None if found.reason is None else _text(found.reason),
        standard_error=error,
        details=_by_text(found.details, "details", parts),
        by_example=None if found.by_example is None else _by_example(found.by_example, examples),
        by_chance=_optional(found.by_chance, "by_chance"),
    )


def plain_number(given: object, where: str) -> int | float:
    """A finite number as one of Python's own.

    Raises:
        ValueError: It is none, or one beyond what is computed with; `where` says what of.

    >>> plain_number(np.array(3), "the value"), plain_number(True, "the value")
    (3, 1)
    """
    number = scalar(given)
    if isinstance(number, Integral) and abs(int(number)) < LARGEST_WHOLE:  # bool is one of them
        return int(number)
    if not isinstance(number, Real):
        cure = ": say .item()" if hasattr(given, "item") and getattr(given, "size", None) == 1 else ""
        raise ValueError(f"{where} is {described(given)}, not a number{cure}")
    try:
        result = float(number)
    except OverflowError:
        result = LARGEST * LARGEST
    if not isfinite(result):
        raise ValueError(f"{where} is {result}: an undefined number is None with a reason")
    if not in_range(result):
        raise ValueError(f"{where} is {result:g} or more: numbers up to {LARGEST:g} can be ranked")
    return result


def described(given: object) -> str:
    """The type of something, and the shape of an array.

    >>> described(np.zeros((2, 3))), described([1])
    ('a numpy.ndarray of shape (2, 3)', 'a list')
    """
    kind = type(given)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    shape = getattr(given, "shape", None)
    text = f"{name} of shape {tuple(shape)}" if isinstance(shape, tuple) and shape else name
    return f"{'an' if text[0] in 'aeiou' else 'a'} {text}"


def _optional(given: object, where: str) -> int | float | None:
    return None if given is None else plain_number(given, where)


def _text(given: str) -> str:
    r"""A text that UTF-8 has: half of a pair of surrogates, as in the name of a file that is not UTF-8, is written out.

    Its middle is left out where it has more than a thousand characters.

    >>> _text("a\udcff")
    'a\\udcff'
    """
    return bounded(str(given)).encode("utf-8", "backslashreplace").decode()


def _by_text(given: object, where: str, parts: Iterator[int] | None = None, depth: int = 0) -> dict[str, Any]:
    """A mapping whose keys are texts, or whole numbers, which become texts, and whose parts are made plain if counted.

    `parts` counts those of the whole of `details`.
    """
    if not isinstance(given, Mapping):
        raise ValueError(f"{where} is {described(given)}, not a mapping")
    result: dict[str, Any] = {}
    for key, part in given.items():
        known = scalar(key)
        if not isinstance(known, str | Integral):
            raise ValueError(f"{where} has the key {key!r}, {described(key)}: keys are texts")
        name = str(int(known) if isinstance(known, Integral) else known)
        if len(name) > LONGEST:
            raise ValueError(f"{where} has a key of {len(name)} characters: at most {LONGEST}")
        name = _text(name)
        if name in result:
            raise ValueError(f"{where} has two keys that are {name!r} as text")
        result[name] = part if parts is None else _plain(part, f"{where}[{key!r:.100}]", parts, depth)
    return result


def _plain(given: object, where: str, parts: Iterator[int], depth: int) -> Any:
    """A part of `details`: None, a truth, a number, a text, or lists and mappings of these."""
    if next(parts) > MOST_PARTS:
        raise ValueError(f"details hold more than {MOST_PARTS} numbers and texts: keep what a reader needs")
    if depth > DEEPEST:
        raise ValueError(f"{where[:80]}... is nested more than {DEEPEST} levels deep")
    known = scalar(given)
    if known is None or isinstance(known, bool):
        return known
    if isinstance(known, str):
        return _text(known)
    if isinstance(known, Mapping):
        return _by_text(known, where, parts, depth + 1)
    if isinstance(known, list | tuple):
        return [_plain(part, f"{where}[{place}]", parts, depth + 1) for place, part in enumerate(known)]
    if not isinstance(known, Real):
        cure = ": say .tolist()" if hasattr(given, "tolist") else ""
        raise ValueError(f"{where} is {described(given)}, which a record cannot keep{cure}")
    return plain_number(known, where)


def _by_example(given: Any, examples: int) -> NDArray[np.float64]:
    """One number for each example (S,)."""
    said = f"by_example is {examples} numbers up to {LARGEST_KEPT:g}, one for each example"
    try:
        array = np.asarray(given.detach().cpu() if hasattr(given, "detach") else given)
        numbers = array.astype(np.float64) if array.dtype.kind in "biuf" else None
    except (TypeError, ValueError, RuntimeError) as error:
        raise ValueError(f"{said}, not {described(given)}") from error
    if numbers is None or numbers.shape != (examples,):
        raise ValueError(f"{said}, not {described(given)}")
    if not (np.abs(numbers) <= LARGEST_KEPT).all():
        row = int(np.argmin(np.abs(numbers) <= LARGEST_KEPT))
        raise ValueError(f"{said}: number {row} is {numbers[row]}")
    return numbers
