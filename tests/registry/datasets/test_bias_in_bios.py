"""The published biographies: table and records are read, and what is wrong in either is named by file and row."""

import pickle
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pyarrow
import pytest
from pyarrow import parquet

from benchmark.data.fetching import fetch
from benchmark.data.fingerprints import fingerprint
from benchmark.data.loading import load
from benchmark.data.splits import make_splits
from registry import DATASETS, SUITES, DataError
from registry.datasets._biographies import CLASSES

SUITE = SUITES["bias-in-bios"]


def record(**other: Any) -> dict[str, Any]:
    """As BIOS.pkl has them."""
    raw = "Ann B. Lee is a nurse. She works nights. Ms. Lee lives in Oslo."
    known = {"raw": raw, "start_pos": 22, "title": "nurse", "gender": "F", "name": ("Ann", "B.", "Lee")}
    return {**known, "URI": "http://example.org", **other}


def records(folder: Path, content: Any) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "BIOS.pkl").write_bytes(content if isinstance(content, bytes) else pickle.dumps(content))
    return folder


def table(folder: Path, part: str, **columns: Any) -> Path:
    (folder / "data").mkdir(parents=True, exist_ok=True)
    parquet.write_table(pyarrow.table(columns), folder / "data" / f"{part}-00000-of-00001-0ab6.parquet")
    return folder


def whole_table(folder: Path) -> Path:
    for part in ("train", "test"):
        texts = [f"She {part}s {n} people." for n in range(40)]
        table(folder, part, hard_text=texts, profession=[n % 28 for n in range(40)], gender=[n % 2 for n in range(40)])
    return folder


def test_the_original_records_are_read_without_their_first_sentence_and_with_their_names(tmp_path: Path) -> None:
    many = [record(raw=f"Ann Lee is a nurse. She works {n} nights.", start_pos=19) for n in range(40)]
    root = records(tmp_path / "bias-in-bios", many).parent
    data = load("bias-in-bios", root)
    assert (len(data.train), len(data.held_out)) == (26, 10)
    assert re.fullmatch(r"She works \d+ nights\.", str(data.train.inputs[0]))
    assert data.train.names is not None
    assert (data.train.names[0], CLASSES[data.train.labels[0]], data.train.groups[0]) == ("Ann B. Lee", "nurse", 1)
    before = fingerprint(DATASETS["bias-in-bios"], root)
    whole_table(root / "bias-in-bios")
    assert fingerprint(DATASETS["bias-in-bios"], root) == before  # the records count, which tell the names


def test_the_published_table_is_read_with_its_own_split(tmp_path: Path) -> None:
    whole_table(tmp_path / "bias-in-bios")
    data = load("bias-in-bios", tmp_path)
    assert (len(data.train), len(data.held_out), data.train.names) == (40, 40, None)
    assert (data.train.inputs[1], data.train.labels[1], data.train.groups[1]) == ("She trains 1 people.", 1, 1)
    splits = make_splits(SUITE, data, "scrubbed-original", 0)
    assert splits.train.inputs[1] == "_ trains 1 people."
    assert any("names, which stay" in text for _, text in SUITE.facts(data))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ([record(), record(title="wizard")], r"BIOS.pkl:2: title is 'wizard', none of the 28 occupations"),
        ([record(title=None)], r"BIOS.pkl:1: title is None"),
        ([record(title=np.array(["nurse", "nurse"]))], r"BIOS.pkl:1: title is array\("),
        ([record(gender=np.array(["F", "F"]))], r"BIOS.pkl:1: gender is array\("),
        ([record(name=3 * [[9 * ["x"]]])], r"BIOS.pkl:1: name is \[.{,150}\], not a list of names$"),
        ([record(gender="X")], r"BIOS.pkl:1: gender is 'X', not one of M, F"),
        ([record(raw=b"bytes")], r"BIOS.pkl:1: raw is b'bytes', not a text"),
        ([record(raw="  " * 20)], r"BIOS.pkl:1: the text is empty"),
        ([record(start_pos=None)], r"BIOS.pkl:1: start_pos is None"),
        ([record(name="Ann")], r"BIOS.pkl:1: name is 'Ann', not a list"),
        ([7], r"BIOS.pkl:1: expected a mapping, got int"),
        ({"a": 1}, r"BIOS.pkl: expected a list of records, got dict"),
        (b"not a pickle", r"BIOS.pkl: not a whole pickle"),
    ],
)
def test_what_is_wrong_in_a_record_is_named_by_file_and_row(content: Any, message: str, tmp_path: Path) -> None:
    records(tmp_path / "bias-in-bios", content)
    with pytest.raises(DataError, match=message):
        load("bias-in-bios", tmp_path)


