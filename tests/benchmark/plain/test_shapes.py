"""The first thing that is wrong with plain data is told with its place."""

from typing import Annotated

import numpy as np
import pytest
from pydantic import TypeAdapter
from typing_extensions import TypedDict

from benchmark.plain.packing import packed
from benchmark.plain.shapes import ANY_OBJECT, Count, FileName, Number, Packed, Positive, Sha256, shape, shape_problem


@shape
class Part(TypedDict):
    count: Count
    name: FileName


SHAPE: TypeAdapter[object] = TypeAdapter(list[Part])


def test_what_has_the_shape_has_no_problem_though_it_has_more() -> None:
    assert shape_problem(SHAPE, [{"count": 0, "name": "a.json", "more": None}]) is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({}, "content: Input should be a valid list"),
        (
            [{"count": 0, "name": "a"}, {"count": -1, "name": "a"}],
            "1.count: Input should be greater than or equal to 0",
        ),
        ([{"count": "0", "name": "a"}], "0.count: Input should be a valid integer"),
        ([{"count": 0}], "0.name: Field required"),
    ],
)
def test_the_first_thing_that_has_not_is_told_with_its_place(content: object, said: str) -> None:
    assert shape_problem(SHAPE, content) == said


@pytest.mark.parametrize("name", ["", ".hidden", "a/b", "../a", "a\0b", "a" * 256])
def test_no_name_leads_out_of_its_folder(name: str) -> None:
    assert shape_problem(SHAPE, [{"count": 0, "name": name}]) == "0.name: Value error, not the name of a file"


@pytest.mark.parametrize(
    ("of", "good", "bad"),
    [
        (Number, -1e150, 1e151),
        (Number, 0.0, float("nan")),
        (Positive, 0.0, -1e-9),
        (Sha256, "0" * 64, "0" * 63),
        (Sha256, "a" * 64, "G" * 64),
        (Packed, "", "no packed numbers"),
        (dict[str, object], {}, []),
    ],
)
def test_limits_of_single_values(of: object, good: object, bad: object) -> None:
    good = packed(np.array([0.5, 1.0])) if of is Packed else good
    adapter: TypeAdapter[object] = TypeAdapter(of)
    assert shape_problem(adapter, good) is None
    assert shape_problem(adapter, bad) is not None


def test_of_a_part_that_is_checked_elsewhere_any_object_will_do() -> None:
    adapter: TypeAdapter[object] = TypeAdapter(Annotated[Part, ANY_OBJECT])
    assert shape_problem(adapter, {"anything": [1]}) is None
    assert shape_problem(adapter, [1]) is not None
