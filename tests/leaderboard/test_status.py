"""`memorank status`: lines that fit, and foreign text that cannot move the cursor."""

import shutil
from pathlib import Path

from benchmark.run_folder.store import published
from leaderboard.status import status


def test_long_lines_wrap_and_keys_stay_whole(toy_run: Path, tmp_path: Path) -> None:
    shutil.copytree(toy_run, tmp_path / "run")
    key = sorted(published(tmp_path / "run"))[0]
    (tmp_path / "run" / "cells" / key / "record.json").write_text("{")
    whole = status(tmp_path / "run")
    damaged = next(line for line in whole if line.startswith("  damaged: "))
    assert len(damaged) > 79
    lines = status(tmp_path / "run", 79)
    assert all(len(line) <= 79 or " " not in line.strip() for line in lines)
    assert any(key in line for line in lines)
    assert " ".join(" ".join(lines).split()) == " ".join(" ".join(whole).split())
