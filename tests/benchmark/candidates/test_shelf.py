"""Numbers are found again for the very same network, data and settings, and for nothing else."""

from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import numpy as np
import pytest

from benchmark.candidates.dumped import Dumped
from benchmark.candidates.hugging_face import HuggingFaceFolder
from benchmark.candidates.run_networks import RunNetwork
from benchmark.candidates.shelf import FolderShelf
from benchmark.candidates.state_dicts import OfFamily
from benchmark.data.unlabelled.types import Numbers, Texts
from benchmark.estimator import Settings
from benchmark.plan.catalogue import forget_included, include
from benchmark.ranking.collecting import Candidate
from benchmark.ranking.numbers import NetworkNumbers, numbers_of
from benchmark.types import Activations
from registry import FAMILIES

A = np.random.default_rng(0).normal(size=(60, 3)).astype(np.float32)
A[:, 2] = 1.0


def numbers() -> NetworkNumbers:
    return numbers_of(
        "a", Activations({"fc": A, "one": A[:, 2:]}), Settings(sub_samples=2), corrected=True, how="by hand"
    )


def keep(shelf: FolderShelf, candidate: Candidate) -> None:
    mark = shelf.mark(candidate, [])
    assert mark
    shelf.keep(mark, numbers())


def found(shelf: FolderShelf, candidate: Candidate, *taps: str) -> NetworkNumbers | None:
    mark = shelf.mark(candidate, taps)
    return shelf.find(mark) if mark else None


def test_numbers_come_back_as_they_were(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", A)
    shelf, candidate = FolderShelf(tmp_path / "measured", "settings"), Dumped("a", tmp_path / "a.npy")
    assert found(shelf, candidate) is None
    keep(shelf, candidate)
    assert found(shelf, candidate) == numbers()
    assert found(shelf, replace(candidate, name="another name")) == numbers()


def test_another_file_content_and_other_settings_are_another_thing(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", A)
    shelf, candidate = FolderShelf(tmp_path / "measured", "settings"), Dumped("a", tmp_path / "a.npy")
    keep(shelf, candidate)
    assert found(FolderShelf(tmp_path / "measured", "others"), candidate) is None
    np.save(tmp_path / "a.npy", A + 1)
    assert found(shelf, candidate) is None
    (tmp_path / "a.npy").unlink()
    assert found(shelf, candidate) is None


def test_a_folder_is_known_by_its_files_and_data_by_their_content(tmp_path: Path) -> None:
    folder = tmp_path / "net"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    shelf = FolderShelf(tmp_path / "measured", "settings")
    candidate = HuggingFaceFolder("a", folder, Texts("t", ("one", "two"), 2))
    keep(shelf, candidate)
    assert found(shelf, candidate) is not None
    assert found(shelf, replace(candidate, data=Texts("t", ("one", "three"), 2))) is None
    assert found(shelf, replace(candidate, taps=["encoder"])) is None
    assert found(shelf, replace(candidate, most=64)) is None
    (folder / "config.json").write_text('{"a": 1}')
    assert found(shelf, candidate) is None


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"numbers": 3}', b"\xff"])
def test_a_damaged_file_is_measured_anew(tmp_path: Path, content: bytes) -> None:
    np.save(tmp_path / "a.npy", A)
    shelf, candidate = FolderShelf(tmp_path / "measured", "settings"), Dumped("a", tmp_path / "a.npy")
    keep(shelf, candidate)
    (file,) = (tmp_path / "measured").iterdir()
    file.write_bytes(content)
    assert found(shelf, candidate) is None


def test_another_order_of_taps_is_another_thing_and_what_nobody_can_know_is_not_kept(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", A)
    shelf, candidate = FolderShelf(tmp_path / "measured", "settings"), Dumped("a", tmp_path / "a.npy")
    keep(shelf, candidate)
    assert found(shelf, candidate, "fc", "one") is None
    mine = replace(FAMILIES["toy-mlp"], name="mine")
    data = Numbers("x", A, 60)
    assert shelf.mark(OfFamily("a", tmp_path / "a.npy", mine, data), []) is None
    assert shelf.mark(OfFamily("a", tmp_path / "a.npy", FAMILIES["toy-mlp"], data), []) is not None
    assert shelf.mark(RunNetwork("a", tmp_path, "key", "evaluation", "toy"), []) is None


def test_a_family_of_ones_own_is_known_by_its_file(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", A)
    marks = []
    for version in (1, 1, 2):
        code = f"""
            from memorank import ModelFamily, Tap
            from torch import nn
            def build(shape, classes):
                return nn.Linear({version}, classes)
            FAMILY = ModelFamily(name="mine", modality="vector", build=build, taps=(Tap("0"),), reference="none")
        """
        (tmp_path / "mine.py").write_text(dedent(code))
        assert include([tmp_path / "mine.py"]) == []
        family, data = FAMILIES["mine"], Numbers("x", A, 60)
        marks.append(FolderShelf(tmp_path, "settings").mark(OfFamily("a", tmp_path / "a.npy", family, data), []))
        forget_included()
    assert marks[0] is not None
    assert marks[0] == marks[1] != marks[2]


def test_a_full_disk_ends_no_ranking(tmp_path: Path) -> None:
    (tmp_path / "measured").write_text("a file is in the way")
    np.save(tmp_path / "a.npy", A)
    keep(FolderShelf(tmp_path / "measured", "settings"), Dumped("a", tmp_path / "a.npy"))
    assert (tmp_path / "measured").is_file()
