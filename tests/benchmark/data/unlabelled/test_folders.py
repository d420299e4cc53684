"""Folders of pictures: which files count, in which order, and what is said of other folders."""

from pathlib import Path

import pytest
from unlabelled_files import pictures, refusal, written

from benchmark.data.unlabelled.reading import unlabelled
from benchmark.data.unlabelled.sampling import chosen
from benchmark.data.unlabelled.types import Pictures


def names_of(folder: Path, examples: int = 2500) -> list[str]:
    found = unlabelled(str(folder), examples=examples)
    assert isinstance(found, Pictures)
    return [file.relative_to(folder).as_posix() for file in found.files]


def test_pictures_at_any_depth_come_in_natural_order(tmp_path: Path) -> None:
    names = ["a2/1.PNG", "a2/x.jpeg", "a10/b/1.png", "1.bmp", "02.webp", "2.gif", "10.tif", "x.tiff", "x.jpg"]
    pictures(tmp_path, names)
    assert names_of(tmp_path) == [
        "1.bmp", "2.gif", "02.webp", "10.tif", "a2/1.PNG", "a2/x.jpeg", "a10/b/1.png", "x.jpg", "x.tiff",
    ]  # fmt: skip


def test_hidden_files_and_what_macos_leaves_behind_and_other_files_are_left_out(tmp_path: Path) -> None:
    pictures(tmp_path, ["a.png", ".b.png", "._a.png", "__MACOSX/a.png", ".git/a.png"])
    (tmp_path / "labels.csv").write_text("file,label\na.png,1\n")
    assert names_of(tmp_path) == ["a.png"]


def test_a_folder_of_classes_gives_a_sample_of_all(tmp_path: Path) -> None:
    pictures(tmp_path, [f"{kind}/{number}.png" for kind in "ab" for number in range(30)], size=(1, 1))
    every = names_of(tmp_path)
    assert len(every) == 60
    assert names_of(tmp_path, 20) == [every[row] for row in chosen(60, 20)]
    found = unlabelled(str(tmp_path), examples=20)
    assert (found.of, len(found), found.left_out) == (60, 20, ())


def test_linked_folders_are_read_and_a_circle_is_gone_through_once(tmp_path: Path) -> None:
    pictures(tmp_path / "elsewhere", ["b.png"])
    pictures(tmp_path / "data", ["a.png"])
    (tmp_path / "data" / "far").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "data" / "back").symlink_to(tmp_path / "data")
    (tmp_path / "linked").symlink_to(tmp_path / "data")
    assert names_of(tmp_path / "data") == ["a.png", "far/b.png"]
    assert names_of(tmp_path / "linked") == ["a.png", "far/b.png"]


NONE = "it holds no pictures (.bmp, .gif, .jpeg, .jpg, .png, .tif, .tiff, .webp)"
BAD = {
    "nothing": ([], "an empty folder; pictures are read from folders"),
    "texts": (
        ["pos/1.txt", "pos/2.txt", "README"],
        "it holds texts (2 files) and no pictures; texts are read from one file: write them as .jsonl, {'text': ...} "
        "on each line",
    ),
    "tables": (["b.parquet", "a.csv"], "it holds no pictures; give one of its files, as data/a.csv"),
    "a network": (["config.json", "a.png"], "a network, as it has a config.json, and no data"),
    "others": (
        ["a.svg", "b.svg", "c.heic"],
        f"{NONE} but 3 other files, 2 of them ending in .svg",
    ),
    "nameless": (
        ["a"],
        f"{NONE} but 1 other files, 1 of them without an ending",
    ),
    "datasets": (
        ["state.json", "dataset_info.json", "data-00000-of-00001.arrow"],
        "a data set that the library `datasets` has saved: export what you need by "
        "datasets.load_from_disk(...).to_parquet('data.parquet')",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_folder_of_something_else_is_named(name: str, tmp_path: Path) -> None:
    names, said = BAD[name]
    (tmp_path / "data").mkdir()
    for file in names:
        (tmp_path / "data" / file).parent.mkdir(exist_ok=True)
        written(tmp_path / "data" / file, "x")
    assert refusal(tmp_path / "data") == f"data: {said}"


def test_a_folder_that_datasets_has_saved_is_known(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    datasets.Dataset.from_dict({"text": ["x"]}).save_to_disk(tmp_path / "data")
    assert "has saved: export what you need" in refusal(tmp_path / "data")
