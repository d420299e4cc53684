"""What others wrote, made safe for where it is shown: names, conditions, taps, paths, causes and messages.

In: any text. Out: a text that does nothing there but show what it holds: it moves no cursor, turns no direction, ends
no line and no cell, is no tag, no link and no formula. LaTeX has so many letters of its own that they have a file of
their own, `leaderboard/pages/files/latex_text.py`.
"""

import re
import unicodedata
from itertools import groupby

# Categories of characters that are not seen: controls, marks without width and those that turn the direction, halves of
# pairs, ends of lines and of paragraphs.
UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
BREAKS = str.maketrans("\t\r\n", "   ")  # between words
BEGINS_A_FORMULA = tuple("=+-@＝＋－＠")  # in a spreadsheet; spaces before it do not help


def marked(text: str) -> str:
    r"""A text as a terminal may show it: `?` stands in place of everything that is not seen.

    >>> marked("two\nlines \x1b[31m")
    'two?lines ?[31m'
    """
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def printable(text: str) -> str:
    r"""A text as it may stand in a line of a message: a space between its lines, `?` for the rest that is not seen.

    >>> printable("two\nlines \x1b[31m")
    'two lines ?[31m'
    """
    return marked(text.translate(BREAKS))


def in_log(text: str) -> str:
    r"""A text of several lines as a terminal may show it. Where a progress bar wrote over itself, each state is a line.

    >>> in_log("loss\t1\x1b[0m\r2\n")
    'loss\t1?[0m\n2\n'
    """
    if "\r" not in text and all(line.isprintable() for line in text.split("\n")):
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("\t".join(map(printable, line.split("\t"))) for line in lines)


def seen(text: str) -> str:
    r"""A text on one line with a space in place of each run of what is not seen.

    >>> seen("a\u202e\x00b\nc")
    'a b c'
    """
    if text.isprintable():
        return text
    return "".join(" " if unseen else "".join(run) for unseen, run in groupby(text, _unseen))


def in_markdown(text: str) -> str:
    r"""A text on one line of Markdown: no tag, no link, no picture, no letter written by its code.

    >>> print(in_markdown("<b>[x](y)\u202e | p <.001 &#x202e; a\\b"))
    &lt;b>[x]\(y)  | p <.001 &amp;#x202e; a\\b
    """
    line = re.sub(r"&(?=#?\w+;)", "&amp;", seen(text).replace("\\", r"\\"))
    return re.sub(r"\](?=[(:\[])", r"]\\", re.sub(r"<(?=[\w/!?])", "&lt;", line))


def in_markdown_cell(text: str) -> str:
    r"""A text in a cell of a table in Markdown, in which no bar ends the cell.

    >>> print(in_markdown_cell("raw|original"), in_markdown_cell("a\\|b"))
    raw\|original a\\\|b
    """
    return in_markdown(text).replace("|", r"\|")


def in_csv(text: str) -> str:
    """A text in a cell of a CSV file; a quotation mark stands before one that a spreadsheet would compute.

    That is what OWASP advises. A number is not one of these.

    >>> in_csv("mean-mi"), in_csv("-0.5"), in_csv("=cmd()")
    ('mean-mi', '-0.5', "'=cmd()")
    """
    line = seen(text)
    return f"'{line}" if line.lstrip().startswith(BEGINS_A_FORMULA) and not _is_number(line) else line


def in_page(text: str) -> str:
    r"""A text in a page: each character that is not seen is shown by its code. What would be a tag the page escapes.

    >>> in_page("a\u202eb\x00")
    'a⟨U+202E⟩b⟨U+0000⟩'
    """
    if text.isprintable():
        return text
    return "".join(f"⟨U+{ord(one):04X}⟩" if _unseen(one) and one != "\n" else one for one in text)


def _unseen(letter: str) -> bool:
    """Whether a character is not seen."""
    return unicodedata.category(letter) in UNSEEN


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
