"""A comparison in a notebook: what is shown, and the taus of the hypotheses on both sides.

In: the content of comparison.json. Out: HTML in which every name is text.
"""

from collections.abc import Iterable
from html import escape

from leaderboard.content.comparison import ComparisonContent
from leaderboard.pages.tables.comparison import heading, settings_said, tau_table
from registry.foreign_text import seen


def comparison_notebook(content: ComparisonContent) -> str:
    """Sentences, a table of taus, and what was done otherwise."""
    first = [row for row in content["taus"] if row["role"] == "hypothesis"] or content["taus"]
    table = tau_table(first)
    parts = [f"<p><b>{_text(heading(content))}</b></p>", *_said(content["verdict"]["sentences"])]
    body = "".join(_line("td", map(str, row)) for row in table.rows)
    parts.append(f"<table>{_line('th', table.head)}{body}</table>")
    return "".join([*parts, *_said(settings_said(content))])


def _said(sentences: Iterable[str]) -> list[str]:
    """A paragraph of sentences, each in a line of its own; none where there are none."""
    lines = [_text(sentence) for sentence in sentences]
    return [f"<p>{'<br>'.join(lines)}</p>"] if lines else []


def _line(tag: str, cells: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{_text(cell)}</{tag}>" for cell in cells) + "</tr>"


def _text(text: str) -> str:
    return escape(seen(text))
