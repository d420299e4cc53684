"""A ranking of networks on one screen: places, values with their errors, what to take and to leave, what to mistrust.

In: the content of ranking.json and a medium. Out: text of at most the medium's width.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from leaderboard.pages.tables.ranking import HEAD, OPPOSITE, advice, condition, heading, ranking_rows
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
    lines += [Text(), *sentences("read", ways_of_reading(content), medium)]
    if "anchors" in content:
        lines += [Text(), *anchor_lines(content["anchors"], medium)]
    if content["kind"] is None:
        lines += [Text(), *wrapped(OPPOSITE, 0, medium)]
    for kind in content["orders"]:
        lines += [Text(), *_table(content, kind, medium), Text()]
        for word, sentence in advice(content, kind).items():
            lines += sentences(word, [sentence], medium)
        lines += sentences("trust", content["trust"][kind], medium)
    if content["warnings"]:
        lines += [Text(), *sentences("mind", content["warnings"], medium)]
    return rendered(lines, medium)


def _table(content: "RankingContent", kind: str, medium: Medium) -> Iterator[Text]:
    """One line a network, best first; of the columns so many as there is room for."""
    if content["kind"] is None:
        yield Text(condition(kind))
    rows = [HEAD, *ranking_rows(content, kind)]
    room = medium.width - 1 - NAME - len(GAP)
    count = next((count for count in (4, 3, 2) if _width(rows, count) <= room), 1)
    names = max(medium.width - 1 - _width(rows, count) - len(GAP), NAME)
    shown = [
        (row[0], medium.shortened(medium.safe(row[1]), names), *map(medium.safe, row[2 : count + 1])) for row in rows
    ]
    widths = [max(map(cell_len, column)) for column in zip(*shown, strict=True)]
    for place, row in enumerate(shown):
        padded = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        yield Text(GAP.join(padded).rstrip(), "bold" if place == 0 else "")
        if place == 0:
            yield Text("-" * (sum(widths) + len(GAP) * (len(widths) - 1)))


def _width(rows: Sequence[Sequence[str]], count: int) -> int:
    """How many columns of the screen the first columns of a table take, that of the names aside."""
    kept = [column for place, column in enumerate(zip(*rows, strict=True)) if place != 1][:count]
    return sum(max(map(cell_len, column)) + len(GAP) for column in kept) - len(GAP)
