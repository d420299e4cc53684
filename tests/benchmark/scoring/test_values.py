"""What measures return: what can be a plain number is one, what cannot is named by its place and type."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

import memorank
from benchmark.plain.strict_json import read_json
from benchmark.run import compute
from benchmark.run_folder import store
from benchmark.run_folder.shapes import DamagedCell
from benchmark.scoring.values import plain_value
from benchmark.types import Value

pytestmark = pytest.mark.usefixtures("blank_pages")

NUMBERS = {
    "float32": np.float32(0.5),
    "float16": np.float16(0.5),
    "longdouble": np.longdouble(0.5),
    "an array without axes": np.array(0.5),
    "a tensor": torch.tensor(0.5, requires_grad=True),
    "a bfloat16": torch.tensor(0.5, dtype=torch.bfloat16),
    "a fraction": Fraction(1, 2),
    "int64": np.int64(3),
    "uint8": np.uint8(3),
    "true": True,
    "numpy's true": np.True_,
    "a tensor that is true": torch.tensor(True),
    "a large whole number": 2**80,
    "minus zero": -0.0,
}
NO_NUMBERS = {
    "nan": (float("nan"), "is nan"),
    "numpy's nan": (np.float32("nan"), "is nan"),
    "infinity": (torch.tensor(float("inf")), "is inf"),
    "a whole number of 400 digits": (10**400, r"or more: numbers up to 1e\+150"),
    "a square too large": (1e200, r"or more: numbers up to 1e\+150"),
    "a text": ("0.5", "is a str, not a number"),
    "a list": ([0.5], "is a list, not a number"),
    "one row": (np.array([0.5]), r"is a numpy.ndarray of shape \(1,\), not a number: say .item\(\)"),
    "two numbers": (torch.zeros(2), r"is a torch.Tensor of shape \(2,\), not a number"),
    "a complex number": (np.complex64(1), "is a numpy.complex64, not a number"),
    "a decimal": (Decimal("0.5"), "is a decimal.Decimal, not a number"),
    "a day": (np.datetime64("2020-01-01"), "is a numpy.datetime64, not a number"),
    "an object": (object(), "is an object, not a number"),
    "a function": (print, "is a builtin_function_or_method, not a number"),
}
PLACES = {
    "the value": lambda number: Value(number),
    "standard_error": lambda number: Value(0.5, standard_error=number),
    "by_chance": lambda number: Value(0.5, by_chance=number),
    "per_tap": lambda number: Value(0.5, per_tap={"t": number}),
}


@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS.keys())
def test_what_can_be_a_plain_number_is_one(number: Any) -> None:
    for make in PLACES.values():
        found = plain_value(make(number), 3)
        parts = [found.value, found.standard_error, found.by_chance, *found.per_tap.values()]
        assert all(type(part) in (int, float) for part in parts if part is not None)
        assert (number.item() if hasattr(number, "item") else number) in (found.value, *parts)
    nested = plain_value(Value(None, reason="r", details={"a": [{"b": (number,)}]}), 3).details["a"][0]["b"]
    assert type(nested) is list
    assert nested == [number]
    assert read_json(json.dumps(nested).encode()) == nested


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("number", "words"), NO_NUMBERS.values(), ids=NO_NUMBERS.keys())
def test_what_cannot_is_named_by_place_and_type(number: Any, words: str, place: str) -> None:
    with pytest.raises(ValueError, match=rf"^{place}.*{words}"):
        plain_value(PLACES[place](number), 3)


DEEP: list[Any] = []
DEEP.append(DEEP)
DOUBLED: Any = 1
for _ in range(35):
    DOUBLED = [DOUBLED, DOUBLED]
BAD: dict[str, tuple[Any, str]] = {
    "no value": (0.5, "compute returns float, not a Value"),
    "nothing": (None, "compute returns NoneType, not a Value"),
    "an array in details": (
        Value(0.5, details={"by class": np.zeros(2)}),
        r"details\['by class'\] is a numpy.ndarray of shape \(2,\), which a record cannot keep: say .tolist",
    ),
    "a set in details": (Value(0.5, details={"a": [1, {2}]}), r"details\['a'\]\[1\] is a set, which"),
    "nan in details": (Value(0.5, details={"a": {"b": [0.0, np.nan]}}), r"details\['a'\]\['b'\]\[1\] is nan"),
    "bytes in details": (Value(0.5, details={"a": b"x"}), "is a bytes, which"),
    "a key of two": (Value(0.5, details={(1, 2): 1}), r"details has the key \(1, 2\), a tuple: keys are texts"),
    "two keys that are one": (Value(0.5, details={1: 0, "1": 0}), "details has two keys that are '1' as text"),
    "no end": (Value(0.5, details={"a": DEEP}), "nested more than 40 levels deep"),
    "details that are a list": (Value(0.5, details=[1]), "details is a list, not a mapping"),
    "taps that are none": (Value(0.5, per_tap={None: 1}), "per_tap has the key None"),
    "a reason that is a number": (Value(None, reason=3), "the reason is an int, not a text"),
    "an error below 0": (Value(0.5, standard_error=-1e-9), "standard_error is -1e-09: it is 0 or more"),
    "too few examples": (Value(0.5, by_example=np.zeros(2)), r"by_example is 3 numbers .* shape \(2,\)"),
    "examples in two axes": (Value(0.5, by_example=np.zeros((3, 1))), r"by_example is 3 numbers .* shape \(3, 1\)"),
    "texts for examples": (Value(0.5, by_example=["a", "b", "c"]), "by_example is 3 numbers .* not a list"),
    "ragged examples": (Value(0.5, by_example=[[1], [1, 2], 3]), "by_example is 3 numbers .* not a list"),
    "a million numbers": (
        Value(0.5, details={"a": list(range(1_000_000))}),
        "details hold more than 20000 numbers and",
    ),
    "twice as many at each level": (Value(0.5, details={"a": DOUBLED}), "details hold more than 20000 numbers and te"),
    "many short lists": (Value(0.5, details={str(one): [1] * 10 for one in range(2000)}), "details hold more than"),
    "many taps": (Value(0.5, per_tap={f"tap{one}": 1.0 for one in range(20_000)}), "per_tap has 20000 numbers: one"),
    "a key without end": (Value(0.5, details={"a" * 10_000: 1}), "details has a key of 10000 characters: at most 1000"),
    "a tap without end": (Value(0.5, per_tap={"a" * 10_000: 1}), "per_tap has a key of 10000 characters: at most 1"),
    "an undefined example": (Value(0.5, by_example=[0, np.nan, 0]), "by_example is 3 numbers .*: number 1 is nan"),
}


@pytest.mark.parametrize(("value", "words"), BAD.values(), ids=BAD.keys())
def test_what_no_record_can_keep_is_named(value: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        plain_value(value, 3)


@pytest.mark.parametrize(
    "each", [[1, 0, 1], (True, False, True), np.array([1, 0, 1], np.int8), torch.tensor([1, 0, 1])]
)
def test_numbers_of_examples_are_an_array(each: Any) -> None:
    found = plain_value(Value(0.5, by_example=each), 3).by_example
    assert found is not None
    assert (found.dtype, found.tolist()) == (np.float64, [1.0, 0.0, 1.0])


def test_texts_are_such_as_utf8_has() -> None:
    found = plain_value(Value(None, reason="a\udcff", details={"\udcff": "b\udcff", 7: np.str_("c")}), 3)
    assert (found.reason, found.details) == ("a\\udcff", {"\\udcff": "b\\udcff", "7": "c"})
    assert type(found.details["7"]) is str


def test_the_middle_of_a_long_text_is_left_out() -> None:
    long = "because " * 500_000
    found = plain_value(Value(None, reason=long, details={"a": [long]}), 3)
    for text in (found.reason, found.details["a"][0]):
        assert len(text) < 1100
        assert "(3999000 characters left out)" in text
    assert plain_value(Value(None, reason="x" * 1000), 3).reason == "x" * 1000


SEALED = {
    "nan": (float("nan"), "ValueError"),
    "a number of numpy": (np.float32(1), "TypeError"),
    "a shape that nobody reads": (-1, "DamagedCell"),
}


@pytest.mark.parametrize(("odd", "kind"), SEALED.values(), ids=SEALED.keys())
def test_whatever_a_cell_returns_costs_that_cell_alone(
    odd: Any, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No entry's value comes so far; where one does it is a failed cell, and what cannot be encoded is its cause."""
    real, spoiled = compute.compute, []

    def spoiling(cell: Any, *given: Any) -> Any:
        result, files = real(cell, *given)
        if cell.work == "score" and cell.condition == 0.0:
            print("half a pair \udcff")
            spoiled.append(cell.key)
            return {**result, "measures": {"steps": {**result["measures"]["steps"], "standard_error": odd}}}, files
        return result, files

    monkeypatch.setattr(compute, "compute", spoiling)
    plan = tmp_path / "one.yaml"
    plan.write_text(
        "name: one\nseeds: [0]\nsuites: [{suite: toy-spurious, family: toy-mlp, conditions: [0.0, 1.0],"
        " training: {max_epochs: 1}}]\nthreads: 1\nestimator: {sub_samples: 0, inputs: [evaluation]}\n"
    )
    memorank.run(str(plan), out=tmp_path / "run")
    assert len(spoiled) == 2
    assert len(store.published(tmp_path / "run")) == 3
    assert str(store.last_failure(tmp_path / "run", spoiled[0])).startswith(kind)
    assert "half a pair ?" in (tmp_path / "run" / "failed" / spoiled[0] / "1" / "log.txt").read_text()


def test_a_record_is_read_back_before_it_is_written() -> None:
    with pytest.raises(DamagedCell, match="no usable"):
        store.check_sealed(store.sealed("k", {"work": "score"}, {}))
