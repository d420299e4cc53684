"""Where two pieces of plain data differ, and which tolerance a number has."""

from benchmark.plain.differences import differences


def found(one: object, other: object, **tolerance: object) -> list[str]:
    return [difference.place for difference in differences(one, other, **tolerance)]


def test_numbers_of_examples_are_compared_on_the_scale_of_the_largest() -> None:
    one, other = {"a": {"each": [1.0, 1e-9]}}, {"a": {"each": [1.0, 2e-9]}}
    assert found(one, other) == ["a.each.1"]
    assert found(one, other, relative=1e-6) == ["a.each.1"]
    assert found(one, other, relative=1e-6, of_largest=("each",)) == []
    assert found(one, {"a": {"each": [1.0, 3e-6]}}, relative=1e-6, of_largest=("each",)) == ["a.each.1"]
    assert found({"b": [1.0, 1e-9], **one}, {"b": [1.0, 2e-9], **other}, relative=1e-6, of_largest=("each",)) == ["b.1"]
    assert found({"each": []}, {"each": []}, relative=1e-6, of_largest=("each",)) == []
