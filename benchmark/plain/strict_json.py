"""JSON from disk, as strict as what memorank writes: what it would read as something else is refused.

In: the bytes of a file. Out: plain data, or an error of one line.
"""

import json
import math
from typing import NoReturn, TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
DEPTH = 50  # lists and objects within each other; memorank writes up to 8
LARGEST = 1e150  # a number whose square is still one
LARGEST_WHOLE = 2**63


def read_json(content: bytes) -> Json:
    """The content of a JSON file.

    Raises ValueError for what is no JSON in UTF-8, and for what JSON leaves open: NaN and infinity, numbers beyond what
    is computed with, one key twice in an object, an unpaired surrogate, and more than 50 levels.

    >>> read_json(b'{"a": [1, 2.5, null]}')
    {'a': [1, 2.5, None]}
    """
    try:
        found: Json = json.loads(
            content.decode(),
            parse_constant=_refused,
            parse_float=_number,
            parse_int=_whole_number,
            object_pairs_hook=_object,
        )
    except RecursionError:
        raise ValueError(f"it is nested more than {DEPTH} levels deep") from None
    _check_depth(found)
    if b"\\u" in content:
        json.dumps(found, ensure_ascii=False).encode()  # UnicodeEncodeError, a ValueError, for an unpaired surrogate
    return found


def in_range(number: float) -> bool:
    """Whether a number is finite and can be squared.

    >>> in_range(1e10), in_range(1e200), in_range(float("nan"))
    (True, False, False)
    """
    return math.isfinite(number) and abs(number) <= LARGEST


def beyond(number: float) -> str | None:
    """The limit of records beyond which a number lies, None where a record can hold it.

    >>> beyond(1e200), beyond(2**63), beyond(3)
    ('1e+150', '2^63', None)
    """
    if isinstance(number, int):
        return "2^63" if abs(number) >= LARGEST_WHOLE else None
    return None if in_range(number) else f"{LARGEST:g}"


def _refused(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def _number(text: str) -> float:
    number = float(text)
    if -LARGEST <= number <= LARGEST:  # at once, as a record holds thousands
        return number
    raise _too_large(number, text)


def _whole_number(text: str) -> int:
    number = int(text) if len(text) < 25 else LARGEST_WHOLE
    if -LARGEST_WHOLE < number < LARGEST_WHOLE:
        return number
    raise _too_large(number, text)


def _too_large(number: float, text: str) -> ValueError:
    return ValueError(f"{text[:40]} is beyond {beyond(number)}")


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice[:40]!r} stands twice in one object")
    return found


def _check_depth(content: Json) -> None:
    layer = [content]
    for _ in range(DEPTH + 1):
        inside: list[Json] = []
        nested = False
        for part in layer:
            if type(part) is dict:
                inside += part.values()
                nested = True
            elif type(part) is list:
                inside += part
                nested = True
        if not nested:
            return
        layer = inside
    raise ValueError(f"it is nested more than {DEPTH} levels deep")
