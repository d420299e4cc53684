"""CSV and TSV: what is read, in which lines, and each way in which a file can be wrong."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from unlabelled_files import numbers_of, refusal, texts_of, written

from benchmark.data.unlabelled.reading import unlabelled
from benchmark.data.unlabelled.sampling import chosen
from benchmark.data.unlabelled.types import Numbers, Texts


def test_the_one_column_of_texts_is_read_and_labels_are_not(tmp_path: Path) -> None:
    file = written(tmp_path / "a.csv", 'id,text,label\n1,"good, ""fine""",pos\n2,"two\nlines",neg\n')
    assert unlabelled(file) == Texts(file, ('good, "fine"', "two\nlines"), 2, ("id", "label"))


@pytest.mark.parametrize("garbage", ["\x1b[31m", "1e999", "[[[[", "ß" * 999, "nan", "=cmd()"])
def test_whatever_stands_in_a_column_of_labels_is_not_looked_at(garbage: str, tmp_path: Path) -> None:
    file = written(tmp_path / "a.csv", f"a,Label,b\n1,{garbage},2\n3,,4\n")
    found = unlabelled(file)
    assert isinstance(found, Numbers)
    assert found.values.tolist() == [[1, 2], [3, 4]]
    assert found.left_out == ("Label",)


def test_a_table_of_pandas_is_read_as_pandas_reads_it(tmp_path: Path) -> None:
    """An index that pandas has written beside it is no input."""
    frame = pd.DataFrame(np.random.default_rng(0).normal(size=(20, 3)), columns=["a", "b", "c"])
    frame.to_csv(tmp_path / "a.csv")
    found = numbers_of(tmp_path / "a.csv")
    np.testing.assert_array_equal(found.values, pd.read_csv(tmp_path / "a.csv", index_col=0).to_numpy())
    assert found.left_out == ("",)


@pytest.mark.parametrize(
    ("cells", "dtype"),
    [(["True", "false"], np.bool_), (["1", "-2"], np.int64), (["1", "2.5"], np.float64), (["1", "true"], np.int64)],
)
def test_numbers_keep_their_type(cells: list[str], dtype: type, tmp_path: Path) -> None:
    assert numbers_of(written(tmp_path / "a.csv", "\n".join(["a", *cells]))).values.dtype == dtype


def test_columns_that_are_numbered_from_0_are_names(tmp_path: Path) -> None:
    values = np.arange(6.0).reshape(2, 3) / 4
    pd.DataFrame(values).to_csv(tmp_path / "a.csv", index=False)
    assert numbers_of(tmp_path / "a.csv").values.tolist() == values.tolist()


@pytest.mark.parametrize("name", ["a.csv.gz", "a.CSV", "a.tsv", "a.tsv.gz"])
def test_other_separators_and_packed_files_are_read(name: str, tmp_path: Path) -> None:
    text = "text,id\nfirst,1\nsecond,2\n".replace(",", "\t" if "tsv" in name else ",")
    (tmp_path / name).write_bytes(gzip.compress(text.encode()) if name.endswith("gz") else text.encode())
    assert texts_of(tmp_path / name) == ("first", "second")


def test_a_mark_of_utf_8_and_blank_lines_and_ends_of_windows_are_no_texts(tmp_path: Path) -> None:
    file = written(tmp_path / "a.csv", b"\xef\xbb\xbftext\r\n\r\nfirst\r\n\r\nsecond\r\n\r\n")
    assert texts_of(file, "text") == ("first", "second")


