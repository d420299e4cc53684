"""Styled lines as text: wrapped at words, and never longer than the medium is wide.

In: sentences and a medium. Out: lines, and the text that they make.
"""

import io
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from leaderboard.pages.terminal.medium import Medium

LABEL = 8  # columns of a word that stands before a sentence


def rendered(lines: Sequence[Text], medium: Medium) -> str:
    """Styled lines as text of the medium, cut where nothing else helped, with a newline after each."""
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=max(medium.width, 2),
        force_terminal=medium.colour,
        color_system="standard" if medium.colour else None,
        no_color=not medium.colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for line in lines:
        line.truncate(max(medium.width - 1, 1), overflow="crop")
        line.rstrip()
        console.print(line, soft_wrap=True)
    return stream.getvalue()


def wrapped(text: str, indent: int, medium: Medium, style: str = "") -> Iterator[Text]:
    """A text in lines that fit, those after the first indented; a word that is longer than a line is broken."""
    width = max(medium.width - 1, indent + 8)
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if cell_len(joined) > width and line.strip() and cell_len(word) <= width - indent:
            yield Text(line, style=style)
            joined = " " * indent + word
        while cell_len(joined) > width:
            piece = Text(joined)
            piece.truncate(width, overflow="crop")
            yield Text(piece.plain, style=style)
            joined = " " * indent + joined[len(piece.plain) :]
        line = joined
    if line.strip():
        yield Text(line, style=style)


def sentences(word: str, sentences: Sequence[str], medium: Medium) -> Iterator[Text]:
    """Sentences under each other behind a word that stands before the first of them."""
    for place, sentence in enumerate(sentences):
        lines = wrapped(word.ljust(LABEL, ".") + " " + medium.safe(sentence), LABEL, medium)
        for number, line in enumerate(lines):
            label = word if place == number == 0 else ""
            yield Text(label.ljust(LABEL) + line.plain[LABEL:].lstrip())
