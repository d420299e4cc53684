"""Labelled data of every form: the labels belong to the inputs that are read, and what has no labels is refused."""

import re
from pathlib import Path

import numpy as np
import pandas
import pytest
from PIL import Image

from benchmark.data.labelled.reading import labelled
from benchmark.data.unlabelled.types import Numbers, Pictures, Texts
from registry import DATASETS, DataError, UserError

ROWS = 50


def _frame() -> pandas.DataFrame:
    """Numbers whose sign is their class."""
    values = np.random.default_rng(0).normal(size=ROWS)
    return pandas.DataFrame({"size": values, "label": np.where(values > 0, "up", "down"), "weight": values * 2})


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize("examples", [ROWS, 30])
def test_labels_of_a_table_stay_with_their_rows(tmp_path: Path, form: str, examples: int) -> None:
    file, frame = tmp_path / f"a.{form}", _frame()
    if form == "csv":
        frame.to_csv(file, index=False)
    elif form == "jsonl":
        frame.to_json(file, orient="records", lines=True)
    else:
        frame.to_parquet(file)
    found = labelled(str(file), examples=examples)
    assert isinstance(found.inputs, Numbers)
    assert found.classes == ("down", "up")
    assert found.columns == ("size", "weight")
    assert found.inputs.values.shape == (examples, 2)
    assert found.labels == tuple((found.inputs.values[:, 0] > 0).astype(int))


def test_a_column_that_is_named_is_never_an_input(tmp_path: Path) -> None:
    frame = _frame()
    frame["mood"] = (frame["size"] > 0).astype(int)
    file = tmp_path / "a.csv"
    frame.drop(columns="label").to_csv(file, index=False)
    with pytest.raises(UserError, match=r"no labels among 'size', 'weight', 'mood': say which by --label-column"):
        labelled(str(file))
    with pytest.raises(UserError, match=re.escape("there is no 'moood' to read labels from; did you mean 'mood'?")):
        labelled(str(file), "moood")
    assert labelled(str(file), "mood").columns == ("size", "weight")


def test_texts_and_their_labels(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    pandas.DataFrame({"text": [f"text {row}" for row in range(8)], "target": [row % 2 for row in range(8)]}).to_csv(
        file, index=False
    )
    found = labelled(str(file))
    assert isinstance(found.inputs, Texts)
    assert found.labels == (0, 1) * 4
    assert found.columns == ()


@pytest.mark.parametrize("examples", [ROWS, 20])
def test_an_archive_and_its_labels(tmp_path: Path, examples: int) -> None:
    inputs = np.random.default_rng(0).normal(size=(ROWS, 3))
    np.savez(tmp_path / "a.npz", inputs=inputs, labels=(inputs[:, 1] > 0).astype(np.uint8))
    found = labelled(str(tmp_path / "a.npz"), examples=examples)
    assert isinstance(found.inputs, Numbers)
    assert found.inputs.of == ROWS
    assert found.labels == tuple((found.inputs.values[:, 1] > 0).astype(int))


def test_the_folder_of_a_picture_is_its_class(tmp_path: Path) -> None:
    for place, name in enumerate(["cat", "dog"] * 3):
        (tmp_path / name).mkdir(exist_ok=True)
        Image.new("RGB", (4, 4), (place, 0, 0)).save(tmp_path / name / f"{place}.png")
    found = labelled(str(tmp_path))
    assert isinstance(found.inputs, Pictures)
    assert found.classes == ("cat", "dog")
    assert [file.parent.name for file in found.inputs.files] == [found.classes[label] for label in found.labels]
    Image.new("RGB", (4, 4)).save(tmp_path / "beside.png")
    with pytest.raises(DataError, match=r"beside\.png lies in no folder of a class"):
        labelled(str(tmp_path))


def test_of_a_data_set_the_training_part_is_read(tmp_path: Path) -> None:
    train = DATASETS["toy-blobs"].load(tmp_path).train
    found = labelled("toy-blobs", root=tmp_path, examples=len(train))
    assert isinstance(found.inputs, Numbers)
    assert (found.inputs.values == train.inputs).all()
    assert found.labels == tuple(train.labels)


def test_what_has_no_labels_is_refused(tmp_path: Path) -> None:
    inputs = np.zeros((10, 3), np.float32)
    np.save(tmp_path / "a.npy", inputs)
    with pytest.raises(DataError, match=r"it has no labels: write both by np\.savez"):
        labelled(str(tmp_path / "a.npy"))
    np.savez(tmp_path / "a.npz", inputs=inputs)
    with pytest.raises(UserError, match=r"no labels among"):
        labelled(str(tmp_path / "a.npz"))
    np.savez(tmp_path / "b.npz", inputs=inputs, labels=np.arange(9) % 2)
    with pytest.raises(DataError, match=r"'labels' has the shape \(9,\), and 10 inputs need one label each"):
        labelled(str(tmp_path / "b.npz"))
    with pytest.raises(UserError, match=r"no such file or folder"):
        labelled(str(tmp_path / "c.npz"))
    with pytest.raises(UserError, match=r"only tables and \.npz files have names of labels"):
        labelled(str(tmp_path / "a.npy"), "label")
