r"""A board in LaTeX: the paper's Table 2, every other chapter in a file of its own, and a document that inputs them.

In: the content of board.json. Out: texts in printable ASCII that pdflatex compiles with the packages booktabs and
graphicx, whatever stands in a name. Each file is ready to \input in a paper; the document adds float.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby

from leaderboard.content.board import BoardContent
from leaderboard.content.taus import AgreementRow
from leaderboard.pages.files.latex_text import escaped
from leaderboard.pages.tables.chance import chance_note
from leaderboard.pages.tables.chapters import CHAPTERS
from leaderboard.pages.tables.footnotes import footnotes
from leaderboard.pages.tables.table import MISSING, Table, by, headline_cell, measure_name

COLUMN = ("kind", "suite", "data", "family", "metric")
CAPTION = (
    "Kendall's tau of each measure with each metric, with its p (two-sided); 1 where the measure orders the models as "
    "the metric does, -1 in reverse. In parentheses: the paper's value for other data, another family or other inputs."
)
DOCUMENT = r"""% Compile with: pdflatex board.tex
\documentclass[a4paper]{article}
\usepackage[landscape, margin=15mm]{geometry}
\usepackage{booktabs}
\usepackage{graphicx}
\usepackage{float}
\floatplacement{table}{H}
\setlength{\parindent}{0pt}
\renewcommand{\labelitemi}{$\bullet$}
\begin{document}
"""
NEEDS = "% Needs \\usepackage{booktabs} and \\usepackage{graphicx}.\n"
ROWS = 30  # of a table on one page
NARROWED = r"\ifdim\wd0>\linewidth\resizebox{\linewidth}{!}{\usebox0}\else\usebox0\fi"


def latex(board: BoardContent) -> Mapping[str, str | None]:
    """board.tex, a document of all tables; table2.tex; and a file for each chapter that this board has."""
    chapters = {name: tables(board) for name, tables in CHAPTERS.items()}
    files = {f"{name}.tex": chapter(name, tables) if tables else None for name, tables in chapters.items()}
    inputs = ["table2", *(name for name, tables in chapters.items() if tables)]
    return {"board.tex": document(board, inputs), "table2.tex": table2(board), **files}


def document(board: BoardContent, inputs: Sequence[str]) -> str:
    """The files of tables one after the other, and the notes below them."""
    notes = [rf"\item {escaped(note)}" for note in footnotes(board)]
    parts = [
        f"\\section*{{Board of plan {escaped(str(board['plan']))}}}",
        *(rf"\input{{{name}}}" for name in inputs),
        "\n".join([r"\begin{itemize}", *notes, r"\end{itemize}"]),
    ]
    return DOCUMENT + "\n" + "\n\n".join(parts) + "\n\n\\end{document}\n"


def chapter(name: str, tables: Sequence[Table]) -> str:
    """Tables with captions and labels (tab:NAME-1, ...), none wider or longer than a page."""
    floats = [
        _float(title, f"tab:{name}-{number}{part}", _tabular(table))
        for number, whole in enumerate(tables, 1)
        for title, part, table in _in_pages(whole)
    ]
    return NEEDS + "\n\n".join(floats) + "\n"


def table2(board: BoardContent) -> str:
    """The paper's Table 2 for each kind of inputs and scope: measures in rows, suites and their metrics in columns."""
    places = by(board["agreement"], "inputs", "scope")
    return NEEDS + "\n\n".join(_table2(board, rows) for rows in places.values()) + "\n"


def _table2(board: BoardContent, rows: list[AgreementRow]) -> str:
    """Table 2 for the rows of one kind of inputs and scope."""
    inputs, scope = rows[0]["inputs"], rows[0]["scope"]
    chance = chance_note(board)
    caption = f"{CAPTION} Plan {board['plan']}: {inputs} inputs, scope {scope}."
    caption += f" {chance}" if chance else ""
    return _float(caption, f"tab:tau-{inputs}-{scope}", _by_kind_and_suite(rows))


def _float(caption: str, label: str, tabular: str) -> str:
    """A table with caption and label; where it is placed is the document's choice."""
    head = [r"\begin{table}", r"\setlength{\belowcaptionskip}{6pt}", rf"\caption{{{escaped(caption)}}}"]
    head += [rf"\label{{{label}}}", r"\centering"]
    return "\n".join([*head, _boxed(tabular), r"\end{table}"])


def _by_kind_and_suite(rows: list[AgreementRow]) -> str:
    columns = {column: own for kind in by(rows, "kind").values() for column, own in by(kind, *COLUMN).items()}
    kinds, suites = [column[:1] for column in columns], [column[:4] for column in columns]
    body = []
    for own in by(rows, "measure").values():
        taus = by(own, *COLUMN)
        cells = [headline_cell(taus[column]) if column in taus else MISSING for column in columns]
        body.append(_line([measure_name(own[0]), *cells]))
    models = [str(column[0]["n"] + column[0]["left_out"]) for column in columns.values()]
    lines = [
        *(_over(kinds, "{0} memorization"), _rules(kinds)),
        *(_over(suites, "{1}"), _over(suites, "{2}, {3}"), _rules(suites)),
        _line(["measure", *(column[-1] for column in columns)]),
        r"\midrule",
        *body,
        r"\midrule",
        _line(["number of models", *models]),
    ]
    return _framed("l" + "c" * len(columns), lines)


def _over(groups: Sequence[tuple[str, ...]], text: str) -> str:
    """A line of heads after a first empty cell, each over the neighbouring columns of one group."""
    heads = [
        rf"\multicolumn{{{len(list(own))}}}{{c}}{{{escaped(text.format(*group))}}}" for group, own in groupby(groups)
    ]
    return " & ".join(["", *heads]) + r" \\"


def _rules(groups: Sequence[tuple[str, ...]]) -> str:
    """A rule below each of these heads."""
    rules, first = [], 2
    for _, own in groupby(groups):
        last = first + len(list(own)) - 1
        rules.append(rf"\cmidrule(lr){{{first}-{last}}}")
        first = last + 1
    return " ".join(rules)


def _in_pages(table: Table) -> list[tuple[str, str, Table]]:
    """A table in parts that fit on a page each, every part with its caption, the end of its label, and the heads."""
    starts = range(0, max(1, len(table.rows)), ROWS)
    parts = [Table(table.title, table.head, table.rows[start : start + ROWS]) for start in starts]
    if len(parts) == 1:
        return [(table.title, "", table)]
    many = len(parts)
    return [(f"{table.title} ({number} of {many})", f"-{number}", part) for number, part in enumerate(parts, 1)]


def _tabular(table: Table) -> str:
    heads = [r"\shortstack[l]{" + r" \\ ".join(map(escaped, head.split("\n"))) + "}" for head in table.head]
    body = [_line([str(cell) for cell in row]) for row in table.rows]
    return _framed("l" * len(heads), [" & ".join(heads) + r" \\", r"\midrule", *body])


def _framed(columns: str, lines: Sequence[str]) -> str:
    return "\n".join([rf"\begin{{tabular}}{{{columns}}}", r"\toprule", *lines, r"\bottomrule", r"\end{tabular}"])


def _line(cells: Sequence[str]) -> str:
    return " & ".join(map(escaped, cells)) + r" \\"


def _boxed(tabular: str) -> str:
    """A tabular, scaled down where it is wider than the line."""
    return f"\\sbox0{{%\n{tabular}}}%\n{NARROWED}"
