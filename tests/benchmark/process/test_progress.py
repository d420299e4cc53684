import io
import re
import time
from typing import Any

import pytest
from rich.text import Text

from benchmark.process import progress
from benchmark.process.progress import Shown

ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _a_terminal_that_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")


def drawn(shown: Shown) -> None:
    """Wait until the thread that draws has drawn at least once more."""
    time.sleep(3 / progress.REFRESHES)


def test_a_bar_with_the_time_left_and_lines_above_it() -> None:
    stream = Terminal()
    shown = Shown(stream)
    with shown.over(4):
        shown.begin("a" * 100)
        shown.end("a")
        shown.say("[red]a cell failed: :smile: " + "x" * 100)
        drawn(shown)
    text = stream.getvalue()
    assert "1/4 [#####...............] " in text
    assert " left  aaa" in text
    assert "[red]a cell failed: :smile: " + "x" * 100 + "\n" in text
    assert text.count("\x1b[?25l") == text.count("\x1b[?25h") == 1
    lines = ANSI.sub("", text.replace("\r", "\n")).splitlines()
    assert max(len(line) for line in lines if "/4 [" in line) == 59


def test_an_error_ends_the_drawing_and_goes_on_its_way() -> None:
    stream = Terminal()
    shown = Shown(stream)
    with pytest.raises(KeyboardInterrupt), shown.over(4):
        raise KeyboardInterrupt
    assert stream.getvalue().count("\x1b[?25h") == 1
    shown.say("afterwards")
    assert stream.getvalue().endswith("afterwards\n")


@pytest.mark.parametrize("error", [OSError, ValueError])
def test_a_terminal_that_has_gone_ends_nothing(error: type[Exception], capsys: pytest.CaptureFixture[str]) -> None:
    class Gone(Terminal):
        def write(self, text: str) -> int:
            raise error("gone")

    shown = Shown(Gone())
    with shown.over(4):
        shown.say("x")
        shown.end("a")
        drawn(shown)
    assert capsys.readouterr().err == ""


def test_an_error_while_drawing_ends_nothing() -> None:
    class Wrong(Shown):
        def above(self, width: int, height: int) -> list[Text]:
            raise ZeroDivisionError

    stream = Terminal()
    with Wrong(stream).over(4):
        pass
    assert "0/4 (ZeroDivisionError while drawing)" in stream.getvalue()


@pytest.mark.parametrize("term", ["dumb", ""])
def test_where_nothing_can_be_drawn_there_are_lines(term: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", -1.0)
    for stream in (Terminal(), io.StringIO()):
        shown = Shown(stream)
        with shown.over(2):
            shown.begin("a")
            shown.end("a")
            shown.begin("b")
        lines: Any = stream.getvalue().splitlines()
        if term or isinstance(stream, Terminal):
            assert lines == ["0/2 cells, 0 s: a", "1/2 cells, 0 s, about 0 s left: b"]
