"""Data sets as their files and their code are now: kept between two cells, loaded anew after a change, or refused."""

from pathlib import Path

import numpy as np
import pytest
from stored_points import declared, put_points

from benchmark.data.fingerprints import ChangedInput, fingerprint
from benchmark.data.loading import checked_data, load
from benchmark.plain.keeping import keeping
from benchmark.plan.catalogue import include
from registry import DATASETS, DataError, Examples


def test_data_are_loaded_once_and_anew_where_a_file_has_changed(tmp_path: Path) -> None:
    include([declared(tmp_path)])
    put_points(tmp_path)
    with keeping():
        first = load("points", tmp_path)
        assert load("points", tmp_path) is first
        put_points(tmp_path, first=9.0)
        assert load("points", tmp_path).train.inputs[0, 0] == 9.0
    assert first.train.inputs.tolist() == [[0.0, 1.0], [2.0, 3.0]]
    assert first.held_out.labels.tolist() == [0, 1]


def test_data_are_loaded_anew_where_their_code_has_changed(tmp_path: Path) -> None:
    include([declared(tmp_path)])
    put_points(tmp_path)
    before = load("points", tmp_path).train.inputs
    include([declared(tmp_path, more="table[:, :2] *= 10")])
    assert np.array_equal(load("points", tmp_path).train.inputs, 10 * before)


def test_data_of_another_fingerprint_than_expected_are_refused(tmp_path: Path) -> None:
    include([declared(tmp_path)])
    put_points(tmp_path)
    with keeping():
        assert load("points", tmp_path, fingerprint(DATASETS["points"], tmp_path)) is load("points", tmp_path)
    with pytest.raises(ChangedInput, match="has changed since this command began"):
        load("points", tmp_path, "0" * 64)


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    include([declared(tmp_path, more='(folder / "points.csv").write_text("1,1,1\\n2,2,0\\n")')])
    put_points(tmp_path)
    with pytest.raises(ChangedInput, match="has changed since this command began"):
        load("points", tmp_path)


def test_a_file_that_is_read_and_not_declared_is_named(tmp_path: Path) -> None:
    include([declared(tmp_path, more='(folder / "more.csv").read_text()')])
    put_points(tmp_path).with_name("more.csv").write_text("1")
    with pytest.raises(DataError, match=r"data set 'points' reads more\.csv, which its files=\{\.\.\.\} does not name"):
        load("points", tmp_path)


def test_what_load_raises_is_an_error_of_the_data_set(tmp_path: Path) -> None:
    include([declared(tmp_path, more="1 / 0")])
    put_points(tmp_path)
    with pytest.raises(DataError, match="data set 'points': ZeroDivisionError"):
        load("points", tmp_path)


def test_what_is_no_data_is_refused() -> None:
    dataset = DATASETS["toy-blobs"]
    made = dataset.load(Path("unused"))
    assert checked_data(dataset, made) is made
    with pytest.raises(DataError, match="data set 'toy-blobs': load returns Examples, not Data"):
        checked_data(dataset, Examples(np.zeros((2, 1)), np.zeros(2, dtype=int)))
