"""What all tests share: no sockets, and the real command in a folder of its own."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(autouse=True)
def _no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("a test tried to open a socket")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def start(*words: str, folder: Path, **options: Any) -> "subprocess.Popen[str]":
    """The real command, started in a folder as the leader of its own process group."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("environment", {})}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "start_new_session": True}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "memorank", *words], cwd=folder, env=environment, **{**pipes, **options}
    )


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Run the real command to its end in tmp_path."""

    def finish(*words: str, **options: Any) -> "subprocess.CompletedProcess[str]":
        process = start(*words, folder=tmp_path, **options)
        out, err = process.communicate(timeout=240)
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    return finish


@pytest.fixture(scope="session")
def toy_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run folder of the plan toy. Read it; copy it before changing anything."""
    folder = tmp_path_factory.mktemp("toy")
    process = start("run", "toy", "--out", "run", folder=folder)
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, out + err
    return folder / "run"


def board_bytes(run: Path) -> dict[str, bytes]:
    """Every file of a board."""
    return {path.name: path.read_bytes() for path in sorted((run / "board").iterdir())}
