"""A board in Markdown: every table, the notes, and the plan.

In: the content of board.json. Out: board.md, in which no name makes a cell, a link or a tag.
"""

from collections.abc import Mapping

from tabulate import tabulate, tabulate_formats

from leaderboard.content.board import BoardContent
from leaderboard.pages.tables.chapters import all_tables
from leaderboard.pages.tables.footnotes import footnotes
from leaderboard.pages.tables.table import Table
from registry.foreign_text import in_markdown, in_markdown_cell, seen


def markdown(board: BoardContent) -> Mapping[str, str | None]:
    """board.md: the headline tables, what stands below them, the notes, and the plan as YAML."""
    tables = [_on_lines(table) for table in all_tables(board)]
    parts = [f"## {table.title}\n\n{tabulated(table, 'github')}" for table in tables]
    notes = "\n".join(f"- {in_markdown(note)}" for note in footnotes(board))
    title = f"# Board of plan {in_markdown(board['plan'])}"
    return {"board.md": "\n\n".join([title, *parts, notes, _plan(board["made"]["plan"])]) + "\n"}


def tabulated(table: Table, style: str) -> str:
    """A table in one of tabulate's styles.

    Raises:
        ValueError: tabulate does not know the style; it would write plain text without saying so.
    """
    if style not in tabulate_formats:
        raise ValueError(f"tabulate has no style {style!r}")
    return tabulate(
        [[str(cell) for cell in row] for row in table.rows], table.head, tablefmt=style, disable_numparse=True
    )


def _on_lines(table: Table) -> Table:
    """The same table with heads and cells of one line, in which no bar ends a cell."""
    head = ["<br>".join(map(in_markdown_cell, head.split("\n"))) for head in table.head]
    rows = [[in_markdown_cell(str(cell)) for cell in row] for row in table.rows]
    return Table(" ".join(in_markdown(table.title).split()), head, rows)


def _plan(text: str) -> str:
    """The plan, as a block that nothing in it can end."""
    lines = [seen(line) for line in text.splitlines()]
    return "\n".join(["## plan", "", *(f"    {line}".rstrip() for line in lines)])
