"""What the head of several workers makes of what they tell, in whatever order it hears them."""

import errno
from multiprocessing import Pipe
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmark.process import interruption
from benchmark.process.obstacles import obstacle
from benchmark.run import crew
from benchmark.run.assignment import Tally
from benchmark.run.crew import _Crew, _Worker


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


def test_what_a_worker_could_not_rename_is_named_by_the_place_that_it_was_to_get(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(log: Path) -> None:
        raise OSError(errno.EISDIR, "Is a directory", str(tmp_path / ".building"), None, str(tmp_path / "plan.json"))

    monkeypatch.setattr(crew, "_die_with_the_head", lambda held: None)
    monkeypatch.setattr(crew, "write_to", refuse)
    monkeypatch.setattr(interruption, "listen", lambda: None)
    told, tell = Pipe(duplex=False)
    given: Any = SimpleNamespace(run=tmp_path)
    crew._work(0, given, [], tell, tell)
    head = _Crew(given, [], given, Tally())
    with pytest.raises(OSError, match="Is a directory") as caught:
        head._heard(_Worker(0, SimpleNamespace(), told, tell))
    assert obstacle(caught.value, "run").startswith(f"{tmp_path / 'plan.json'}: Is a directory; ")
