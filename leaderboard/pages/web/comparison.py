"""comparison.html: one page that holds a whole comparison, opens from disk, fetches nothing, reads without JavaScript.

In: the content of comparison.json. Out: the page's text, the same for the same comparison.
"""

from collections.abc import Mapping, Sequence

from leaderboard.content.comparison import ComparisonContent, NumberRow, TauRow
from leaderboard.pages.tables.comparison import (
    ANSWERS,
    about_side,
    heading,
    number_table,
    order_table,
    pooled_table,
    setting_table,
    settings_said,
    tau_table,
)
from leaderboard.pages.tables.table import MISSING, Table, by
from leaderboard.pages.web.cells import Entry, Head, Ids, Keys, Line, Sheet, name_of_id, plain
from leaderboard.pages.web.templating import part, template
from registry.foreign_text import in_page as readable

FILTERS = ("suite", "inputs", "measure")
HINTS = {
    "p": "two-sided, by itself",
    "corrected": "for all differences; * up to .05",
    "swaps": "of neighbours, until both orders are one",
    "beyond noise": "of conditions that both sides know to differ",
    "n": "conditions that both have",
    "same sign": "of both taus",
}
ENDS = "where tau lies with other seeds (95 %), from five seeds on"


def comparison_html(content: ComparisonContent) -> str:
    """The page."""
    unique = Ids()
    groups = by(content["taus"], "inputs", "scope")
    return template("comparison.html.j2").render(
        content=content,
        title=heading(content),
        answer=ANSWERS[content["verdict"]["answer"]],
        sides=[
            ("A", content["a"]["said"], about_side(content["a"])),
            ("B", content["b"]["said"], about_side(content["b"])),
        ],
        said=settings_said(content),
        taus=[_tau_sheet(rows, place, unique) for place, rows in groups.items()],
        pooled=_sheet(pooled_table(content["pooled"]), unique("pooled"), content["pooled"]),
        orders=_sheet(order_table(content["orders"]), unique("orders"), content["orders"]),
        numbers=[
            _number_sheet(rows, unique) for rows in by(content["numbers"], "suite", "data", "family", "recipe").values()
        ],
        settings=_sheet(setting_table(content), unique("settings"), [{}] * len(content["settings"])),
        data={"filters": _choices(content)},
        style=part("board.css"),
        script=part("board.js"),
    )


def _tau_sheet(rows: Sequence[TauRow], place: tuple[str, ...], unique: Ids) -> Sheet:
    title = f"tau with the metric: {place[0]} inputs" + (f", scope {place[1]}" if place[1] else "")
    table = tau_table(rows, title)
    found = _sheet(table, unique(name_of_id("taus", *place)), rows)
    kept = [number for number, head in enumerate(table.head) if head != "inputs"]  # the caption says them
    lines = [
        Line([_with_bar(table.head[number], line.cells[number], row) for number in kept], line.keys)
        for line, row in zip(found.lines, rows, strict=True)
    ]
    notes = (
        [f"In brackets: {ENDS}."] if any(row["low_a"] is not None or row["low_b"] is not None for row in rows) else []
    )
    return Sheet(found.id, found.caption, [found.heads[number] for number in kept], lines, notes=notes)


def _with_bar(head: str, cell: Entry, row: TauRow) -> Entry:
    tau = {"A": row["tau_a"], "B": row["tau_b"]}.get(head)
    return cell if tau is None else Entry(cell.text, tau, tau=tau)


def _number_sheet(rows: Sequence[NumberRow], unique: Ids) -> Sheet:
    first = rows[0]
    words = [first[name] for name in ("suite", "data", "family", "recipe")]
    title = ", ".join(str(word) for word in words if word)
    return _sheet(number_table(rows, title), unique(name_of_id("numbers", title)), rows)


def _sheet(table: Table, id: str, rows: Sequence[Mapping[str, object]]) -> Sheet:
    """A table with what filters find its rows by."""
    heads = [Head(label, HINTS.get(label, "")) for label in table.head]
    lines = [
        Line([_entry(str(cell)) for cell in cells], _keys(row)) for cells, row in zip(table.rows, rows, strict=True)
    ]
    return Sheet(id, table.title, heads, lines)


def _entry(text: str) -> Entry:
    cell = plain(text)
    return Entry(text, cell.order, mark="sure" if text.endswith("*") else "nothing" if text == MISSING else "")


def _keys(row: Mapping[str, object]) -> Keys:
    names = {"suite": row.get("suite"), "inputs": row.get("inputs"), "measure": row.get("measure") or row.get("name")}
    return {name: str(value) for name, value in names.items() if value}


def _choices(content: ComparisonContent) -> list[tuple[str, list[str]]]:
    """What there is to choose from in each filter; a filter with one choice is none."""
    rows: list[Mapping[str, object]] = [*content["taus"], *content["orders"]]
    found = {
        name: list(dict.fromkeys(readable(_keys(row)[name]) for row in rows if name in _keys(row))) for name in FILTERS
    }
    return [(name, choices) for name, choices in found.items() if len(choices) > 1]