def test_a_long_text_is_read_and_the_limit_of_the_module_is_put_back(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    assert texts_of(written(tmp_path / "a.csv", "text\n" + "x" * 500_000)) == ("x" * 500_000,)
    assert csv.field_size_limit() == before


def test_of_more_rows_a_sample_is_read_with_the_lines_of_the_file(tmp_path: Path) -> None:
    rows = chosen(5000, 50).tolist()
    file = written(tmp_path / "a.csv", "text\n" + "\n".join(f"text {row}" for row in range(5000)))
    found = unlabelled(file, examples=50)
    assert isinstance(found, Texts)
    assert (found.texts, found.of) == (tuple(f"text {row}" for row in rows), 5000)
    lines = ["text", *(" " if row == rows[7] else f"text {row}" for row in range(5000))]
    assert texts_of(
        written(tmp_path / "b.csv", "\n".join(lines)), examples=1
    )  # where it is not read, it does not matter


def test_texts_that_are_numbers_are_texts_where_others_are_not(tmp_path: Path) -> None:
    file = written(tmp_path / "a.csv", "text\n10\n10\n10\nten\n")
    assert texts_of(file, "text") == ("10", "10", "10", "ten")
    assert refusal(file) == "a.csv:5: column 'text' is 'ten', not a number"


BAD = {
    "": "a.csv: it is empty",
    "\n\n": "a.csv: it is empty",
    "text\n": "a.csv: no row follows the names of the columns",
    "a,b\nx,y\n": "a.csv: several columns hold texts: say by --text-column which of 'a', 'b'",
    "a,label\nx\n": "a.csv:2: 1 cells, and the first line names 2 columns",
    'a,b\n"x\ny",1\n\nz,2,3\n': "a.csv:5: 3 cells, and the first line names 2 columns",
    "a;label\nx;1\n": "a.csv: its columns are parted by semicolons, and here commas part them: save CSV with commas",
    "a,a\n1,2\n": "a.csv: two columns are named 'a': rename one of them",
    "label,y\n1,2\n": "a.csv: no column is left to read: of 'label', 'y' none is read, as labels are not",
    "0.5,0.25\n1,2\n": "a.csv: its first line holds numbers, and the names of the columns are read from it: add them",
    "a,b\n1,2\n3,?\n5,6\n": "a.csv:3: column 'b' is '?', not a number",
    "a,b\n1,2\n3,\n": "a.csv:3: column 'b' is empty",
    "a,b\n1,2\n3,nan\n5,6\n": "a.csv:3: column 'b' is 'nan', not a number",
    "a\n1\n1e999\n": "a.csv:3: column 'a' is inf, not a finite number",
    "text,b\nx,1\n ,2\n": "a.csv:3: column 'text' is empty",
    "a,b\n1,\n2,\n": "a.csv: column 'b' holds nothing: take it out, or name a --text-column",
    'text\n"one\ntwo\n': "a.csv:2: a quotation mark opens a cell here, and none closes it",
    'text\nx\n"one" two\n': "a.csv:3: something stands behind the quotation mark that closes a cell; one within a cell "
    "is written twice",
    "text\rone\rtwo\r": "a.csv:1: a line ends by a carriage return alone: save the file with ends of lines as on "
    "Linux or Windows",
    "text\none\0\n": "a.csv:2: a NUL byte, which no text has: is it another kind of file?",
}


@pytest.mark.parametrize("content", BAD)
def test_what_is_wrong_is_said_in_one_line(content: str, tmp_path: Path) -> None:
    assert refusal(written(tmp_path / "a.csv", content)) == BAD[content]


def test_what_is_not_utf_8_is_said_with_its_line(tmp_path: Path) -> None:
    said = refusal(written(tmp_path / "a.csv", b"text\none\nthx\xe9\n"))
    assert said == "a.csv:3: not UTF-8 text (byte 3 of the line): save it as UTF-8"
    said = refusal(written(tmp_path / "b.csv", "text\none\n".encode("utf-16")))
    assert said == "b.csv: it is UTF-16: save it as UTF-8"


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("txt", "a.csv: there is no column 'txt'; did you mean 'text'?"),
        ("", "a.csv: there is no column ''; known: id, text, title"),
        ("id", "a.csv: column 'id' holds numbers: it is not what holds texts"),
        ("title", "a.csv:3: column 'title' is empty"),
    ],
)
def test_a_column_that_is_asked_for_must_hold_texts(column: str, said: str, tmp_path: Path) -> None:
    file = written(tmp_path / "a.csv", "id,title,text\n1,x,first\n2,,second\n")
    assert texts_of(file, "text") == ("first", "second")
    assert refusal(file, column) == said
