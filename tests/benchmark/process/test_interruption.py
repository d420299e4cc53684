"""A signal that comes inside a library."""

import contextlib
import importlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from real_command import ROOT

from benchmark.process import interruption

SLOW = """
import os, signal, time
os.kill(os.getpid(), signal.SIGTERM)
time.sleep(0.1)
ENDED = True
"""


def test_a_signal_in_an_import_stops_when_the_import_has_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "slow_to_import.py").write_text(SLOW)
    monkeypatch.syspath_prepend(tmp_path)
    kept = (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)
    before = {number: signal.getsignal(number) for number in kept}
    timer = signal.setitimer(signal.ITIMER_REAL, 0)
    interruption.listen()
    try:
        with pytest.raises(interruption.Stopped, match="SIGTERM"):
            _import_and_go_on()
        assert sys.modules["slow_to_import"].ENDED
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.setitimer(signal.ITIMER_REAL, *timer)


def _import_and_go_on() -> None:
    importlib.import_module("slow_to_import")
    for _ in range(100):
        time.sleep(0.01)


class Interrupting:
    """Sends a signal while a class body is being finished, where Python turns what is raised into a RuntimeError."""

    def __set_name__(self, owner: type, name: str) -> None:
        os.kill(os.getpid(), signal.SIGTERM)


def test_a_signal_that_arrives_as_another_error_still_stops() -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    interruption.listen()
    try:
        with pytest.raises(interruption.Stopped, match="SIGTERM"), interruption.unwrapped():
            type("Owner", (), {"attribute": Interrupting()})
        interruption.listen()
        swallowed = contextlib.suppress(interruption.Stopped)  # as by a library's callback
        with pytest.raises(interruption.Stopped, match="SIGTERM"), interruption.unwrapped(), swallowed:
            os.kill(os.getpid(), signal.SIGTERM)
        interruption.listen()
        with pytest.raises(KeyError), interruption.unwrapped():
            raise KeyError
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


INTERRUPTED = """
import os, random, signal, threading
import numpy as np
from benchmark.process import interruption
from benchmark.information import nearest

activations = np.maximum(np.random.default_rng(0).normal(size=(200, 40)), 0)
measure = lambda: nearest.pair_information(activations, k=3, ties="jitter")
measure(), measure()
drawn = random.Random(0)
stopped = 0
for _ in range(60):
    interruption.listen()
    try:
        threading.Timer(drawn.uniform(0, 0.02), os.kill, (os.getpid(), signal.SIGINT)).start()
        while True:
            measure()
    except interruption.Stopped:
        stopped += 1
print(stopped)
"""


@pytest.mark.long
def test_a_signal_while_a_kernel_returns_its_result_does_not_crash_the_process() -> None:
    """numba does not look whether its unpickling of a named tuple's class has raised something."""
    done = subprocess.run([sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stdout) == (0, "60\n"), done.stderr
