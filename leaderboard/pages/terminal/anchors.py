"""Networks among anchors on a screen: what the anchors learned, which way memorizing moves a measure, who lies where.

In: the key `anchors` of ranking.json and a medium. Out: lines of at most the medium's width.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from leaderboard.pages.tables.anchors import places, trained
from leaderboard.pages.terminal.lines import sentences
from leaderboard.pages.terminal.medium import Medium

if TYPE_CHECKING:
    from benchmark.ranking.anchor_content import AnchorsContent


def anchor_lines(content: "AnchorsContent", medium: Medium) -> Iterator[Text]:
    """The anchors, and for each measure the direction and the places."""
    yield from sentences("anchors", trained(content), medium)
    for own in places(content):
        yield Text()
        yield from sentences("place", own, medium)
