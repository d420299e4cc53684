"""memorank verify and kept weights: compared where both are there, found where they are not what was published."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

import memorank
from benchmark.run_folder.store import WEIGHTS, _seal

pytestmark = pytest.mark.usefixtures("blank_pages")

SMALL = [
    "limit=20",
    "estimator={sub_samples: 0, inputs: [evaluation]}",
    "seeds=[0]",
    "suites=[{suite: toy-spurious, family: toy-mlp, conditions: [0.0, 1.0], training: {max_epochs: 2}}]",
]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same small run, with all weights and with none."""
    folder = tmp_path_factory.mktemp("weights kept")
    for word in ("all", "none"):
        memorank.run("toy", out=folder / word, overrides=[*SMALL, f"keep_weights={word}"])
    return {word: folder / word for word in ("all", "none")}


def verified(run: Path) -> int:
    memorank.main(["report", str(run)])
    return memorank.main(["verify", str(run), "--all"])


def forged(run: Path, with_checksum: bool) -> str:
    """Change a bit of a network's weights; its key."""
    path = next(iter(sorted(run.glob(f"cells/*/{WEIGHTS}"))))
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    record = json.loads((path.parent / "record.json").read_text())
    if with_checksum:
        record["files"][WEIGHTS] = hashlib.sha256(content).hexdigest()
        record["sha256"] = _seal({name: part for name, part in record.items() if name != "sha256"})
        (path.parent / "record.json").write_text(json.dumps(record))
    return str(record["key"])


@pytest.mark.parametrize("word", ["all", "none"])
def test_a_run_is_what_it_was_with_its_weights_and_without(
    word: str, runs: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(list(runs[word].glob(f"cells/*/{WEIGHTS}"))) == (2 if word == "all" else 0)
    assert verified(runs[word]) == 0
    assert "computed again: 4 of 4 cells: 4 equal to the bit" in capsys.readouterr().out


def test_runs_that_keep_other_weights_make_one_board(runs: dict[str, Path], tmp_path: Path) -> None:
    assert memorank.main(["report", str(runs["all"]), str(runs["none"]), "--out", str(tmp_path / "both")]) == 0
    assert memorank.main(["report", str(runs["none"]), "--out", str(tmp_path / "one")]) == 0
    both, one = (json.loads((tmp_path / name / "board.json").read_text()) for name in ("both", "one"))
    assert both["agreement"] == one["agreement"]


def test_a_damaged_file_of_weights_is_found_and_its_network_trained_again(
    runs: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = shutil.copytree(runs["all"], tmp_path / "run")
    before = {path.parent.name: path.read_bytes() for path in run.glob(f"cells/*/{WEIGHTS}")}
    key = forged(run, with_checksum=False)
    assert verified(run) == 1
    assert f"damaged: {key}: {WEIGHTS} does not match its checksum" in capsys.readouterr().out
    words = [word for setting in [*SMALL, "keep_weights=all"] for word in ("--set", setting)]
    assert memorank.main(["run", "toy", *words, "--out", str(run)]) == 0
    assert f"{key}: {WEIGHTS} does not match its checksum; set aside" in " ".join(capsys.readouterr().err.split())
    assert {path.parent.name: path.read_bytes() for path in run.glob(f"cells/*/{WEIGHTS}")} == before


def test_weights_forged_with_every_checksum_are_found_by_training_again(
    runs: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = shutil.copytree(runs["all"], tmp_path / "run")
    key = forged(run, with_checksum=True)
    assert verified(run) == 1
    assert f"differs: {key}: files.{WEIGHTS} was " in capsys.readouterr().out
