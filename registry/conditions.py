"""The conditions of a suite as everything else takes them: Python's own numbers, or names that can stand in a path.

In: what a suite declares. Out: the same as plain floats and texts, or a ValueError that says what is allowed.
"""

from collections.abc import Iterable, Mapping
from math import isfinite
from numbers import Real
from typing import Any

LONGEST = 100  # bytes of a name in UTF-8: it stands twice in some names of files, beside a suite's and a family's
LARGEST = 1e100
ALLOWED = (
    "letters, digits, punctuation and spaces inside, but no slash, backslash or control character, and no dot at the "
    f"start; at most {LONGEST} bytes"
)


def plain_conditions(given: Any, knob: str | None) -> tuple[float | str, ...]:
    """The conditions of a suite, each once: numbers as floats, so that 0 and 1 are 0.0 and 1.0.

    Args:
        given: What the suite declares.
        knob: "alpha" or "beta" if the conditions are values of it, else None.

    Raises:
        ValueError: They are no tuple or list, one stands twice, one can be no condition, or one is a name though there
            is a knob.

    >>> plain_conditions([0, 0.5, 1], "alpha")
    (0.0, 0.5, 1.0)
    """
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        raise ValueError(f"conditions are a tuple, as in (0.0, 0.5, 1.0), not {given!r}")
    found: list[float | str] = []
    for condition in given:
        plain = plain_condition(condition)
        if knob is not None and isinstance(plain, str):
            raise ValueError(f"condition {plain!r} is a name, and those of a knob are numbers: {knob} is one")
        if plain in found:
            raise ValueError(f"condition {plain!r} stands twice")
        found.append(plain)
    return tuple(found)


def plain_condition(given: Any) -> float | str:
    """One condition, a finite number or a name.

    Raises:
        ValueError: It is neither, or has characters that a name may not have: which ones it may have is said.

    >>> plain_condition("raw-original"), plain_condition(1)
    ('raw-original', 1.0)
    >>> plain_condition("art/sketch")
    Traceback (most recent call last):
    ValueError: ...art/sketch... is no name of a condition: ...
    """
    if isinstance(given, str):
        name = str(given)
        if not name or not name.isprintable() or set(name) & set("/\\") or name != name.strip() or name[0] == ".":
            raise ValueError(f"{name[:LONGEST]!r} is no name of a condition: {ALLOWED}")
        if len(name.encode()) > LONGEST:
            raise ValueError(f"{name[:20]!r}... is too long for a condition: {ALLOWED}")
        return name
    if not isinstance(given, Real) or isinstance(given, bool):
        raise ValueError(f"a condition is a number or a name, not {type(given).__name__} {given!r}")
    number = float(given)
    if not isfinite(number) or abs(number) > LARGEST:
        raise ValueError(f"a condition is a finite number up to {LARGEST:g}, not {number}")
    return number + 0.0  # minus zero is zero


def plain_words(given: Mapping[str, Any]) -> dict[str, float]:
    """Words for values of a knob, each with its number.

    Raises:
        ValueError: A word can be no condition, or its value is no number.

    >>> plain_words({"none": 0, "all": 1})
    {'none': 0.0, 'all': 1.0}
    """
    found = {word: plain_condition(number) for word, number in given.items()}
    for word, number in found.items():
        if isinstance(number, str) or not isinstance(word, str):
            raise ValueError(f"condition_names are words for numbers, as in {{'all': 1.0}}, not {word!r}: {number!r}")
    return {str(plain_condition(word)): float(number) for word, number in found.items()}
