"""Files of data sets: they are identified by their content, and what is missing or damaged is said with the cure."""

import os
from pathlib import Path

import pytest

from benchmark.data.fetching import fetch
from benchmark.data.fingerprints import file_hash, fingerprint
from registry import DATASETS, DataError, UnknownNameError
from registry.regular_files import NoRegularFile


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


@pytest.mark.timeout(20)
def test_a_file_that_has_become_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NoRegularFile):
        file_hash(tmp_path / "pipe")


def test_fetch_says_what_it_did(tmp_path: Path) -> None:
    assert "nothing to fetch" in fetch("circles", tmp_path)
    with pytest.raises(UnknownNameError, match="did you mean 'mnist'"):
        fetch("minst", tmp_path)
