"""Numbers are found again for the very same network, data and settings, and for nothing else."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmark.candidates.dumped import Dumped
from benchmark.candidates.hugging_face import HuggingFaceFolder
from benchmark.candidates.shelf import FolderShelf
from benchmark.data.unlabelled.types import Texts
from benchmark.estimator import Settings
from benchmark.ranking.numbers import NetworkNumbers, numbers_of
from benchmark.types import Activations

A = np.random.default_rng(0).normal(size=(60, 3)).astype(np.float32)
A[:, 2] = 1.0


def numbers() -> NetworkNumbers:
    return numbers_of(
        "a", Activations({"fc": A, "one": A[:, 2:]}), Settings(sub_samples=2), corrected=True, how="by hand"
    )


def test_numbers_come_back_as_they_were(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", A)
    shelf, candidate = FolderShelf(tmp_path / "measured", "settings"), Dumped("a", tmp_path / "a.npy")
    assert shelf.find(candidate) is None
    shelf.keep(candidate, numbers())
    assert shelf.find(candidate) == numbers()
    assert shelf.find(replace(candidate, name="another name")) == numbers()


def test_another_file_content_and_other_settings_are_another_thing(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", A)
    shelf, candidate = FolderShelf(tmp_path / "measured", "settings"), Dumped("a", tmp_path / "a.npy")
    shelf.keep(candidate, numbers())
    assert FolderShelf(tmp_path / "measured", "others").find(candidate) is None
    np.save(tmp_path / "a.npy", A + 1)
    assert shelf.find(candidate) is None
    (tmp_path / "a.npy").unlink()
    assert shelf.find(candidate) is None


def test_a_folder_is_known_by_its_files_and_data_by_their_content(tmp_path: Path) -> None:
    folder = tmp_path / "net"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    shelf = FolderShelf(tmp_path / "measured", "settings")
    candidate = HuggingFaceFolder("a", folder, Texts("t", ("one", "two"), 2))
    shelf.keep(candidate, numbers())
    assert shelf.find(candidate) is not None
    assert shelf.find(replace(candidate, data=Texts("t", ("one", "three"), 2))) is None
    assert shelf.find(replace(candidate, taps=["encoder"])) is None
    assert shelf.find(replace(candidate, most=64)) is None
    (folder / "config.json").write_text('{"a": 1}')
    assert shelf.find(candidate) is None


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"numbers": 3}', b"\xff"])
def test_a_damaged_file_is_measured_anew(tmp_path: Path, content: bytes) -> None:
    np.save(tmp_path / "a.npy", A)
    shelf, candidate = FolderShelf(tmp_path / "measured", "settings"), Dumped("a", tmp_path / "a.npy")
    shelf.keep(candidate, numbers())
    (file,) = (tmp_path / "measured").iterdir()
    file.write_bytes(content)
    assert shelf.find(candidate) is None
