"""What a source is, by its path, its ending or its name; and what is said where it is nothing that is read."""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from unlabelled_files import numbers_of, pictures, refusal, texts_of, written

from benchmark.data.unlabelled.reading import unlabelled
from benchmark.data.unlabelled.types import Numbers, Texts
from registry import DataError, UserError


def test_a_path_that_is_there_comes_before_a_data_set_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert isinstance(unlabelled("toy-blobs", root=tmp_path / "data"), Numbers)
    pictures(tmp_path / "toy-blobs", ["a.png"])
    assert unlabelled("toy-blobs", root=tmp_path / "data").source == "toy-blobs"
    assert len(unlabelled("toy-blobs", root=tmp_path / "data")) == 1


def test_a_link_to_a_file_is_that_file(tmp_path: Path) -> None:
    written(tmp_path / "b", "text\nx\n")
    (tmp_path / "a.csv").symlink_to("b")
    assert texts_of(tmp_path / "a.csv") == ("x",)


def test_a_home_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    written(tmp_path / "a.csv", "text\nx\n")
    assert unlabelled("~/a.csv") == Texts("~/a.csv", ("x",), 1)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.json", "save it as .jsonl, an object on each line"),
        ("a.txt", "a text, and not said where one ends: write one a row as .csv or .jsonl"),
        ("a.pt", "a pickle can run code when it is read, so it is not: save an array by np.save"),
        ("a.zip", "a packed folder: unpack it, and give the folder or a file of it"),
        ("a.xlsx", "a spreadsheet: save it as CSV"),
        ("a.PNG", "one picture: give the folder of many"),
        ("a.arrow", "save it as Parquet, as by pandas to_parquet"),
        ("a.parquet.gz", "files ending in .gz are not read, but .csv, .tsv, .jsonl, .ndjson, .parquet, .npy, "),
        ("a.cvs", "files ending in .cvs are not read, but .csv, .tsv, .jsonl, .ndjson, .parquet, .npy, .npz and "
         "folders of pictures; did you mean '.csv'?"),
        ("a", "files without an ending are not read, but .csv"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_says_what_to_do(name: str, said: str, tmp_path: Path) -> None:
    assert refusal(written(tmp_path / name, "x")).startswith(f"{name}: {said}")


def test_what_is_not_there_names_what_is_near(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path / "reviews.csv", "text\nx\n")
    said = "no such file or folder, and no data set of that name"
    assert refusal(tmp_path / "reviewss.csv") == f"reviewss.csv: {said}; did you mean 'reviews.csv'?"
    monkeypatch.chdir(tmp_path)
    assert refusal("reviewss.csv") == f"reviewss.csv: {said}; did you mean 'reviews.csv'?"
    assert refusal("toy-blob") == f"toy-blob: {said}; did you mean 'toy-blobs'?"
    assert refusal("qqqqqqqqq") == f"qqqqqqqqq: {said}; the right names: memorank list datasets"


@pytest.mark.parametrize("source", ["", "a\0b", "x" * 5000, "~nobody-of-this-name/a.csv", "\n"])
def test_what_can_be_no_path_is_said_in_one_line(source: str) -> None:
    with pytest.raises(UserError) as caught:
        unlabelled(source)
    assert len(str(caught.value)) < 400


def test_a_link_to_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to("nowhere")
    assert refusal(tmp_path / "a.csv") == "a.csv: a link to nothing"


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", ["a.csv", "a.tsv.gz", "a.jsonl", "a.parquet", "a.npy", "a.npz"])
def test_what_is_no_regular_file_is_not_waited_for(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / name)
    assert refusal(tmp_path / name) == f"{name}: not a regular file"
    (tmp_path / name).unlink()
    (tmp_path / name).mkdir()
    assert refusal(tmp_path / name) == f"{name}: not a regular file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    written(tmp_path / "a.csv", "text\nx\n")
    (tmp_path / "a.csv").chmod(0)
    assert refusal(tmp_path / "a.csv") == "a.csv: it cannot be read (Permission denied)"


def test_a_column_of_what_has_none_is_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.ones((2, 2)))
    pictures(tmp_path / "b", ["a.png"])
    tables = ".csv, .tsv, .jsonl, .ndjson, .parquet"
    for name in ("a.npy", "b"):
        said = refusal(tmp_path / name, "text")
        assert said == f"{name}: a column is named, and only tables have some ({tables})"
    with pytest.raises(UserError, match="a column is named"):
        unlabelled("toy-sentences", "text")


def test_less_than_one_example_is_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.ones((2, 2)))
    assert len(numbers_of(tmp_path / "a.npy", 1)) == 1
    with pytest.raises(UserError, match="0 examples cannot be read: ask for one or more"):
        unlabelled(str(tmp_path / "a.npy"), examples=0)


def test_the_libraries_of_the_forms_are_imported_when_they_are_needed() -> None:
    late = {"pandas", "pyarrow", "PIL", "torch"}
    code = f"import sys, benchmark.data.unlabelled.reading; print(sorted({late} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_errors_are_those_that_a_command_prints() -> None:
    assert issubclass(DataError, UserError)
    assert re.match("nowhere: ", refusal("nowhere"))
