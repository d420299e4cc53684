"""IMDb in its published folder: labels are those of the folders, and what is wrong is named by file and line."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from benchmark.data.fetching import fetch
from benchmark.data.fingerprints import fingerprint
from benchmark.data.loading import load
from registry import DATASETS, DataError

IMDB = {
    "aclImdb/train/pos/0_9.txt": "A good film.<br />Loved it, élan and all.",
    "aclImdb/train/pos/1_8.txt": "Great fun",
    "aclImdb/train/neg/0_2.txt": "Terrible",
    "aclImdb/train/neg/1_1.txt": "A bad film",
    "aclImdb/test/pos/0_10.txt": "Wonderful, the best",
    "aclImdb/test/pos/1_7.txt": "Great fun",  # in train too
    "aclImdb/test/neg/0_3.txt": "Awful",
    "aclImdb/test/neg/1_3.txt": "Awful",
    "aclImdb/train/unsup/0_0.txt": "no label",
}


def acl_imdb(root: Path) -> Path:
    for name, text in IMDB.items():
        (root / "imdb" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "imdb" / name).write_text(text, encoding="utf-8")
    return root / "imdb"


def test_imdb_reads_the_published_folder_without_duplicates(tmp_path: Path) -> None:
    data = DATASETS["imdb"].load(acl_imdb(tmp_path))
    assert dict(zip(data.train.inputs, data.train.labels, strict=True)) == {
        IMDB["aclImdb/train/pos/0_9.txt"]: 1, "Great fun": 1, "Terrible": 0, "A bad film": 0,
    }  # fmt: skip
    assert dict(zip(data.held_out.inputs, data.held_out.labels, strict=True)) == {"Wonderful, the best": 1, "Awful": 0}


def test_the_fingerprint_of_a_folder_is_of_its_names_and_their_content(tmp_path: Path) -> None:
    imdb = DATASETS["imdb"]
    folder = acl_imdb(tmp_path / "a")
    acl_imdb(tmp_path / "b")
    before = fingerprint(imdb, tmp_path / "a")
    assert fingerprint(imdb, tmp_path / "b") == before
    (folder / "aclImdb/train/pos/0_9.txt").write_text("another one")
    changed = fingerprint(imdb, tmp_path / "a")
    (folder / "aclImdb/train/pos/2_9.txt").write_text("one more")
    assert len({before, changed, fingerprint(imdb, tmp_path / "a")}) == 3


def test_what_is_not_there_names_command_size_licence_and_folder(tmp_path: Path) -> None:
    with pytest.raises(
        DataError, match=r"aclImdb/train/neg/\*\.txt is missing; run: memorank fetch imdb \(84 MB .*lic"
    ):
        fingerprint(DATASETS["imdb"], tmp_path)
    with pytest.raises(DataError, match=rf"{tmp_path}.*run: memorank fetch movie-snippets \(1.4 MB, licence: MIT"):
        fingerprint(DATASETS["movie-snippets"], tmp_path)


def empty(folder: Path) -> None:
    (folder / "aclImdb/test/neg/0_3.txt").write_text(" \n")


def not_utf8(folder: Path) -> None:
    (folder / "aclImdb/test/neg/0_3.txt").write_bytes(b"fine\ncaf\xe9")


def extra_class(folder: Path) -> None:
    (folder / "aclImdb/train/neutral").mkdir()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (empty, r"test/neg/0_3\.txt: the text is empty"),
        (not_utf8, r"test/neg/0_3\.txt:2: not UTF-8 text"),
        (extra_class, "train/neutral: no label of this data set; its labels are neg and pos"),
    ],
)
def test_what_is_wrong_in_a_folder_is_named(damage: Callable[[Path], None], message: str, tmp_path: Path) -> None:
    damage(acl_imdb(tmp_path))
    with pytest.raises(DataError, match=message):
        load("imdb", tmp_path)


def test_imdb_by_name_is_written_in_the_published_layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def load_dataset(name: str, split: str, revision: str) -> list[dict[str, object]]:
        asked.append((name, split, len(revision)))
        return [{"text": f"{split} {label}", "label": label} for label in (0, 1, 1)]

    hub = ModuleType("datasets")
    hub.load_dataset = load_dataset
    monkeypatch.setitem(sys.modules, "datasets", hub)
    assert "fetched into" in fetch("imdb", tmp_path)
    assert asked == [("stanfordnlp/imdb", "train", 40), ("stanfordnlp/imdb", "test", 40)]
    assert load("imdb", tmp_path).held_out.inputs.tolist() == ["test 0", "test 1"]
    assert "already in" in fetch("imdb", tmp_path)


def test_without_a_network_the_error_says_what_else_can_be_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load_dataset(*args: object, **kwargs: object) -> None:
        raise ConnectionError("no route\nto the hub")

    monkeypatch.setitem(sys.modules, "datasets", SimpleNamespace(load_dataset=load_dataset))
    with pytest.raises(DataError, match=rf"ConnectionError: no route; or unpack aclImdb_v1.tar.gz \(84 MB.*{tmp_path}"):
        fetch("imdb", tmp_path)
    assert not (tmp_path / "imdb").exists()
