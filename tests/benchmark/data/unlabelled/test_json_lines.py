"""JSON Lines: an object on each line, of which the chosen keys are read."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from unlabelled_files import numbers_of, refusal, texts_of, written

from benchmark.data.unlabelled.reading import unlabelled
from benchmark.data.unlabelled.sampling import chosen
from benchmark.data.unlabelled.types import Texts


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.jsonl.gz"])
def test_the_texts_are_read_and_labels_are_not(name: str, tmp_path: Path) -> None:
    content = '\ufeff{"text": "th\u00e9", "label": NaN}\n\n{"label": {"a": [1e999]}, "text": "\\u00e9"}\n'.encode()
    file = written(tmp_path / name, gzip.compress(content) if name.endswith("gz") else content)
    assert unlabelled(file) == Texts(file, ("th\u00e9", "\u00e9"), 2, ("label",))


def test_lines_that_are_not_chosen_are_not_even_parsed(tmp_path: Path) -> None:
    rows = set(chosen(300, 20).tolist())
    file = written(tmp_path / "a.jsonl", "\n".join(f'{{"t": "{n}"}}' if n in rows else "{" for n in range(300)))
    assert texts_of(file, examples=20) == tuple(str(row) for row in sorted(rows))


def test_numbers_are_rows_of_all_keys_but_labels(tmp_path: Path) -> None:
    rows = [{"a": 1.5, "target": "x" * row, "b": row} for row in range(3)]
    found = numbers_of(written(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows))))
    assert found.values.tolist() == [[1.5, 0], [1.5, 1], [1.5, 2]]
    assert (found.values.dtype, found.left_out) == (np.float64, ("target",))


def test_a_label_of_thousands_of_digits_is_not_looked_at(tmp_path: Path) -> None:
    file = written(tmp_path / "a.jsonl", f'{{"text": "x", "label": {"9" * 5000}}}')
    assert texts_of(file) == ("x",)


BAD = {
    "": "a.jsonl: it is empty",
    "\n \n": "a.jsonl: it is empty",
    '{"t": "x"}\n{"t": 5}\n{"t": "y"}': "a.jsonl:2: column 't' is 5, not a text",
    '{"t": "x"}\n\n{"t": null}': "a.jsonl:3: column 't' is empty",
    '{"t": "x"}\n{"t": "  "}': "a.jsonl:2: column 't' is empty",
    '{"text": "x"}\n{"txt": "y"}': "a.jsonl:2: it has no 'text'; did you mean 'txt'?",
    '{"t": "x"}\n"y"': "a.jsonl:2: a text, not an object",
    "[1]\n": "a.jsonl:1: a list, not an object; JSON Lines has an object on each line, as {'text': ...}",
    '{"t": "x"}\n{"t": }': "a.jsonl:2: no JSON that can be read (Expecting value at column 7)",
    '{"t": "x", "t": "y"}': "a.jsonl:1: no JSON that can be read (ValueError: 't' stands twice in one object)",
    "["
    * 100_000: "a.jsonl:1: no JSON that can be read (RecursionError: maximum recursion depth exceeded while decoding a "
    "JSON array from a unicode string)",
    '{"t": "\\ud800"}': "a.jsonl:1: column 't' holds half of a surrogate pair, which is no text",
    '{"t": "\\u0000"}': "a.jsonl:1: column 't' holds a NUL byte",
    '{"x": [1, 2]}': "a.jsonl: column 'x' holds a list in a line: take it out, or name a --text-column",
    '{"x": null}': "a.jsonl: column 'x' holds nothing: take it out, or name a --text-column",
    '{"x": 1}\n{"x": NaN}': "a.jsonl:2: column 'x' is nan, not a finite number",
    '{"x": 36893488147419103232}': "a.jsonl:1: column 'x' is a whole number beyond 2^63",
    "{}": "a.jsonl: it has no columns",
    '{"a": "x", "b": "y"}': "a.jsonl: several columns hold texts: say by --text-column which of 'a', 'b'",
    '{"label": 1}': "a.jsonl: no column is left to read: of 'label' none is read, as labels are not",
    '{"t": "x\0"}': "a.jsonl:1: a NUL byte, which no text has: is it another kind of file?",
}


@pytest.mark.parametrize("content", BAD)
def test_what_is_wrong_is_said_in_one_line(content: str, tmp_path: Path) -> None:
    assert refusal(written(tmp_path / "a.jsonl", content)) == BAD[content]


def test_a_key_that_is_asked_for_must_hold_texts_everywhere(tmp_path: Path) -> None:
    file = written(tmp_path / "a.jsonl", '{"a": "x", "b": "y", "n": 1}\n{"a": "z", "b": 2, "n": 3}')
    assert texts_of(file, "a") == ("x", "z")
    assert refusal(file, "b") == "a.jsonl:2: column 'b' is 2, not a text"
    assert refusal(file, "n") == "a.jsonl: column 'n' holds numbers: it is not what holds texts"
    assert refusal(file, "c") == "a.jsonl: there is no column 'c'; known: a, b, n"
