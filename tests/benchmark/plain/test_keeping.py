"""What is kept in a block is computed once, and no longer there after it."""

import gc
import threading
import weakref
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmark.plain.keeping import keeping, kept

Squares = Callable[[int], NDArray[np.int64]]


@pytest.fixture
def calls() -> list[int]:
    return []


@pytest.fixture
def squares(calls: list[int]) -> Squares:
    @kept(most=2)
    def squares(n: int) -> NDArray[np.int64]:
        calls.append(n)
        return np.arange(n) ** 2

    return squares


def test_in_a_block_and_those_inside_it_each_result_is_computed_once(calls: list[int], squares: Squares) -> None:
    with keeping():
        first = squares(3)
        with keeping():
            assert squares(3) is first
        assert squares(3) is first
    assert calls == [3]


def test_outside_a_block_and_in_the_next_one_it_is_computed_anew(calls: list[int], squares: Squares) -> None:
    assert squares(3) is not squares(3)
    for _ in range(2):
        with keeping():
            squares(3)
    assert calls == [3] * 4


def test_only_the_latest_results_are_kept(calls: list[int], squares: Squares) -> None:
    with keeping():
        for n in (1, 2, 3, 3, 2, 1):
            squares(n)
    assert calls == [1, 2, 3, 1]


def test_nothing_holds_a_result_after_the_block_even_where_it_ends_by_an_error(squares: Squares) -> None:
    def failing() -> None:
        with keeping():
            seen.append(weakref.ref(squares(3)))
            assert seen[0]() is not None
            raise ValueError("it ends")

    seen: list[weakref.ref[NDArray[np.int64]]] = []
    with pytest.raises(ValueError, match="it ends"):
        failing()
    gc.collect()
    assert seen[0]() is None


def test_two_functions_and_two_threads_keep_apart(calls: list[int], squares: Squares) -> None:
    @kept(most=2)
    def doubled(n: int) -> int:
        return 2 * n

    with keeping():
        assert (doubled(3), squares(3).tolist()) == (6, [0, 1, 4])
        other = threading.Thread(target=squares, args=(3,))
        other.start()
        other.join()
    assert calls == [3, 3]
