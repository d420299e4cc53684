"""Animals in contexts from a folder of photographs to the board, by the real command."""

import json
from pathlib import Path

import pytest
from photographs import BAD, FIRST, cmyk, grey, photographs
from real_command import Command

PLAN = """
name: nico
seeds: [0]
suites:
  - suite: nico
    family: tiny
    data: nico-plus-plus
    conditions: [balanced, 0.5, unbalanced]
    training: {max_epochs: 2, batch_size: 16, augmentation: mirror-and-crop}
threads: 1
"""
TINY = '''"""A network small enough for a test."""

from memorank import vision_family

FAMILY = vision_family(name="tiny", architecture="resnet18", width=4, taps=("layer1", "layer4"), reference="none")
'''


def test_from_a_folder_with_bad_images_to_the_board(tmp_path: Path, process: Command) -> None:
    root = photographs(tmp_path / "data" / "nico-plus-plus", count=12)
    for make in (grey, cmyk):
        make(root / FIRST)
    lines = {f"{FIRST}/{make(root / FIRST).name}  # {why}" for make, why in BAD.items()}
    (tmp_path / "plan.yaml").write_text(PLAN)
    (tmp_path / "tiny.py").write_text(TINY)
    words = ("run", "plan.yaml", "--include", "tiny.py", "--data-dir", "data", "--out", "run")

    found = process(*words)
    assert found.returncode == 2, found
    said = found.stderr[found.stderr.index("memorank: ") :].splitlines()
    assert said[0] == f"memorank: to leave out what cannot be used, add to {root / 'skip.txt'}:"
    assert set(said[1:]) == lines
    assert not list(tmp_path.glob("run/cells/*"))

    (root / "skip.txt").write_text("\n".join(lines))
    found = process(*words)
    assert found.returncode == 0, found
    for name, mode in (("grey", "L"), ("cmyk", "CMYK")):
        assert f"{FIRST}/{name}.jpg: mode {mode}, read as RGB" in found.stderr
    board = json.loads((tmp_path / "run" / "board" / "board.json").read_text())
    assert [row["condition_name"] for row in board["models"]] == ["balanced", None, "unbalanced"]
    assert [row["condition"] for row in board["models"]] == [0.0, 0.5, 1.0]
    assert all(set(row["measures"]["mean-mi"]["per_tap"]) == {"layer1", "layer4"} for row in board["models"])
    text = (tmp_path / "run" / "board" / "board.md").read_text()
    assert "0 (balanced)" in text
    assert "1 (unbalanced)" in text


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ("resnet18", "resnet19", "torchvision has no classifier 'resnet19'"),
        ("layer4", "layer5", "no module 'layer5' to tap"),
    ],
)
def test_check_says_what_is_wrong_with_a_literal(
    right: str, wrong: str, words: str, tmp_path: Path, command: Command
) -> None:
    (tmp_path / "tiny.py").write_text(TINY.replace(right, wrong))
    found = command("check", "tiny.py")
    assert (found.returncode, words in found.stdout, found.stderr) == (1, True, "")
