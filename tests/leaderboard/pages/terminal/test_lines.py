"""Lines are wrapped at words, and none is as long as the medium is wide."""

import pytest
from rich.text import Text

from leaderboard.pages.terminal.lines import rendered, wrapped
from leaderboard.pages.terminal.medium import Medium

TEXT = "take    the one with a-very-long-name-that-has-no-place-to-break and 日本語 too"


@pytest.mark.parametrize("width", [20, 31, 80])
def test_no_word_is_lost_and_no_line_is_too_long(width: int) -> None:
    medium = Medium(width)
    text = rendered(list(wrapped(TEXT, 8, medium)), medium)
    assert all(len(line) < width for line in text.splitlines())
    assert "".join(text.split()) == "".join(TEXT.split())


def test_lines_after_the_first_are_indented() -> None:
    first, *others = (line.plain for line in wrapped(TEXT, 8, Medium(31)))
    assert first.startswith("take ")
    assert others
    assert all(line.startswith(" " * 8) for line in others)


def test_colour_is_there_only_where_the_medium_has_it_and_markup_means_nothing() -> None:
    line = Text("[red]a[/red] ", style="bold")
    assert rendered([line.copy()], Medium()) == "[red]a[/red]\n"
    assert "\x1b[1m[red]a" in rendered([line.copy()], Medium(colour=True))
