"""How a board is written: one function for each format, from board.json's content to files by name.

In: the content of board.json. Out: texts. The terminal shows what Markdown has, without its marks.
"""

import csv
import io
import json
from collections.abc import Callable, Mapping
from typing import Any

from tabulate import tabulate, tabulate_formats

from leaderboard.pages.footnotes import footnotes
from leaderboard.pages.latex import document, table2
from leaderboard.pages.page import html
from leaderboard.pages.sureness import (
    agreement_table,
    end_tables,
    metric_tables,
    pooled_tables,
    sensitivity_tables,
    settings_table,
    sureness_tables,
    tap_tables,
    tie_tables,
)
from leaderboard.pages.table import Table, headline_tables, missing_table, model_tables, tap_model_tables
from registry import UserError, did_you_mean

Board = dict[str, Any]
Files = Mapping[str, str | None]  # by name; None is a file that this board does not have


def terminal(board: Board) -> str:
    """The board as plain text."""
    parts = [f"{table.title}\n{_tabulated(table, 'simple')}" for table in all_tables(board)]
    return "\n\n".join([f"Board of plan {board['plan']}", *parts, "\n".join(footnotes(board))]) + "\n"


def markdown(board: Board) -> Files:
    """board.md: the same tables."""
    tables = [_for_markdown(table) for table in all_tables(board)]
    parts = [f"## {table.title}\n\n{_tabulated(table, 'github')}" for table in tables]
    notes = "\n".join(f"- {note}" for note in footnotes(board))
    return {"board.md": "\n\n".join([f"# Board of plan {board['plan']}", *parts, notes]) + "\n"}


def comma_separated(board: Board) -> Files:
    """agreement.csv as in the table, models.csv with a line for each number of each model, and sensitivity.csv."""
    numbers = [
        [*(row[key] for key in MODEL_COLUMNS), kind, name, *(value.get(key) for key in NUMBER_COLUMNS)]
        for row in board["models"]
        for kind, named in (*((kind, row[kind]) for kind in ("measures", "metrics")), ("training", _training(row)))
        for name, value in named.items()
    ]
    models = Table("", (*MODEL_COLUMNS, "is", "name", *NUMBER_COLUMNS), numbers)
    sensitivity = _csv(settings_table(board)) if "sensitivity" in board else None
    return {
        "agreement.csv": _csv(agreement_table(board)),
        "models.csv": _csv(models),
        "sensitivity.csv": sensitivity,
    }


def _training(row: dict[str, Any]) -> dict[str, Any]:
    return {"accuracy": row["training_accuracy"]}


def json_text(board: Board) -> Files:
    """board.json: everything, unrounded."""
    return {"board.json": json.dumps(board, indent=1, allow_nan=False) + "\n"}


def latex(board: Board) -> Files:
    """board.tex, a document with the same tables, which inputs the headline ones from table2.tex."""
    return {"board.tex": document(board, _tables_below(board)), "table2.tex": table2(board)}


MODEL_COLUMNS = ("suite", "data", "origin", "family", "recipe", "inputs", "scope", "condition")
NUMBER_COLUMNS = ("mean", "sd", "error", "reason")

FORMATS: dict[str, Callable[[Board], Files]] = {
    "md": markdown,
    "csv": comma_separated,
    "tex": latex,
    "json": json_text,
    "html": html,
}


def chosen_formats(text: str | None) -> list[str]:
    """The formats of a comma-separated list, all where there is none. Raises UserError with the nearest name."""
    names = text.split(",") if text else list(FORMATS)
    for name in names:
        if name not in FORMATS:
            raise UserError(f"unknown format {name!r}{did_you_mean(name, FORMATS)}")
    return names


def all_tables(board: Board) -> list[Table]:
    """Headlines, and what stands below them."""
    return [*headline_tables(board), *_tables_below(board)]


def _tables_below(board: Board) -> list[Table]:
    """How sure the headlines are, what to pick, models, what is missing."""
    missing = [missing_table(board)] if board["missing"] else []
    sure = [
        *pooled_tables(board),
        *sureness_tables(board),
        *metric_tables(board),
        *tap_tables(board),
        *end_tables(board),
        *tie_tables(board),
        *sensitivity_tables(board),
    ]
    return [*sure, *model_tables(board), *tap_model_tables(board), *missing]


def _tabulated(table: Table, style: str) -> str:
    """A table in one of tabulate's styles. Raises ValueError for one it does not know: it would write plain text."""
    if style not in tabulate_formats:
        raise ValueError(f"tabulate has no style {style!r}")
    return tabulate(
        [[str(cell) for cell in row] for row in table.rows], table.head, tablefmt=style, disable_numparse=True
    )


def _for_markdown(table: Table) -> Table:
    """The same table with heads and cells of one line, in which no bar ends a cell."""
    head = [head.replace("\n", "<br>").replace("|", r"\|") for head in table.head]
    rows = [[" ".join(str(cell).splitlines()).replace("|", r"\|") for cell in row] for row in table.rows]
    return Table(" ".join(table.title.split()), head, rows)


def _csv(table: Table) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [table.head, *([str(c) if c is not None else "" for c in row] for row in table.rows)]
    )
    return text.getvalue()
