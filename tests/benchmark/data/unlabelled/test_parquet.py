"""Parquet: one column of texts or all of numbers, read group by group, and nothing else of the file."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet as pq
from unlabelled_files import numbers_of, refusal, texts_of, written

from benchmark.data.unlabelled import parquet as module
from benchmark.data.unlabelled.reading import unlabelled
from benchmark.data.unlabelled.sampling import chosen
from benchmark.data.unlabelled.types import Texts


def saved(path: Path, columns: dict[str, object], **words: object) -> str:
    pq.write_table(pa.table(columns), path, **words)
    return str(path)


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())])
def test_the_one_column_of_texts_is_read(kind: pa.DataType, tmp_path: Path) -> None:
    columns = {"n": [1, 2], "t": pa.array(["x", "th\u00e9"], pa.string()).cast(kind), "label": ["a", "b"]}
    file = saved(tmp_path / "a.parquet", columns)
    assert unlabelled(file) == Texts(file, ("x", "th\u00e9"), 2, ("n", "label"))


def test_pages_of_labels_are_not_read(tmp_path: Path) -> None:
    """The bytes of the column of labels are overwritten where the file says that they lie."""
    file = Path(saved(tmp_path / "a.parquet", {"label": list(range(500)), "t": [f"text {n}" for n in range(500)]}))
    places = pq.ParquetFile(file).metadata.row_group(0).column(0)
    start = places.dictionary_page_offset or places.data_page_offset
    content = bytearray(file.read_bytes())
    content[start : start + places.total_compressed_size] = b"\xff" * places.total_compressed_size
    file.write_bytes(content)
    assert texts_of(file) == tuple(f"text {n}" for n in range(500))
    with pytest.raises(OSError):  # noqa: PT011  pyarrow says one thing or another
        pq.read_table(file)


def test_a_sample_spans_groups_and_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH", 7)
    file = saved(tmp_path / "a.parquet", {"t": [str(n) for n in range(1000)]}, row_group_size=30)
    expected = tuple(str(row) for row in chosen(1000, 60))
    assert texts_of(file, examples=60) == expected
    assert texts_of(file) == tuple(map(str, range(1000)))


def test_a_table_of_pandas_without_its_index_is_numbers_of_its_type(tmp_path: Path) -> None:
    frame = pd.DataFrame(np.random.default_rng(0).normal(size=(20, 3)).astype(np.float32), columns=["a", "b", "c"])
    frame.assign(y=1).set_index(pd.Index([40, *range(7, 26)], name="Unnamed: 0")).to_parquet(tmp_path / "a.parquet")
    found = numbers_of(tmp_path / "a.parquet")
    np.testing.assert_array_equal(found.values, frame.to_numpy())
    assert (found.values.dtype, found.left_out) == (np.float32, ("y", "Unnamed: 0"))


@pytest.mark.parametrize(("dtype", "name"), [(pa.bool_(), "bool"), (pa.uint8(), "uint8"), (pa.int16(), "int16")])
def test_numbers_of_one_type_keep_it(dtype: pa.DataType, name: str, tmp_path: Path) -> None:
    assert numbers_of(saved(tmp_path / "a.parquet", {"a": pa.array([0, 1]).cast(dtype)})).values.dtype == name


BAD = {
    "no text": ({"t": ["x", None, "y"]}, "a.parquet: row 1 (from 0): column 't' is empty"),
    "no number": ({"n": [1.0, None]}, "a.parquet: row 1 (from 0): column 'n' is empty"),
    "nan": ({"n": [1.0, 2.0, float("nan")]}, "a.parquet: row 2 (from 0): column 'n' is nan, not a finite number"),
    "lists": (
        {"n": [1], "p": [[1.0, 2.0]]},
        "a.parquet: column 'p' holds list<element: double>: take it out, or name a --text-column",
    ),
    "dates": (
        {"d": [date(2020, 1, 1)]},
        "a.parquet: column 'd' holds date32[day]: take it out, or name a --text-column",
    ),
    "two": ({"a": ["x"], "b": ["y"]}, "a.parquet: several columns hold texts: say by --text-column which of 'a', 'b'"),
    "no row": ({"a": pa.array([], pa.string())}, "a.parquet: it has no row"),
    "no column": ({}, "a.parquet: it has no columns"),
    "labels": ({"label": [1]}, "a.parquet: no column is left to read: of 'label' none is read, as labels are not"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said_in_one_line(name: str, tmp_path: Path) -> None:
    columns, said = BAD[name]
    assert refusal(saved(tmp_path / "a.parquet", columns)) == said


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table([["x"], ["y"]], names=["t", "t"]), tmp_path / "a.parquet")
    assert refusal(tmp_path / "a.parquet") == "a.parquet: two columns are named 't': rename one of them"


def test_a_column_that_is_asked_for_is_read_alone(tmp_path: Path) -> None:
    file = saved(tmp_path / "a.parquet", {"a.b": ["x"], "a": ["y"], "n": [1]})
    assert (texts_of(file, "a.b"), texts_of(file, "a")) == (("x",), ("y",))
    assert refusal(file, "n") == "a.parquet: column 'n' holds numbers: it is not what holds texts"
    assert refusal(file, "A") == "a.parquet: there is no column 'A'; did you mean 'a'?"


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" * 9, b"text\nx\n"])
def test_what_is_no_such_file_is_said_in_one_line(content: bytes, tmp_path: Path) -> None:
    assert refusal(written(tmp_path / "a.parquet", content)).startswith("a.parquet: no Parquet file that can be read (")


def test_a_text_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    texts = pa.Array.from_buffers(pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\1\0\0\0"), pa.py_buffer(b"\xff")])
    assert refusal(saved(tmp_path / "a.parquet", {"t": texts})).startswith(
        "a.parquet: no Parquet file that can be read (UnicodeDecodeError: "
    )
