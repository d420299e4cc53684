"""The real command as a process of its own, and the bytes of the board that it leaves."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
WORKERS = os.environ.get("TEST_WORKERS")  # every `run` with so many: the earlier tests hold with them too
Command = Callable[..., "subprocess.CompletedProcess[str]"]


def start(*words: str, folder: Path, **options: Any) -> "subprocess.Popen[str]":
    """The real command, started in a folder as the leader of its own process group."""
    if WORKERS and words[0] == "run" and not any(word.startswith(("--workers", "--slurm", "--dask")) for word in words):
        words = (*words, "--workers", WORKERS)
    own = {name: value for name, value in os.environ.items() if name != "COLUMNS"}  # of whoever runs the tests
    environment = {**own, "PYTHONPATH": str(ROOT), **options.pop("environment", {})}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "start_new_session": True}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "memorank", *words], cwd=folder, env=environment, **{**pipes, **options}
    )


def board_bytes(run: Path, name: str = "board") -> dict[str, bytes]:
    """Every file of a board; of the page without its footer, which says where and when the records were made."""
    files = {path.name: path.read_bytes() for path in sorted((run / name).iterdir())}
    if "board.html" in files:
        page, footer = files["board.html"].split(b"\n<footer>")
        assert footer.count(b"</footer>") == 1
        files["board.html"] = page
    return files
