"""Where two pieces of plain data differ.

In: what JSON holds, twice. Out: each place that differs, with what stands there on both sides.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from math import isclose
from typing import TypeGuard

SHOWN = 100  # characters of a value in a message
NOTHING = "nothing"  # what stands where a key is not there


@dataclass(frozen=True)
class Difference:
    """A place, as its keys joined by dots, and what stands there on either side."""

    place: str
    one: str
    other: str

    def __str__(self) -> str:
        """What was stored, and what it should be."""
        return f"{self.place} was {self.one}, is {self.other}"


def differences(
    one: object,
    other: object,
    place: tuple[str, ...] = (),
    relative: float = 0.0,
    absolute: float = 0.0,
    of_largest: Collection[str] = (),
) -> Iterator[Difference]:
    """Each place that differs, in the order of `one`; numbers by more than both tolerances.

    In lists of numbers with one of the names `of_largest` the relative tolerance is that of the largest number.

    >>> [str(found) for found in differences({"a": [1, 2]}, {"a": [1, 3], "b": 0})]
    ['a.1 was 2, is 3', 'b was nothing, is 0']
    """
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for name in {**one, **other}:
            inner = (*place, str(name))
            if name in one and name in other:
                yield from differences(one[name], other[name], inner, relative, absolute, of_largest)
            else:
                yield Difference(".".join(inner), _side(one, name), _side(other, name))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        if place and place[-1] in of_largest:
            absolute = max(absolute, relative * max(map(abs, filter(_is_number, one)), default=0.0))
        for number, (a, b) in enumerate(zip(one, other, strict=True)):
            yield from differences(a, b, (*place, str(number)), relative, absolute, of_largest)
    elif _is_number(one) and _is_number(other):
        if not isclose(one, other, rel_tol=relative, abs_tol=absolute):
            yield Difference(".".join(place), shortened(one), shortened(other))
    elif type(one) is not type(other) or one != other:
        yield Difference(".".join(place), shortened(one), shortened(other))


def shortened(value: object) -> str:
    """A value in a message: one line, not too long."""
    text = repr(value) if isinstance(value, str | Mapping | list) else str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}..."


def _side(content: Mapping[str, object], name: str) -> str:
    return shortened(content[name]) if name in content else NOTHING


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, float | int) and not isinstance(value, bool)