def no_column(folder: Path) -> None:
    table(folder, "train", hard_text=["She works."], gender=[1])


def string_label(folder: Path) -> None:
    table(folder, "train", hard_text=["She works."], profession=["nurse"], gender=[1])


def extra_class(folder: Path) -> None:
    table(folder, "train", hard_text=["She works.", "He works."], profession=[13, 28], gender=[1, 0])


def no_label(folder: Path) -> None:
    table(folder, "train", hard_text=["She works."], profession=[None], gender=[1])


def no_text(folder: Path) -> None:
    table(folder, "test", hard_text=[None], profession=[3], gender=[1])


def a_file_missing(folder: Path) -> None:
    (folder / "data" / "train-00001-of-00003.parquet").write_bytes(b"")


def a_file_twice(folder: Path) -> None:
    content = (folder / "data" / "test-00000-of-00001-0ab6.parquet").read_bytes()
    (folder / "data" / "test-00000-of-00001.parquet").write_bytes(content)


def empty_text(folder: Path) -> None:
    table(folder, "test", hard_text=["fine", " "], profession=[3, 3], gender=[1, 0])


def no_table(folder: Path) -> None:
    (folder / "data" / "train-00000-of-00001-0ab6.parquet").write_bytes(b"PAR1 and no more")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (no_column, r"train-\S+parquet: not the published table"),
        (string_label, r"parquet:1: profession is 'nurse', not a number from 0 to 27"),
        (extra_class, r"parquet:2: profession is 28, not a number from 0 to 27"),
        (no_label, r"parquet:1: profession is None"),
        (no_text, r"test-\S+parquet:1: hard_text is None, not a text"),
        (
            a_file_missing,
            r"data: train-00000-of-00001-0ab6.parquet, train-00001-of-00003.parquet: not the files 00000-",
        ),
        (a_file_twice, r"data: test-00000-of-00001-0ab6.parquet, test-00000-of-00001.parquet: not the files 00000-of"),
        (empty_text, r"test-\S+parquet:2: the text is empty"),
        (no_table, r"train-\S+parquet: not the published table"),
    ],
)
def test_what_is_wrong_in_the_table_is_named_by_file_and_row(
    damage: Callable[[Path], None], message: str, tmp_path: Path
) -> None:
    damage(whole_table(tmp_path / "bias-in-bios"))
    with pytest.raises(DataError, match=message):
        load("bias-in-bios", tmp_path)


def test_by_name_the_table_is_written_as_it_is_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    class Rows:
        def to_parquet(self, path: Path) -> None:
            columns = {"hard_text": [f"He rests in {path}."], "profession": [1], "gender": [0]}
            parquet.write_table(pyarrow.table(columns), path)

    def load_dataset(name: str, split: str, revision: str | None) -> Rows:
        asked.append((name, split))
        return Rows()

    stand_in = ModuleType("datasets")
    stand_in.load_dataset = load_dataset  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "datasets", stand_in)
    assert "fetched into" in fetch("bias-in-bios", tmp_path)
    assert asked == [("LabHC/bias_in_bios", "train"), ("LabHC/bias_in_bios", "test")]
    assert len(load("bias-in-bios", tmp_path).train) == 1


def test_without_a_network_the_error_says_what_to_put_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in = ModuleType("datasets")

    def load_dataset(name: str, split: str, revision: str | None) -> Any:
        raise ConnectionError("no route\nand pages more")

    stand_in.load_dataset = load_dataset  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "datasets", stand_in)
    with pytest.raises(DataError, match=r"ConnectionError: no route; or put the table's data/\*.parquet .* BIOS.pkl"):
        fetch("bias-in-bios", tmp_path)
