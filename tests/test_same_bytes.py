"""A run folder that was made before has the same keys now, and its board the same bytes.

What moves a key or a byte on purpose is named in the changelog, and `python -m tests.test_same_bytes` makes the run
folder anew. The page is left out, whose figures are drawn by whichever matplotlib there is.
"""

import platform
import sys
import tarfile
import tempfile
from pathlib import Path
from unittest import mock

import pytest

import memorank
from benchmark.plain.strict_json import read_json
from benchmark.plan.cells import resolve
from benchmark.plan.reading import read_plan
from registry import data_folder

PACKED = Path(__file__).parent / "fixtures" / "now" / "toy.tar.xz"
SETTINGS = ["seeds=[0]", "estimator.sub_samples=2"]
KEPT = ("plan.json", "memorank.json", "cells/*/record.json", "cells/*/outputs.safetensors", "board/*[!l]")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("before")
    with tarfile.open(PACKED) as packed:
        packed.extractall(folder, filter="data")
    return folder / "run"


def test_a_plan_has_the_keys_and_the_digest_that_it_had(run: Path) -> None:
    before, now = read_json((run / "plan.json").read_bytes()), resolve(read_plan("toy", SETTINGS), data_folder())
    assert [cell.key for cell in now.cells] == [cell["key"] for cell in before["cells"]]
    assert now.as_json()["digest"] == before["digest"]


def test_its_board_has_the_bytes_that_it_had(run: Path) -> None:
    before = {path.name: path.read_bytes() for path in (run / "board").iterdir()}
    assert memorank.main(["report", str(run), "--format", "json,md,tex,csv"]) == 0
    now = {path.name: path.read_bytes() for path in (run / "board").iterdir()}
    assert sorted(now) == sorted(before)
    assert [name for name in before if before[name] != now[name]] == []


def main() -> None:
    """Make the run folder anew."""
    words = ["run", "toy", *(word for setting in SETTINGS for word in ("--set", setting)), "--out", "run"]
    folder = Path(tempfile.mkdtemp())
    with mock.patch.object(platform, "node", return_value="a machine"), mock.patch.object(sys, "argv", ["memorank"]):
        assert memorank.main([*words[:-1], str(folder / "run")]) == 0
    with tarfile.open(PACKED, "w:xz") as packed:
        for path in sorted(path for kept in KEPT for path in (folder / "run").glob(kept)):
            packed.add(path, path.relative_to(folder))


if __name__ == "__main__":
    main()
