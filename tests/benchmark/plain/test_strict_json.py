"""JSON from disk is read as what memorank writes, or not at all."""

import json

import pytest

from benchmark.plain.strict_json import DEPTH, read_json


def test_what_memorank_writes_comes_back() -> None:
    content = {
        "a": [1, -2.5e-300, 1e150, True, None, "\N{GREEK SMALL LETTER TAU} \N{GRINNING FACE}"],
        "b": {"a": 2**53},
    }
    assert read_json(json.dumps(content).encode()) == content
    assert read_json(json.dumps(content, ensure_ascii=False).encode()) == content
    deep = "[" * DEPTH + "]" * DEPTH
    assert json.dumps(read_json(deep.encode())) == deep


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"[NaN]", "NaN is no number"),
        (b"[-Infinity]", "-Infinity is no number"),
        (b"[1e400]", "1e400 is beyond 1e\\+150"),
        (b"[-1e151]", "-1e151 is beyond 1e\\+150"),
        (b"[9223372036854775808]", "9223372036854775808 is beyond 2\\^63"),
        (b"[" + b"9" * 5000 + b"]", "^9{40} is beyond 2\\^63$"),
        (b'{"a": 1, "b": {"c": 1, "c": 1}}', "the key 'c' stands twice"),
        (b"[" * (DEPTH + 1) + b"]" * (DEPTH + 1), "more than 50 levels"),
        (b"[" * 100_000, "more than 50 levels"),
        (b'["\\ud800"]', "surrogates not allowed"),
        (b'["\xff"]', "can't decode byte 0xff"),
        (b"[1] 2", "Extra data"),
        (b"", "Expecting value"),
    ],
    ids=lambda part: str(part)[:30],
)
def test_everything_else_is_refused(text: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_json(text)
