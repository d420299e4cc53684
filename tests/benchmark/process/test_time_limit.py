"""What takes longer than it may is stopped, whatever it catches; a timer that was set before goes on."""

import importlib
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from benchmark.process import interruption, time_limit
from benchmark.process.time_limit import TookTooLong, at_most


@pytest.fixture(autouse=True)
def _the_timers_of_the_tests() -> object:
    """pytest-timeout's own timer goes on after the test."""
    handler, timer = signal.getsignal(signal.SIGALRM), signal.setitimer(signal.ITIMER_REAL, 0)
    yield
    signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, *timer)


def for_ever(seconds: float) -> None:
    with at_most(seconds):
        while True:
            pass


def swallow(swallowed: list[TookTooLong]) -> None:
    with at_most(0.05):
        while True:
            try:
                time.sleep(10)
            except TookTooLong as error:
                swallowed.append(error)
                if len(swallowed) == 3:
                    raise


def import_and_go_on(name: str) -> None:
    with at_most(0.05):
        imported = importlib.import_module(name)
        while imported.ENDED:
            pass


def test_an_endless_loop_is_stopped_and_the_timer_before_goes_on() -> None:
    signal.signal(signal.SIGALRM, kept := lambda number, frame: None)
    signal.setitimer(signal.ITIMER_REAL, 1000)
    with pytest.raises(TookTooLong, match=r"it took longer than 0\.05 s, which seconds_per_cell of the plan allows"):
        for_ever(0.05)
    assert signal.getsignal(signal.SIGALRM) is kept
    assert signal.setitimer(signal.ITIMER_REAL, 0)[0] > 500


def test_code_that_catches_everything_is_stopped_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_limit, "AGAIN", 0.05)
    swallowed: list[TookTooLong] = []
    with pytest.raises(TookTooLong):
        swallow(swallowed)
    assert len(swallowed) == 3
    time.sleep(0.2)  # nothing comes afterwards


def test_what_ends_in_time_is_left_alone() -> None:
    for seconds in (None, 1000.0):
        with at_most(seconds):
            pass
        assert signal.setitimer(signal.ITIMER_REAL, 0)[0] == 0.0


def test_an_import_is_not_torn_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "slow_import.py").write_text("import time\ntime.sleep(0.3)\nENDED = True\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(TookTooLong):
        import_and_go_on("slow_import")
    assert sys.modules["slow_import"].ENDED


def test_a_signal_that_ends_the_run_is_not_taken_for_the_limit() -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        interruption.listen()
        with pytest.raises(interruption.Stopped), at_most(1000):
            signal.raise_signal(signal.SIGTERM)
    finally:
        interruption._came.clear()
        for number, handler in before.items():
            signal.signal(number, handler)


def test_in_another_thread_nothing_can_be_stopped() -> None:
    ended = []

    def work() -> None:
        with suppress(TookTooLong), at_most(0.01):
            time.sleep(0.1)
            ended.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ended == [True]
