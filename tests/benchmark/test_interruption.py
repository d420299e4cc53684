"""A signal that comes inside a library."""

import contextlib
import os
import signal

import pytest

from benchmark import interruption


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
