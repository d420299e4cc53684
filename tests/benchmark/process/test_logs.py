"""What is printed while a cell is computed is kept within bounds, its beginning and its end."""

import io
import os
from pathlib import Path

import pytest

from benchmark.process.logs import KEPT, LONGEST_LINE, Bounded, captured, tail, tail_of


def test_a_short_text_stays_as_it_is_and_is_passed_on() -> None:
    shown = io.StringIO()
    with captured(shown) as log:
        print("one")
        print("two")
    assert log.getvalue() == shown.getvalue() == "one\ntwo\n"


def test_of_endless_output_the_beginning_and_the_end_are_kept_in_bounded_memory() -> None:
    shown = io.StringIO()
    with captured(shown) as log:
        print("first")
        for _ in range(400):
            print("x" * 99_999)
        print("y" * 3_000_000)
        print("last")
        assert log._end.tell() <= 2 * KEPT
    text = log.getvalue()
    assert text.startswith("first\nxxx")
    assert text.endswith("yyy\nlast\n")
    left_out = 6 + 400 * 100_000 + 3_000_001 + 5 - 2 * KEPT
    assert f"\n... {left_out} characters are left out ...\n" in text
    assert len(text) < 2 * KEPT + 100
    assert shown.getvalue().startswith("first\n")
    assert len(shown.getvalue()) < KEPT + 100


def test_small_pieces_count_as_one_text() -> None:
    text = Bounded(kept=10)
    for number in range(1000):
        text.write(f"{number:03d}")
    assert text.getvalue() == "0000010020\n... 2980 characters are left out ...\n6997998999"


def test_the_end_of_a_log_has_few_lines_and_none_is_long(tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    log.write_text("early\n" * 1_000_000 + "z" * 10_000 + "\nlast\n")
    for end in (tail(log.read_text()), tail_of(log)):
        assert end.endswith(f"\n{'z' * LONGEST_LINE}...\nlast\n")
        assert end.count("\n") == 100
    assert tail_of(tmp_path / "none") == ""


@pytest.mark.timeout(20)
def test_a_pipe_in_place_of_a_log_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "log.txt")
    assert tail_of(tmp_path / "log.txt") == ""
