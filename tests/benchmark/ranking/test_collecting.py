"""Networks are measured one after the other, never two are held, and what was measured comes with an error."""

import gc
import weakref
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from benchmark.estimator import Settings
from benchmark.ranking.collecting import Candidate, Unfinished, collected
from benchmark.ranking.numbers import NetworkNumbers
from registry import DataError, UserError

FEW = Settings(sub_samples=2)


class Drawn:
    """A network whose activations are drawn when it is read."""

    def __init__(self, name: str, act: Callable[[], None] = lambda: None, seed: int | None = None) -> None:
        self.name, self.act = name, act
        self.seed = ord(name) if seed is None else seed

    def read(self) -> tuple[dict[str, Any], str]:
        self.act()
        array = np.random.default_rng(self.seed).normal(size=(60, 3)).astype(np.float32)
        ALIVE.append(weakref.ref(array))
        return {"fc": array}, "drawn"


ALIVE: list[Any] = []


def raising(error: Exception) -> Callable[[], None]:
    def act() -> None:
        raise error

    return act


def test_a_network_has_gone_before_the_next_is_read() -> None:
    alive: list[int] = []

    def count() -> None:
        gc.collect()
        alive.append(sum(one() is not None for one in ALIVE))

    ALIVE.clear()
    found = collected([Drawn(name, count) for name in "abc"], settings=FEW)
    assert alive == [0, 0, 0]
    assert [one.how for one in found.values()] == ["drawn"] * 3


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (UserError("no such tap"), "no such tap"),
        (DataError("not whole"), "not whole"),
        (MemoryError(), "network 'c': not enough memory to read and measure it; give fewer examples"),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory"), "network 'c': not enough memory"),
    ],
)
def test_what_was_measured_before_comes_with_the_error(error: Exception, said: str) -> None:
    with pytest.raises(Unfinished, match=said) as caught:
        collected([Drawn("a"), Drawn("b"), Drawn("c", raising(error)), Drawn("d")], settings=FEW)
    assert list(caught.value.found) == ["a", "b"]


def test_an_error_that_is_ours_stays_one() -> None:
    with pytest.raises(RuntimeError, match="shapes cannot be multiplied"):
        collected([Drawn("a", raising(RuntimeError("shapes cannot be multiplied")))], settings=FEW)


def test_the_same_network_twice_is_found_when_the_second_one_is_read() -> None:
    with pytest.raises(Unfinished, match="'a' and 'b' are the same network") as caught:
        collected([Drawn("a", seed=1), Drawn("b", seed=1), Drawn("c")], settings=FEW)
    assert list(caught.value.found) == ["a"]


def test_numbers_on_the_shelf_are_not_made_again() -> None:
    class Shelf:
        kept: dict[str, NetworkNumbers] = {}  # noqa: RUF012

        def mark(self, candidate: Candidate, taps: Sequence[str]) -> str:
            return candidate.name + "".join(taps)

        def find(self, mark: str) -> NetworkNumbers | None:
            return self.kept.get(mark)

        def keep(self, mark: str, numbers: NetworkNumbers) -> None:
            self.kept[mark] = numbers

    first = collected([Drawn("a"), Drawn("b")], settings=FEW, shelf=Shelf())
    again = [Drawn(name, raising(AssertionError("it is read"))) for name in "ab"]
    assert collected(again, settings=FEW, shelf=Shelf()) == first


def test_a_network_whose_files_change_while_it_is_read_is_refused() -> None:
    class Changing:
        marks = iter("abcdef")

        def mark(self, candidate: Candidate, taps: Sequence[str]) -> str:
            return next(self.marks)

        def find(self, mark: str) -> None:
            return None

        def keep(self, mark: str, numbers: NetworkNumbers) -> None:
            raise AssertionError("nothing may be kept")

    with pytest.raises(Unfinished, match="a: its files changed while they were read: rank it again"):
        collected([Drawn("a"), Drawn("b")], settings=FEW, shelf=Changing())
