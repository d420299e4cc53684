"""Examples keep together what belongs to one example, in whatever order they are taken."""

from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pytest

from registry import Examples

INPUTS = np.arange(6.0).reshape(3, 2)
WHOLE = Examples(INPUTS, [0, 1, 2], groups=[5, 6, 7], names=["Ann", "Bob", "Cleo"], ids=[10, 20, 30])


def test_some_of_them_keep_all_that_belongs_to_each_in_the_order_asked_for() -> None:
    found = WHOLE.at(np.array([2, 0, 2]))
    assert len(found) == 3
    assert found.inputs.tolist() == [[4.0, 5.0], [0.0, 1.0], [4.0, 5.0]]
    for kept, expected in (
        (found.labels, [2, 0, 2]),
        (found.groups, [7, 5, 7]),
        (found.names, ["Cleo", "Ann", "Cleo"]),
        (found.ids, [30, 10, 30]),
    ):
        assert kept is not None
        assert kept.tolist() == expected
    bare = Examples(INPUTS, [0, 1, 2]).at(np.array([1]))
    assert (bare.groups, bare.names, bare.ids) == (None, None, None)


def test_none_of_them_are_examples_too() -> None:
    found = WHOLE.at(np.array([], dtype=np.int64))
    assert (len(found), found.inputs.shape) == (0, (0, 2))


@pytest.mark.parametrize("name", ["labels", "groups", "names", "ids"])
def test_a_column_of_another_length_is_refused_by_its_name(name: str) -> None:
    given: dict[str, Any] = {"labels": [0, 1, 2], name: ["a", "b"] if name == "names" else [0, 1]}
    with pytest.raises(ValueError, match=rf"^{name} have shape \(2,\) for 3 inputs$"):
        Examples(INPUTS, **given)


def test_ids_that_may_have_been_rounded_are_refused_and_nothing_is_changed_later() -> None:
    with pytest.raises(ValueError, match="ids are integers, not float64"):
        Examples(INPUTS, [0, 1, 2], ids=[0.0, 1.0, 2.0])
    with pytest.raises(FrozenInstanceError):
        WHOLE.labels = np.zeros(3, np.int64)  # type: ignore[misc]
