"""Lines that fit: COLUMNS before the terminal, whole lines in a pipe, nothing that a terminal would obey."""

import io
import os
import sys

import pytest

from benchmark.process.wrapping import NARROWEST, cut, line_width, printable, wrapped


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("said", "terminal", "width"),
    [
        ("80", False, 79),
        ("100", True, 99),
        ("1", True, NARROWEST),
        ("0", False, None),
        ("wide", False, None),
        ("", True, 69),
        ("", False, None),
    ],
)
def test_columns_win_over_the_terminal_and_over_a_pipe(
    said: str, terminal: bool, width: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", said)
    monkeypatch.setattr(sys, "stdout", Terminal() if terminal else io.StringIO())
    monkeypatch.setattr("benchmark.process.wrapping.shutil.get_terminal_size", lambda **_: os.terminal_size((70, 24)))
    assert line_width() == width


def test_long_lines_hang_under_what_they_say_and_words_stay_whole() -> None:
    key = "toy-shuffled.toy-mlp." + "0123456789" * 5
    lines = wrapped([f"  failed  {key} for a reason that is long", "short"], 40, hang=8)
    assert lines == ["  failed", f"          {key}", "          for a reason that is long", "short"]
    assert wrapped(["a" * 300], None) == ["a" * 300]


def test_a_cut_line_says_so() -> None:
    assert cut("a" * 80, 79) == "a" * 76 + "..."
    assert cut("words " * 14, 79) == "words " * 12 + "..."
    assert cut("a" * 79, 79) == "a" * 79
    assert cut("a" * 300, None) == "a" * 300


def test_what_a_terminal_would_obey_is_replaced() -> None:
    assert printable("a\x1b[2Jb\u202ec\u200bd\ne") == "a?[2Jb?c?d e"
