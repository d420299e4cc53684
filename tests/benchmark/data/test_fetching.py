"""Fetching: done once, said in a sentence, refused where there is nothing to fetch or nobody can."""

from dataclasses import replace
from pathlib import Path

import pytest
from stored_points import put_points

from benchmark.data import fetching
from benchmark.data.fetching import fetch, fetchable
from registry import DATASETS, FAMILIES, DataError, Dataset, UnknownNameError

POINTS = replace(
    DATASETS["toy-blobs"], name="points", files={"points.csv": None}, reference="a page", size="1 kB", licence="CC0"
)


def known(monkeypatch: pytest.MonkeyPatch, dataset: Dataset) -> None:
    monkeypatch.setattr(fetching, "DATASETS", {"points": dataset})


def test_what_is_generated_needs_no_fetching(tmp_path: Path) -> None:
    assert fetch("toy-blobs", tmp_path) == "toy-blobs: made when it is needed, nothing to fetch"
    assert fetchable("toy-blobs") is None
    assert fetchable("toy-mlp") is None
    assert list(tmp_path.iterdir()) == []


def test_data_and_weights_go_by_the_name_of_their_entry() -> None:
    assert fetchable("mnist-5k") is DATASETS["mnist-5k"]
    assert fetchable("minilm") is FAMILIES["minilm"].weights


def test_it_is_fetched_once_and_then_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []
    known(monkeypatch, replace(POINTS, fetch=lambda folder: asked.append(folder) or put_points(folder.parent)))
    folder = tmp_path / "points"
    assert fetch("points", tmp_path) == f"points: fetched into {folder} (1 kB, CC0)"
    assert fetch("points", tmp_path) == f"points: already in {folder}"
    assert asked == [folder]


def test_what_nobody_can_fetch_is_refused_with_where_it_is_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known(monkeypatch, POINTS)
    with pytest.raises(DataError, match=f"points cannot be fetched; put it into {tmp_path / 'points'}: a page"):
        fetch("points", tmp_path)
    put_points(tmp_path)
    assert fetch("points", tmp_path) == f"points: already in {tmp_path / 'points'}"


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="unknown data set 'mnist-5'; did you mean 'mnist-5k'"):
        fetchable("mnist-5")
