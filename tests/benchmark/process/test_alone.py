"""One computation at a time: a second one is told which is at work, and may begin when that has ended."""

import threading

import pytest

from benchmark.process.alone import alone
from registry import UserError


def test_a_second_one_is_refused_and_told_what_is_at_work() -> None:
    with alone("run"), pytest.raises(UserError, match="verify cannot begin while run is at work in this process"):
        alone("verify").__enter__()


def test_in_another_thread_too() -> None:
    found: list[str] = []

    def other() -> None:
        try:
            with alone("verify"):
                found.append("began")
        except UserError as error:
            found.append(str(error))

    with alone("run"):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert "while run is at work" in found[0]


def test_the_next_may_begin_however_the_one_before_ended() -> None:
    with pytest.raises(KeyError), alone("run"):
        raise KeyError
    with alone("verify"), pytest.raises(UserError, match="while verify is at work"):
        alone("run").__enter__()
    with alone("run"):
        pass
