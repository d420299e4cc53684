"""What a reading may give, and what its measures are told where it gives nothing."""

import sys
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from benchmark.reading import NotForThese, Reading, take
from benchmark.types import Taken

EXAMPLES = 4


def reading(give: Any, **changes: Any) -> Reading:
    whole = {"name": "mine", "axis": "examples", "compute": give, "reference": "a test", **changes}
    return Reading(**whole)


def taken(give: Any, **changes: Any) -> Taken | str:
    return take(reading(give, **changes), SimpleNamespace(inputs=np.zeros((EXAMPLES, 2))))


def raising(error: BaseException) -> Any:
    def compute(at_hand: object) -> None:
        raise error

    return compute


def test_arrays_by_example_and_of_the_network_are_kept_as_they_are() -> None:
    by_example = taken(lambda at_hand: {"a": np.arange(4), "b": np.ones((4, 3), dtype=bool)})
    assert isinstance(by_example, Taken)
    assert (by_example["a"].tolist(), by_example["b"].shape, by_example.axis) == ([0, 1, 2, 3], (4, 3), "examples")
    whole = taken(lambda at_hand: {"a": [1.0, 2.0]}, axis="network")
    assert isinstance(whole, Taken)
    rows = np.array([2, 0])
    assert by_example.at(rows)["a"].tolist() == [2, 0]
    assert whole.at(rows)["a"].tolist() == [1.0, 2.0]  # it has no rows that are examples


def test_what_such_inputs_do_not_have_is_a_reason_and_no_failure() -> None:
    assert taken(raising(NotForThese("texts have no gradient"))) == "texts have no gradient"


@pytest.mark.parametrize(
    ("give", "words"),
    [
        (raising(KeyError("x")), "reading mine: KeyError: 'x'"),
        (lambda at_hand: sys.exit(3), "reading mine: SystemExit: 3"),
        (lambda at_hand: 5, "reading mine: AttributeError"),
        (lambda at_hand: {"a": np.array(["x"] * 4)}, "'a' is an array of <U1, not of numbers"),
        (lambda at_hand: {"a": np.zeros(4, dtype=complex)}, "'a' is an array of complex128"),
        (lambda at_hand: {"a": np.zeros(3)}, r"'a' has shape \(3,\) for 4 examples"),
        (lambda at_hand: {"a": 0.5}, r"'a' has shape \(\) for 4 examples"),
        (lambda at_hand: {"a": np.array([0, 0, 0, np.inf])}, "'a' holds a number that is not finite"),
    ],
)
def test_whatever_else_it_gives_fails_and_names_it(give: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        taken(give)


def test_of_the_network_as_a_whole_any_number_of_rows_is_right_and_only_finite_numbers_are() -> None:
    assert isinstance(taken(lambda at_hand: {"a": np.zeros(9)}, axis="network"), Taken)
    with pytest.raises(ValueError, match="not finite"):
        taken(lambda at_hand: {"a": np.array([np.nan])}, axis="network")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "Mine"}, "'Mine' is not a name"),
        ({"axis": "rows"}, "axis"),
        ({"compute": 3}, "compute"),
        ({"version": -1}, "version"),
    ],
)
def test_a_reading_that_is_not_filled_in_rightly_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        reading(changes.get("compute", dict), **{part: changes[part] for part in changes if part != "compute"})
