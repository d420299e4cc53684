"""Plain data changed at random: one value that nobody expects, one key less or more, or the text itself cut."""

import copy
import json
from random import Random
from typing import Any

NUMBERS = [
    float("nan"),
    float("inf"),
    float("-inf"),
    10**400,
    -(10**30),
    1e308,
    -1e308,
    5e-324,
    -1,
    0,
    1,
    7,
    -0.5,
    2**63,
]
TEXTS = ["", "text", "../../x", "a\nb", "\0", "\ud800", "x" * 5000, "nan", "evaluation"]
OTHERS = [None, True, False, [], {}, [None], [[]], {"a": None}, {"": {}}, [0.5] * 3000]
ODD = [*NUMBERS, *TEXTS, *OTHERS]
NESTED = {"@40": 40, "@60": 60, "@900": 900, "@100000": 100_000}


def places(content: Any, at: tuple[Any, ...] = (), of_a_list: int = 3) -> list[tuple[Any, ...]]:
    """The path of every value, however deep; of a list those of its first few."""
    keys: Any = content if isinstance(content, dict) else ()
    if isinstance(content, list):
        keys = range(min(len(content), of_a_list))
    return [path for key in keys for path in [(*at, key), *places(content[key], (*at, key), of_a_list)]]


def changed(content: Any, random: Random) -> tuple[Any, str]:
    """A copy with one thing changed, and what that is."""
    result = copy.deepcopy(content)
    path = random.choice(places(content))
    here = result
    for key in path[:-1]:
        here = here[key]
    how = random.choice(["odd"] * 6 + ["nested", "drop", "add", "swap"])
    value: Any = None
    if how == "drop":
        del here[path[-1]]
    elif how == "add" and isinstance(here, dict):
        here["added"] = value = random.choice(ODD)
    elif how == "swap":
        other = content
        for key in random.choice(places(content)):
            other = other[key]
        here[path[-1]] = value = copy.deepcopy(other)
    else:
        here[path[-1]] = value = random.choice(list(NESTED)) if how == "nested" else random.choice(ODD)
    return result, f"{how} {'.'.join(map(str, path))}: {str(value)[:40]!r}"


def written(content: Any) -> str:
    """The JSON text, with NaN, infinity and depths that it should not have."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    for word, depth in NESTED.items():
        text = text.replace(json.dumps(word), "[" * depth + "]" * depth)
    return text


def damaged(text: bytes, random: Random) -> bytes:
    """The bytes with a part cut, one flipped, a key twice, or others behind them."""
    how, place = random.choice(["cut", "flip", "twice", "behind"]), random.randrange(1, len(text))
    if how == "cut":
        return text[:place]
    if how == "flip":
        return text[:place] + bytes([text[place] ^ (1 << random.randrange(8))]) + text[place + 1 :]
    return text.replace(b"{", b'{"schema":1,', 1) if how == "twice" else text + b"{}"


# What stands in place of a value, to be tried at every place.
EVERYWHERE = [float("nan"), float("inf"), float("-inf"), 10**400, -0.0, "text", None, True, [], {}]
MISSING = object()


def put(content: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A copy with another value at a place, or without what stands there."""
    result = copy.deepcopy(content)
    here = result
    for key in path[:-1]:
        here = here[key]
    if value is MISSING:
        del here[path[-1]]
    else:
        here[path[-1]] = value
    return result
