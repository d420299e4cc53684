"""Streams whose readers leave, or were never there, end nothing: each in a process of its own."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from benchmark.process.streams import others_run, steady

ROOT = Path(__file__).parents[3]


def run(code: str, **options: Any) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    options = {"stderr": subprocess.PIPE, "stdout": subprocess.PIPE} | options
    return subprocess.run([sys.executable, "-c", code], text=True, check=False, env=environment, timeout=60, **options)


def test_a_reader_that_has_gone_ends_nothing() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    code = (
        "import sys\nfrom benchmark.process.streams import steady\n"
        "with steady():\n    for _ in range(3): print('x' * 100_000, flush=True)\n"
        "    print('still here', file=sys.stderr)\n"
    )
    done = run(code, stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "still here\n")


def test_what_a_terminal_cannot_show_is_a_mark_and_the_streams_are_as_before(capfd: pytest.CaptureFixture[str]) -> None:
    code = "from benchmark.process.streams import steady\nwith steady():\n    print('1 \\xb1 2')\n"
    assert run(code).stdout == "1 ? 2\n"
    before = sys.stdout, sys.stderr
    with pytest.raises(KeyError), steady():
        raise KeyError
    assert (sys.stdout, sys.stderr) == before


@pytest.mark.parametrize("closed", [0, 1, 2])
def test_a_stream_that_the_caller_has_closed_is_open_and_no_file_takes_its_place(closed: int, tmp_path: Path) -> None:
    code = (
        f"import os, sys\nos.close({closed})\nsys.{('stdin', 'stdout', 'stderr')[closed]} = None\n"
        "from benchmark.process.streams import open_all\nopen_all()\n"
        "file = open('file', 'w')\nassert file.fileno() > 2, file.fileno()\n"
        "print('out'); print('err', file=sys.stderr); sys.stdin.read()\n"
    )
    done = run(code, cwd=tmp_path, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    assert (done.stdout, done.stderr) == ("" if closed == 1 else "out\n", "" if closed == 2 else "err\n")


def test_a_thread_that_python_would_wait_for_is_seen() -> None:
    assert not others_run()
    end = threading.Event()
    for daemon in (True, False):
        thread = threading.Thread(target=end.wait, daemon=daemon)
        thread.start()
        assert others_run() == (not daemon)
    end.set()
    thread.join()
    assert not others_run()


def test_a_process_is_left_with_its_code_whatever_is_still_at_work() -> None:
    code = (
        "import atexit, threading\nfrom benchmark.process.streams import leave\n"
        "atexit.register(print, 'never')\nthreading.Thread(target=threading.Event().wait).start()\n"
        "print('said')\nleave(7)\n"
    )
    done = run(code)
    assert (done.returncode, done.stdout) == (7, "said\n")
