"""A ranking in a notebook: the table of its screen, what to take and to leave, and how far to trust it.

In: the content of ranking.json. Out: HTML in which every name is text.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from leaderboard.pages.tables.ranking import HEAD, advice, condition, heading, ranking_rows
from registry.foreign_text import seen

if TYPE_CHECKING:
    from benchmark.ranking.assembly import RankingContent


def ranking_notebook(content: "RankingContent") -> str:
    """A table for each order, best first, under a caption that says what was read."""
    parts = [f"<p>{_text(heading(content))}</p>"]
    for kind in content["orders"]:
        caption = "" if content["kind"] else f"<caption>{_text(condition(kind))}</caption>"
        body = "".join(_line("td", row) for row in ranking_rows(content, kind))
        parts.append(f"<table>{caption}{_line('th', HEAD)}{body}</table>")
        parts += _said([*advice(content, kind).items(), *(("trust", sentence) for sentence in content["trust"][kind])])
    parts += _said([("mind", sentence) for sentence in content["warnings"]])
    return "".join(parts)


def _said(sentences: Sequence[tuple[str, str]]) -> list[str]:
    """A paragraph of sentences, each behind its word; none where there are none."""
    lines = [f"<b>{word}</b> {_text(sentence)}" for word, sentence in sentences]
    return [f"<p>{'<br>'.join(lines)}</p>"] if lines else []


def _line(tag: str, cells: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{_text(cell)}</{tag}>" for cell in cells) + "</tr>"


def _text(text: str) -> str:
    return escape(seen(text))
