"""What all tests share: no sockets, and the real command in a folder of its own."""

import gc
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # tests share the cores; it is read when torch is imported
import torch
from blank_figures import blank
from real_command import WORKERS, Command, finished, finished_here
from threadpoolctl import threadpool_limits

from benchmark.plan.catalogue import forget_included

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AT_START = ("LC_", "PYTHON")  # variables that an interpreter reads when it starts


def pytest_collection_finish() -> None:
    """What is imported stays: a search for garbage that looks through all of it takes a tenth of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c_is_not_ignored() -> None:
    """A shell's background job ignores it, and so would every command that a test starts."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _a_thread_for_each_worker() -> Iterator[None]:
    """Workers share the cores: threads of one would wait for those of another, and those of BLAS compute as they wait.

    What a command computes has the threads of its plan.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        yield
        return
    torch.set_num_threads(1)
    with threadpool_limits(1, "blas"):
        yield


@pytest.fixture(autouse=True)
def _no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("a test tried to open a socket")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(autouse=True)
def _no_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have said how wide a line is."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture(autouse=True)
def _the_environment_stays() -> Iterator[None]:
    """What a command sets for its own processes is not set for the tests that come after it."""
    with mock.patch.dict(os.environ):
        yield


@pytest.fixture(autouse=True)
def _nothing_stays_included() -> Iterator[None]:
    """What a test includes is forgotten after it."""
    yield
    forget_included()


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Run the real command to its end in tmp_path: in this process, or in one of its own where it needs that."""

    def finish(*words: str, **options: Any) -> "subprocess.CompletedProcess[str]":
        own = [WORKERS, *(options.keys() - {"environment", "drawn"})]
        own += [name for name in options.get("environment", ()) if name.startswith(AT_START)]
        own += [word for word in words if word.startswith(("--workers", "--dask", "--slurm"))]
        return (finished if any(own) else finished_here)(*words, folder=tmp_path, **options)

    return finish


@pytest.fixture
def process(tmp_path: Path) -> Command:
    """Run the real command to its end in tmp_path, always in a process of its own."""
    return partial(finished, folder=tmp_path)


@pytest.fixture(scope="session")
def toy_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run folder of the plan toy. Read it; copy it before changing anything."""
    folder = tmp_path_factory.mktemp("toy")
    done = finished("run", "toy", "--out", "run", folder=folder, drawn=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "run"


@pytest.fixture(scope="session")
def blank_toy_run(toy_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of it whose page has blank figures, as `verify` finds it where nothing is drawn. Read it; copy it too."""
    folder = tmp_path_factory.mktemp("blank toy")
    shutil.copytree(toy_run, folder / "run")
    done = finished_here("report", "run", folder=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "run"


@pytest.fixture(scope="module")
def blank_pages() -> Iterator[None]:
    """Pages that a module's tests make in this process have blank figures: for modules that look at no figure."""
    with blank():
        yield


@pytest.fixture
def own_toy_run(toy_run: Path, tmp_path: Path) -> Path:
    """A copy of it for one test, to report on and to change."""
    shutil.copytree(toy_run, tmp_path / "own toy")
    return tmp_path / "own toy"


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Chromium, without a window and without a network of its own."""
    from browsing import CHROMIUM, FLAGS
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()
