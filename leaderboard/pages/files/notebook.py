"""A board in a notebook: one small table in HTML, suites as rows, the plan's hypotheses as columns.

In: the content of board.json. Out: HTML in which every name is text.
"""

from collections.abc import Iterable
from html import escape

from leaderboard.content.board import BoardContent
from leaderboard.content.taus import AgreementRow
from leaderboard.pages.tables.claimed import shown_to_order
from leaderboard.pages.tables.table import MISSING, by, probability, signed, spread_over
from registry.foreign_text import seen


def notebook(board: BoardContent) -> str:
    """The summary table: tau of each suite and metric, tau over all suites with its p, and what is claimed.

    Args:
        board: The content of board.json.

    Returns:
        A table, with a caption that says on which inputs it is.
    """
    rows = [row for row in board["agreement"] if row["measure"] in board["hypotheses"]]
    if not rows:
        return f"<p>Board of plan {_text(board['plan'])}: no tau of a hypothesis.</p>"
    places = list(by(rows, "inputs", "scope"))
    inputs, scope = next((place for place in places if place[0] == "evaluation"), places[0])
    here = [row for row in rows if (row["inputs"], row["scope"]) == (inputs, scope)]
    names = list(dict.fromkeys(row["measure"] for row in here))
    read = f"{inputs} inputs, scope {scope}"
    caption = f"Plan {board['plan']}: Kendall's tau with each metric, {read}; p: one-sided, after Holm"
    head = _line("th", ["suite", "metric", "n", *names])
    twice = len(by(here, "suite")) < len(by(here, "suite", "data", "family"))
    body = [_suite(own, names, twice) for own in by(here, "suite", "data", "family", "metric").values()]
    foot = _pooled(board, inputs, scope, names)
    return f"<table><caption>{_text(caption)}</caption>{head}{''.join(body)}{foot}</table>"


def _suite(rows: list[AgreementRow], names: list[str], twice: bool) -> str:
    first = rows[0]
    name = f"{first['suite']}, {first['data']}, {first['family']}" if twice else first["suite"]
    taus = [[row["tau"] for row in rows if row["measure"] == name] for name in names]
    cells = [signed(tau[0]) if len(tau) == 1 else spread_over(tau) for tau in taus]
    return _line("td", [name, first["metric"], str(first["n"] + first["left_out"]), *cells])


def _pooled(board: BoardContent, inputs: str, scope: str, names: list[str]) -> str:
    """Two lines: tau over all suites, and whether the measure is shown to order the conditions."""
    place = (inputs, scope)
    pooled = {row["measure"]: row for row in board["pooled"] if (row["inputs"], row["scope"]) == place}
    claims = {row["measure"]: row for row in board["claims"] if (row["inputs"], row["scope"]) == place}
    taus = [
        MISSING
        if pooled[name]["tau"] is None
        else f"{signed(pooled[name]['tau'])}, p {probability(pooled[name]['p_holm'])}"
        for name in names
    ]
    said = [shown_to_order(claims[name]).split(" (")[0] for name in names]
    return _line("td", ["all suites", "", "", *taus]) + _line("td", ["orders the conditions?", "", "", *said])


def _line(tag: str, cells: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{_text(cell)}</{tag}>" for cell in cells) + "</tr>"


def _text(text: str) -> str:
    return escape(seen(text))
