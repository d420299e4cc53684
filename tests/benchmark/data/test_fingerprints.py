"""What a fingerprint holds: names, versions and bytes of files, in any folder; and what is said of a missing one."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from benchmark.data import fingerprints
from benchmark.data.fingerprints import (
    ChangedInput,
    MissingFile,
    changed_input,
    check_unchanged,
    file_hash,
    files_of,
    fingerprint,
    form_of,
)
from registry import Data, DataError, Dataset, Weights

DATASET = Dataset(
    name="some",
    modality="text",
    load=lambda folder: Data(None, None),  # type: ignore[arg-type]  # nothing is loaded here
    reference="a page",
    licence="CC0",
    size="1 kB",
    origin="published",
    files={"a.txt": None, "more/*.txt": None},
)


def put(root: Path, **contents: str) -> Path:
    """A data folder with these files of the data set; `__` stands for a folder."""
    for name, content in contents.items():
        path = root / "some" / f"{name.replace('__', '/')}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return root


def test_it_is_a_hash_of_name_version_and_bytes_in_the_order_of_the_files(tmp_path: Path) -> None:
    root = put(tmp_path, a="1", more__y="3", more__x="2")
    digest = hashlib.sha256(b"some 1" + hashlib.sha256(b"1").digest())
    for name, content in (("x.txt", b"2"), ("y.txt", b"3")):
        digest.update(name.encode() + hashlib.sha256(content).digest())
    assert fingerprint(DATASET, root) == digest.hexdigest()


def test_it_moves_with_what_it_holds_and_not_with_the_place(tmp_path: Path) -> None:
    first = fingerprint(DATASET, put(tmp_path / "first", a="1", more__x="2"))
    assert fingerprint(DATASET, put(tmp_path / "there", a="1", more__x="2")) == first
    others = [
        (replace(DATASET, version=2), put(tmp_path / "version", a="1", more__x="2")),
        (DATASET, put(tmp_path / "content", a="1", more__x="9")),
        (DATASET, put(tmp_path / "name", a="1", more__y="2")),
        (DATASET, put(tmp_path / "more", a="1", more__x="2", more__y="")),
    ]
    assert len({first, *(fingerprint(dataset, root) for dataset, root in others)}) == 5


def test_weights_hold_their_extra_files_where_those_are_there(tmp_path: Path) -> None:
    weights = Weights(
        name="some", files={"a.txt": None}, extra=("b.txt",), reference="a page", licence="CC0", size="1 kB"
    )
    root = put(tmp_path, a="1")
    before = fingerprint(weights, root)
    put(root, b="2")
    assert fingerprint(weights, root) != before


def test_a_file_that_is_not_the_published_one_is_named_with_both_hashes(tmp_path: Path) -> None:
    published = hashlib.sha256(b"1").hexdigest()
    dataset = replace(DATASET, files={"a.txt": published})
    assert fingerprint(dataset, put(tmp_path, a="1"))
    other = hashlib.sha256(b"2").hexdigest()
    with pytest.raises(DataError, match=rf"a\.txt: SHA-256 is {other}, published is {published}; run: memorank fetch"):
        fingerprint(dataset, put(tmp_path, a="2"))


def test_a_missing_file_is_named_with_its_cure(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match=r"data set 'some' is not complete: .*more/\*\.txt is missing") as found:
        files_of(DATASET, "more/*.txt", put(tmp_path, a="1"))
    assert "put it there: a page (1 kB, licence: CC0)" in str(found.value)
    assert found.value.cure == f"put it into {tmp_path / 'some'}: a page"
    with pytest.raises(MissingFile, match="run: memorank fetch some") as found:
        files_of(replace(DATASET, fetch=lambda folder: None), "b.txt", tmp_path)
    assert found.value.cure == "memorank fetch some"


def test_weights_that_are_a_pickle_are_not_read_and_the_way_out_is_said(tmp_path: Path) -> None:
    weights = Weights(name="some", files={"model.safetensors": None}, reference="a page", licence="CC0", size="1 kB")
    put(tmp_path, a="1")
    (tmp_path / "some" / "pytorch_model.bin").write_bytes(b"x")
    with pytest.raises(MissingFile, match=r"pytorch_model\.bin is a pickle, which is never read: convert it") as found:
        fingerprint(weights, tmp_path)
    assert "save_pretrained" in found.value.cure


def test_the_other_form_counts_where_all_of_it_is_there(tmp_path: Path) -> None:
    two = replace(DATASET, or_files={"c.txt": None, "d*.txt": None})
    root = put(tmp_path, a="1", more__x="2", c="3")
    assert form_of(two, root) == DATASET.files
    assert fingerprint(two, root) == fingerprint(DATASET, root)
    put(root, d1="4")
    assert form_of(two, root) == two.or_files
    assert fingerprint(two, root) != fingerprint(DATASET, root)


def test_what_has_changed_since_is_refused(tmp_path: Path) -> None:
    root = put(tmp_path, a="1", more__x="2")
    expected = fingerprint(DATASET, root)
    check_unchanged(DATASET, root, expected)
    put(root, a="2")
    with pytest.raises(ChangedInput, match=f"'some' in {root / 'some'} has changed since this command began"):
        check_unchanged(DATASET, root, expected)
    assert str(changed_input(DATASET, root)).endswith("start it again")


def test_a_hash_is_kept_while_nobody_writes_and_never_of_what_was_just_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, hashed = fingerprints._hashed, []
    monkeypatch.setattr(fingerprints, "_hashed", lambda path: hashed.append(path) or real(path))
    path = tmp_path / "file"
    path.write_bytes(b"1")
    for _ in range(2):
        assert file_hash(path) == hashlib.sha256(b"1").digest()
    assert len(hashed) == 2  # a second write might leave the time as it is
    monkeypatch.setattr(fingerprints, "SETTLED", -1.0)
    for _ in range(3):
        file_hash(path)
    assert len(hashed) == 3
    path.write_bytes(b"22")
    assert file_hash(path) == hashlib.sha256(b"22").digest()
