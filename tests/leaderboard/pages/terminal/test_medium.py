import io
import os
import pty

import pytest

from leaderboard.pages.terminal.medium import Medium, medium_of


class Terminal(io.StringIO):
    """A stream that says it is a terminal, of no known width."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class Pipe(io.StringIO):
    encoding = "utf-8"


@pytest.mark.parametrize(
    ("stream", "environment", "width", "folds"),
    [
        (Pipe(), {}, 100, False),
        (Pipe(), {"COLUMNS": "60"}, 60, True),
        (Pipe(), {"COLUMNS": "wide"}, 100, False),
        (Pipe(), {"COLUMNS": "0"}, 100, False),
        (Pipe(), {"COLUMNS": "²"}, 100, False),
        (Terminal(), {}, 80, True),
        (Terminal(), {"COLUMNS": "200"}, 200, True),
    ],
)
def test_columns_win_over_a_terminal_and_over_a_pipe(
    stream: io.StringIO, environment: dict[str, str], width: int, folds: bool
) -> None:
    medium = medium_of(stream, environment)
    assert (medium.width, medium.folds) == (width, folds)


def test_a_terminal_says_how_wide_it_is() -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as stream:
        import fcntl
        import struct
        import termios

        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 67, 0, 0))
        assert medium_of(stream, {}).width == 67
        assert medium_of(stream, {"COLUMNS": "61"}).width == 61
    os.close(ours)


@pytest.mark.parametrize(
    ("stream", "environment", "colour"),
    [
        (Terminal(), {"TERM": "xterm"}, True),
        (Terminal(), {"TERM": "xterm", "NO_COLOR": ""}, True),
        (Terminal(), {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (Terminal(), {"TERM": "dumb"}, False),
        (Terminal(), {}, False),
        (Pipe(), {"TERM": "xterm"}, False),
        (Pipe(), {"TERM": "xterm", "COLUMNS": "80"}, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(stream: io.StringIO, environment: dict[str, str], colour: bool) -> None:
    assert medium_of(stream, environment).colour is colour


@pytest.mark.parametrize(
    ("environment", "ascii_only"),
    [
        ({}, False),
        ({"LC_ALL": "C"}, True),
        ({"LC_ALL": "POSIX", "LANG": "de_DE.UTF-8"}, True),
        ({"LC_ALL": "C.UTF-8"}, False),
        ({"LC_CTYPE": "C.UTF-8"}, False),
        ({"LC_CTYPE": "C.UTF-8", "LANG": "C"}, True),  # what Python makes of LANG=C
        ({"LC_ALL": "en_US.UTF-8", "LANG": "C"}, False),
    ],
)
def test_a_c_locale_gets_ascii(environment: dict[str, str], ascii_only: bool) -> None:
    assert medium_of(Pipe(), environment).ascii_only is ascii_only


def test_an_encoding_of_ascii_gets_ascii() -> None:
    assert medium_of(io.TextIOWrapper(io.BytesIO(), encoding="ascii"), {}).ascii_only


def test_what_could_do_harm_is_a_question_mark() -> None:
    hostile = "a\x1b[2Jb\x07c\u202ed\u200be\nf\u2028g\ud800h"
    assert Medium().safe(hostile) == "a?[2Jb?c?d?e?f?g?h"
    assert Medium().safe("שלום é 数") == "שלום é 数"
    assert Medium(ascii_only=True).safe("é 数 …") == "? ? ..."


@pytest.mark.parametrize("width", range(8))
def test_a_shortened_text_is_never_wider(width: int) -> None:
    from rich.cells import cell_len

    for text in ("bias-in-bios", "数数数数数数", ""):
        for ascii_only in (False, True):
            assert cell_len(Medium(ascii_only=ascii_only).shortened(text, width)) <= width
