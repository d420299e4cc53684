"""Conditions: whole numbers are numbers, and a name is one that can stand in a path and in a line."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from registry import SUITES

SUITE = SUITES["toy-shuffled"]
NAMED = replace(SUITE, knob=None)


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ((0, 0.5, 1), (0.0, 0.5, 1.0)),
        ([0, 1], (0.0, 1.0)),
        (np.array([0.0, 0.25], dtype=np.float32), (0.0, 0.25)),
        (range(2), (0.0, 1.0)),
        ((-0.0, 1), (0.0, 1.0)),
    ],
)
def test_numbers_of_any_kind_are_floats(given: Any, plain: tuple[float, ...]) -> None:
    found = replace(SUITE, conditions=given).conditions
    assert [(repr(one), type(one)) for one in found] == [(repr(one), float) for one in plain]
    assert replace(SUITE, condition_names={"none": 0, "all": np.int64(1)}).condition_names == {"none": 0.0, "all": 1.0}


@pytest.mark.parametrize(
    "name", ["raw-original", "raw|original", "a b", "50 %", "Käfer", "草", "x" * 100, "a..b", "<script>", "it's"]
)
def test_a_name_may_have_letters_digits_and_punctuation(name: str) -> None:
    assert replace(NAMED, conditions=(name,)).conditions == (name,)


@pytest.mark.parametrize(
    "name",
    ["art/sketch", "../../x", "..", ".", ".hidden", "a\\b", "a\0b", " a", "a ", "a\nb", "a\tb", "\x1b[31m", "\u202ea",
     "a\u2028b", "\ud800", "", " ", "/etc/passwd", "x" * 101, "ä" * 51],
)  # fmt: skip
def test_other_names_are_refused_with_what_is_allowed(name: str) -> None:
    with pytest.raises(
        ValueError, match="condition: letters, digits, punctuation and spaces inside, but no slash"
    ) as told:
        replace(NAMED, conditions=("a-good-one", name))
    assert str(told.value).isprintable()
    assert len(str(told.value)) < 350


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"conditions": (0.0, float("nan"))}, "a finite number"),
        ({"conditions": (0.0, float("inf"))}, "a finite number"),
        ({"conditions": (0.0, True)}, "not bool True"),
        ({"conditions": (0.0, None)}, "not NoneType None"),
        ({"conditions": (0.0, 1 + 0j)}, "not complex"),
        ({"conditions": (0, 0.0)}, "condition 0.0 stands twice"),
        ({"conditions": (0.0, "all")}, "condition 'all' is a name, and those of a knob are numbers"),
        ({"conditions": "abc"}, "conditions are a tuple"),
        ({"conditions": 0.5}, "conditions are a tuple"),
        ({"condition_names": {"all": "1"}}, "condition_names are words for numbers"),
        ({"condition_names": {1: 1.0}}, "condition_names are words for numbers"),
    ],
)
def test_what_is_no_condition_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        replace(SUITE, **changes)
