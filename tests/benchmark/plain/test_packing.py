"""Numbers of many examples in a record: they come back, and what is not made by `packed` is refused."""

import base64
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from benchmark.plain import packing
from benchmark.plain.packing import packed, plain, unpacked

FINITE = some.floats(width=32, allow_nan=False, allow_infinity=False)


@given(arrays(np.float64, some.integers(1, 300), elements=FINITE))
def test_what_float32_holds_comes_back_to_the_bit(array: np.ndarray) -> None:
    assert np.array_equal(unpacked(packed(array)), array)


def test_other_numbers_come_back_as_float32_holds_them() -> None:
    array = np.random.default_rng(0).normal(size=1000)
    assert np.abs(unpacked(packed(array)) / array - 1).max() < 2**-24
    assert len(packed((array > 0).astype(float))) < 400  # correct or not: about a bit and a half of text each


@pytest.mark.parametrize(
    ("array", "said"),
    [
        (np.ones((2, 2)), r"not \(2, 2\)"),
        (np.ones(0), r"not \(0,\)"),
        (np.array([1.0, np.nan]), "number 1 is not finite"),
        (np.array([1e40, 0.0]), "number 0 is not finite"),
    ],
)
def test_what_cannot_be_kept_is_refused(array: np.ndarray, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        packed(array)


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


GOOD = packed(np.arange(5.0))
ZIPPED = zlib.compress(np.arange(5, dtype="<f4").tobytes())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "text",
        "ü",
        GOOD + "\n",
        GOOD[:-4],
        GOOD[:-4] + "AAAA",
        _text(b"no zlib at all"),
        _text(ZIPPED[:-1]),
        _text(ZIPPED + b"behind"),
        _text(zlib.compress(b"")),
        _text(zlib.compress(b"12345")),
        _text(zlib.compress(np.array([np.nan], "<f4").tobytes())),
        _text(zlib.compress(np.array([np.inf], "<f4").tobytes())),
    ],
)
def test_a_damaged_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="packed number"):
        unpacked(text)


def test_a_small_text_cannot_become_a_large_array(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MOST", 100)
    assert len(unpacked(_text(zlib.compress(bytes(400))))) == 100
    with pytest.raises(ValueError, match="more than 100"):
        unpacked(_text(zlib.compress(bytes(404))))


def test_two_texts_of_one_array_are_one_thing_to_compare() -> None:
    texts = [_text(zlib.compress(np.arange(5, dtype="<f4").tobytes(), level)) for level in (0, 9)]
    one, other = ({"key": "k", "metrics": {"a": {"value": 2.0, "by_example": text}}, "measures": {}} for text in texts)
    assert texts[0] != texts[1]
    assert plain(one) == plain(other)
    assert plain(one)["metrics"]["a"] == {"value": 2.0, "by_example": [0.0, 1.0, 2.0, 3.0, 4.0]}
    assert one["metrics"]["a"]["by_example"] == texts[0]
    assert plain({"work": "train"}) == {"work": "train"}
