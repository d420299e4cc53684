"""What the head of several workers makes of what they tell, in whatever order it hears them."""

from multiprocessing import Pipe
from types import SimpleNamespace
from typing import Any

from benchmark.assignment import Tally
from benchmark.crew import _Crew, _Worker


class Progress:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []

    def begin(self, key: str) -> None:
        self.said.append(("begin", key))

    def end(self, key: str) -> None:
        self.said.append(("end", key))


def test_a_cell_whose_end_another_worker_has_told_of_is_not_begun_again() -> None:
    progress, alive = Progress(), SimpleNamespace(is_alive=lambda: True)
    given: Any = progress
    crew = _Crew(SimpleNamespace(), [], given, Tally())  # type: ignore[arg-type]
    tells = []
    for number in (0, 1):
        told, tell = Pipe(duplex=False)
        crew._workers.append(_Worker(number, alive, told, tell))
        tells.append(tell)
    tells[0].send(("begin", "a"))
    assert crew._heard(crew._workers[0])
    for message in (("end", "a"), ("begin", "b")):  # the second worker has found that a is published
        tells[1].send(message)
    assert crew._heard(crew._workers[1])
    tells[0].send(("end", "a"))
    assert crew._heard(crew._workers[0])
    assert progress.said == [("begin", "1 at work: a"), ("end", "a"), ("begin", "1 at work: b")]
    assert crew._tally.computed == 1
