"""A ranking of networks on one screen: places, values with their errors, what to take and to leave, what to mistrust.

In: the content of ranking.json and a medium. Out: text of at most the medium's width.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from leaderboard.pages.tables.ranking import (
    OPPOSITE,
    advice,
    condition,
    conditions,
    heading,
    kinds_shown,
    minded,
    ranking_table,
    trust_of,
)
from leaderboard.pages.tables.ranking_ways import ways_of_reading
from leaderboard.pages.terminal.anchors import anchor_lines
from leaderboard.pages.terminal.lines import rendered, sentences, wrapped
from leaderboard.pages.terminal.medium import Medium

if TYPE_CHECKING:
    from benchmark.ranking.assembly import RankingContent

NAME = 12  # columns that a name has at least
GAP = "  "


def ranking_screen(content: "RankingContent", medium: Medium | None = None) -> str:
    """The screen of a ranking. Without a medium it has 100 columns and no colour."""
    medium = medium or Medium()
    lines = [*wrapped(medium.safe(heading(content)), 0, medium, "bold")]
    kinds = kinds_shown(content)
    nothing = len(kinds) == 1 and content["no_advice"][kinds[0]]
    if nothing:
        lines += [Text(), *sentences("take", list(advice(content, kinds[0]).values()), medium)]
    lines += [Text(), *sentences("read", ways_of_reading(content), medium)]
    if "anchors" in content:
        lines += [Text(), *anchor_lines(content["anchors"], medium)]
    if len(kinds) > 1:
        lines += [Text(), *wrapped(OPPOSITE, 0, medium), *sentences("if", conditions(content), medium)]
    for kind in kinds:
        lines += [Text(), *_order(content, kind, medium, verdict=not nothing)]
    lines += [Text(), *sentences("trust", trust_of(content), medium)]
    if mind := minded(content):
        lines += [Text(), *sentences("mind", mind, medium)]
    return rendered(lines, medium)


def _order(content: "RankingContent", kind: str, medium: Medium, verdict: bool) -> Iterator[Text]:
    """The table of one kind, and what to take and to leave by it."""
    if len(kinds_shown(content)) > 1:
        yield Text(condition(kind))
    yield from _table(content, kind, medium)
    said = advice(content, kind) if verdict else {}
    if said:
        yield Text()
    if len(kinds_shown(content)) == 1:
        yield from sentences("if", conditions(content), medium)
    for word, sentence in said.items():
        yield from sentences(word, [sentence], medium)


def _table(content: "RankingContent", kind: str, medium: Medium) -> Iterator[Text]:
    """One line a network; of the columns so many as there is room for, and below it which there is none for."""
    rows = [tuple(map(medium.safe, row)) for row in ranking_table(content, kind)]
    named, every = rows[0].index("network"), len(rows[0]) - 1
    room = medium.width - 1 - NAME - len(GAP)
    count = next((count for count in range(every, 1, -1) if _width(rows, named, count) <= room), 1)
    names = max(medium.width - 1 - _width(rows, named, count) - len(GAP), NAME)
    shown = [
        [medium.shortened(cell, names) if place == named else cell for place, cell in enumerate(row[: count + 1])]
        for row in rows
    ]
    widths = [max(map(cell_len, column)) for column in zip(*shown, strict=True)]
    for place, line in enumerate(shown):
        padded = (cell + " " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True))
        yield Text(GAP.join(padded).rstrip(), "bold" if place == 0 else "")
        if place == 0:
            yield Text("-" * (sum(widths) + len(GAP) * (len(widths) - 1)))
    if count < every:
        needed = _width(rows, named, every) + NAME + len(GAP) + 1
        yield from wrapped(f"no room for {', '.join(rows[0][count + 1 :])}: {needed} columns show all", 0, medium)


def _width(rows: Sequence[Sequence[str]], named: int, count: int) -> int:
    """How many columns of the screen the first columns of a table take, that of the names aside."""
    kept = [column for place, column in enumerate(zip(*rows, strict=True)) if place != named][:count]
    return sum(max(map(cell_len, column)) + len(GAP) for column in kept) - len(GAP)
