"""A board in Markdown: every table, the notes, and the plan.

In: the content of board.json. Out: board.md, in which no name makes a cell, a link or a tag.
"""

import re
from collections.abc import Mapping
from typing import Any

from tabulate import tabulate, tabulate_formats

from leaderboard.pages.tables.chapters import all_tables
from leaderboard.pages.tables.footnotes import footnotes
from leaderboard.pages.tables.table import Table

UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+")


def markdown(board: dict[str, Any]) -> Mapping[str, str | None]:
    """board.md: the headline tables, what stands below them, the notes, and the plan as YAML."""
    tables = [_on_lines(table) for table in all_tables(board)]
    parts = [f"## {table.title}\n\n{tabulated(table, 'github')}" for table in tables]
    notes = "\n".join(f"- {plain(note)}" for note in footnotes(board))
    title = f"# Board of plan {plain(board['plan'])}"
    return {"board.md": "\n\n".join([title, *parts, notes, _plan(board["made"]["plan"])]) + "\n"}


def plain(text: str) -> str:
    r"""A text on one line that shows what it holds: no tag, no link, no character that is not seen.

    >>> print(plain("<b>[x](y)\u202e | p <.001"))
    &lt;b>[x]\(y)  | p <.001
    """
    line = " ".join(UNSEEN.sub(" ", text).split(" "))
    return re.sub(r"<(?=[\w/!?])", "&lt;", line).replace("](", r"]\(")


def tabulated(table: Table, style: str) -> str:
    """A table in one of tabulate's styles. Raises ValueError for one it does not know: it would write plain text."""
    if style not in tabulate_formats:
        raise ValueError(f"tabulate has no style {style!r}")
    return tabulate(
        [[str(cell) for cell in row] for row in table.rows], table.head, tablefmt=style, disable_numparse=True
    )


def _on_lines(table: Table) -> Table:
    """The same table with heads and cells of one line, in which no bar ends a cell."""
    head = ["<br>".join(map(_cell, head.split("\n"))) for head in table.head]
    return Table(" ".join(plain(table.title).split()), head, [[_cell(str(cell)) for cell in row] for row in table.rows])


def _cell(text: str) -> str:
    return plain(" ".join(text.splitlines())).replace("|", r"\|")


def _plan(text: str) -> str:
    """The plan, as a block that nothing in it can end."""
    lines = [UNSEEN.sub(" ", line) for line in text.splitlines()]
    return "\n".join(["## plan", "", *(f"    {line}".rstrip() for line in lines)])
