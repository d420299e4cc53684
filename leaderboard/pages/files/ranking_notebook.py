"""A ranking in a notebook: the table of its screen, what to take and to leave, and how far to trust it.

In: the content of ranking.json. Out: HTML in which every name is text.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from leaderboard.pages.tables.ranking import (
    advice,
    condition,
    conditions,
    heading,
    kinds_shown,
    minded,
    ranking_table,
    trust_of,
)
from registry.foreign_text import seen

if TYPE_CHECKING:
    from benchmark.ranking.assembly import RankingContent


def ranking_notebook(content: "RankingContent") -> str:
    """A table for each order, best first, under a caption that says what was read."""
    parts = [f"<p>{_text(heading(content))}</p>"]
    kinds = kinds_shown(content)
    parts += _said([("if", sentence) for sentence in conditions(content)])
    for kind in kinds:
        caption = f"<caption>{_text(condition(kind))}</caption>" if len(kinds) > 1 else ""
        head, *rows = ranking_table(content, kind)
        parts.append(f"<table>{caption}{_line('th', head)}{''.join(_line('td', row) for row in rows)}</table>")
        parts += _said(list(advice(content, kind).items()))
    parts += _said([("trust", sentence) for sentence in trust_of(content)])
    parts += _said([("mind", sentence) for sentence in minded(content)])
    return "".join(parts)


def _said(sentences: Sequence[tuple[str, str]]) -> list[str]:
    """A paragraph of sentences, each behind its word; none where there are none."""
    lines = [f"<b>{word}</b> {_text(sentence)}" for word, sentence in sentences]
    return [f"<p>{'<br>'.join(lines)}</p>"] if lines else []


def _line(tag: str, cells: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{_text(cell)}</{tag}>" for cell in cells) + "</tr>"


def _text(text: str) -> str:
    return escape(seen(text))
