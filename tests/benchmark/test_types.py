"""What a network gives, and what a measure and a metric must declare."""

import copy
import pickle
from dataclasses import FrozenInstanceError, replace
from typing import Any

import numpy as np
import pytest
from made_outputs import A, B, outputs

from benchmark.measures import MEASURES
from benchmark.metrics import METRICS
from benchmark.types import MADE_KEPT, Activations, Anchored, Measure, Metric, Value

MEASURE, PLACEBO, METRIC = MEASURES["mean-confidence"], MEASURES["random"], METRICS["accuracy"]


def test_what_is_made_of_activations_is_made_once_for_each_name_and_setting() -> None:
    activations, made = Activations({"a": A}), []

    def make(number: int) -> Any:
        return lambda: made.append(number) or number

    assert [activations.once("x", None, make(1)), activations.once("x", None, make(2))] == [1, 1]
    assert activations.once("x", "other", make(3)) == 3
    assert activations.once("y", None, make(4)) == 4
    assert Activations({"a": A}).once("x", None, make(5)) == 5
    assert made == [1, 3, 4, 5]


def test_of_what_is_made_the_oldest_goes_first() -> None:
    activations = Activations({"a": A})
    for number in range(MADE_KEPT + 1):
        activations.once("x", number, lambda number=number: number)
    assert activations.once("x", 1, lambda: -1) == 1
    assert activations.once("x", 0, lambda: -1) == -1


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_copies_have_the_matrices_and_nothing_that_was_made_of_them(copied: Any) -> None:
    given = Activations({"a": A[:9, :2]}, Activations({"a": A}), {"a": np.arange(2)})
    given.once("x", None, lambda: 1)
    found = copied(given)
    assert found is not given
    assert found != given  # two are the same only if they are one
    assert np.array_equal(found.by_tap["a"], A[:9, :2])
    assert np.array_equal(found.whole.by_tap["a"], A)
    assert found.neurons["a"].tolist() == [0, 1]
    assert found.once("x", None, lambda: 2) == 2


def test_outputs_on_some_examples_are_those_rows_of_everything() -> None:
    given = replace(outputs(A, B), groups=np.arange(200) % 3, judged=np.arange(200) % 2 == 0)
    rows = np.array([5, 3, 8])
    found = given.at(rows)
    assert np.array_equal(found.activations.by_tap["tap1"], given.activations.by_tap["tap1"][rows])
    for name in ("logits", "labels", "groups", "judged"):
        assert np.array_equal(getattr(found, name), getattr(given, name)[rows])
    assert (found.key, found.history) == (given.key, given.history)
    own = Activations({"tap0": A[:3]})
    assert given.at(rows, own).activations is own
    bare = outputs(A).at(rows)
    assert (bare.groups, bare.judged) == (None, None)


def test_values_are_equal_whatever_their_examples() -> None:
    assert Value(0.5, by_example=np.zeros(2)) == Value(0.5, by_example=np.ones(3))
    assert Value(0.5) != Value(0.5, standard_error=0.1)


def test_a_measure_is_a_placebo_where_either_way_is_good_and_may_be_anchored() -> None:
    assert PLACEBO.placebo
    assert not MEASURE.placebo
    assert MEASURE.anchored is None
    anchored = Anchored("mean-mi", "ratio", "own")
    assert replace(MEASURE, compute=anchored).anchored is anchored


@pytest.mark.parametrize(
    ("entry", "changes", "words"),
    [
        (MEASURE, {"name": "two words"}, "is not a name"),
        (MEASURE, {"better": {"heuristic": "high"}}, "better says high or low for each of heuristic, example-level"),
        (
            MEASURE,
            {"better": {"heuristic": "up", "example-level": "low"}},
            r"better\['heuristic'\] is 'up', not",
        ),
        (MEASURE, {"needs": ("weights",)}, "measure 'mean-confidence'"),
        (MEASURE, {"needs": ("labels",)}, "may not need labels or groups: that makes it a metric"),
        (MEASURE, {"needs": ("groups",)}, "may not need labels or groups: that makes it a metric"),
        (MEASURE, {"version": "1"}, "version of measure 'mean-confidence'"),
        (MEASURE, {"yardstick": "yes"}, "yardstick of measure 'mean-confidence' is 'yes'"),
        (METRIC, {"higher_is_better": 1.5}, "higher_is_better of metric 'accuracy' is 1.5"),
        (METRIC, {"compute": 3}, "compute of metric 'accuracy'"),
        (METRIC, {"name": ""}, "is not a name"),
    ],
)
def test_a_declaration_that_cannot_be_meant_is_refused(
    entry: Measure | Metric, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        replace(entry, **changes)


def test_a_yardstick_may_read_labels() -> None:
    assert replace(MEASURE, needs=("labels",), yardstick=True).yardstick


@pytest.mark.parametrize("entry", [MEASURE, METRIC, Value(0.5), outputs(A)])
def test_nothing_is_changed_after_it_is_made(entry: Any) -> None:
    with pytest.raises(FrozenInstanceError):
        entry.key = entry.name = "other"


def test_the_name_of_the_baseline_is_no_name_of_a_measure() -> None:
    with pytest.raises(ValueError, match="a row of the board of measures"):
        Measure("doubly-centred", {"heuristic": "high", "example-level": "high"}, (), lambda *given: Value(0.0), "none")
