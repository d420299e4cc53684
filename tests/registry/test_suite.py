"""A suite's conditions: which a plan may name, and what number a word stands for."""

import math
from dataclasses import replace

import numpy as np
import pytest

from registry import SUITES, Plane

KNOB = replace(SUITES["toy-spurious"], condition_names={"none": 0.0, "half": 0.5})
NAMED = SUITES["bias-in-bios"]


@pytest.mark.parametrize(
    ("condition", "allowed"),
    [(0.0, True), (0.3, True), (1, True), ("half", True), (-0.1, False), (1.1, False), ("whole", False)],
)
def test_of_a_knob_any_number_between_the_first_and_the_last_is_allowed(condition: float | str, allowed: bool) -> None:
    assert KNOB.allows(condition) is allowed


def test_without_a_knob_only_what_is_listed_is_allowed() -> None:
    assert all(map(NAMED.allows, NAMED.conditions))
    assert not NAMED.allows("raw")
    assert not NAMED.allows(0.0)
    assert not SUITES["circles-spurious"].allows(0.0)  # its first one is 0.5


def test_a_word_stands_for_its_number_and_minus_zero_is_zero() -> None:
    assert (KNOB.numbered("half"), KNOB.numbered(0.25), KNOB.numbered("whole")) == (0.5, 0.25, "whole")
    assert math.copysign(1.0, float(KNOB.numbered(-0.0))) == 1.0


def test_a_suite_without_conditions_and_a_plane_without_an_extent_are_refused() -> None:
    with pytest.raises(ValueError, match="suite 'toy-spurious' has no conditions"):
        replace(KNOB, conditions=())
    with pytest.raises(ValueError, match=r"a plane goes from low to high, not from 1\.0 to 1\.0"):
        Plane(low=1.0, high=1.0, side=2, inputs=lambda: np.zeros((4, 3), np.float32))
    with pytest.raises(ValueError, match=r"side of a plane is 101 \(int\): a whole number from 2 to 100"):
        Plane(low=0.0, high=1.0, side=101, inputs=lambda: np.zeros((4, 3), np.float32))
    for word, kinds in (("kind", "'heuristic', 'example-level'"), ("modality", "'vector', 'image', 'text'")):
        with pytest.raises(ValueError, match=f"{word} is 'other', not one of {kinds}"):
            replace(KNOB, **{word: "other"})
