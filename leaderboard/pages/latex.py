r"""A board in LaTeX: a document of all tables, and the paper's Table 2, ready to \input.

In: the content of board.json, and its tables as text. Out: texts in printable ASCII that pdflatex compiles with the
packages booktabs and graphicx, whatever stands in a name.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from leaderboard.pages.footnotes import footnotes
from leaderboard.pages.table import MISSING, Table, by, headline_cell, measure_name

Row = dict[str, Any]

MEANS_SOMETHING = {
    **{character: f"\\{character}" for character in "&%$#_{}"},
    **{character: f"{{{character}}}" for character in "[]*`"},  # after a line's end, or as half of a ligature
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"{\char34}",
    "±": r"$\pm$",
}
ACCENTS = dict(zip("\u0300\u0301\u0302\u0303\u0308\u0327\u030a\u030c", "`'^~\"crv", strict=True))

MINUS = r"(?<![\w}-])-(?=\d)"  # of a number, not a hyphen in a name
COLUMN = ("kind", "suite", "data", "family", "metric")
CAPTION = (
    "Kendall's tau of each measure with each metric, with its p; 1 where the measure orders the models as the metric "
    "does. In parentheses: the paper's value for other data, another family or other inputs."
)
DOCUMENT = r"""% Compile with: pdflatex board.tex
\documentclass[a4paper]{article}
\usepackage[landscape, margin=15mm]{geometry}
\usepackage{booktabs}
\usepackage{graphicx}
\setlength{\parindent}{0pt}
\renewcommand{\labelitemi}{$\bullet$}
\begin{document}
"""
ROWS = 30  # of a table on one page
NARROWED = r"\ifdim\wd0>\linewidth\resizebox{\linewidth}{!}{\usebox0}\else\usebox0\fi"


def document(board: Mapping[str, Any], tables: Sequence[Table]) -> str:
    """All tables one after the other, none wider or longer than the page, and the notes below them."""
    parts = [
        f"\\section*{{Board of plan {escaped(str(board['plan']))}}}",
        r"\input{table2}",
        *(f"\\subsection*{{{escaped(table.title)}}}\n{_in_pages(table)}" for table in tables),
        "\n".join(
            [r"\begin{itemize}", *(rf"\item {escaped(note)}" for note in footnotes(dict(board))), r"\end{itemize}"]
        ),
    ]
    return DOCUMENT + "\n" + "\n\n".join(parts) + "\n\n\\end{document}\n"


def table2(board: Mapping[str, Any]) -> str:
    """The paper's Table 2 for each kind of inputs and scope: measures in rows, suites and their metrics in columns."""
    needs = "% Needs \\usepackage{booktabs} and \\usepackage{graphicx}.\n"
    places = by(board["agreement"], "inputs", "scope")
    return needs + "\n\n".join(_floating(board["plan"], rows) for rows in places.values()) + "\n"


def escaped(text: str) -> str:
    r"""A text as LaTeX shows it, in printable ASCII and on one line.

    What no font of pdflatex has by itself becomes a question mark.

    >>> print(escaped("50 % of a_b, Poincaré\n日"))
    50 \% of a\_b, Poincar\'{e} ?
    """
    shown = "".join(_shown(character) for character in unicodedata.normalize("NFC", " ".join(text.split())))
    return re.sub(MINUS, "$-$", shown)


def _shown(character: str) -> str:
    if character in MEANS_SOMETHING:
        return MEANS_SOMETHING[character]
    letter, *marks = list(unicodedata.normalize("NFD", character))
    if not (letter.isascii() and letter.isprintable()) or (marks and (len(marks) > 1 or marks[0] not in ACCENTS)):
        return "?"
    return f"\\{ACCENTS[marks[0]]}{{{letter}}}" if marks else letter


def _floating(plan: str, rows: list[Row]) -> str:
    """Table 2 for the rows of one kind of inputs and scope, with caption and label."""
    inputs, scope = rows[0]["inputs"], rows[0]["scope"]
    return "\n".join(
        [
            r"\begin{table}[htbp]",
            rf"\caption{{{escaped(f'{CAPTION} Plan {plan}: {inputs} inputs, scope {scope}.')}}}",
            rf"\label{{tab:tau-{inputs}-{scope}}}",
            r"\centering",
            _boxed(_by_kind_and_suite(rows)),
            r"\end{table}",
        ]
    )


def _by_kind_and_suite(rows: list[Row]) -> str:
    columns = by(rows, *COLUMN)
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


def _in_pages(table: Table) -> str:
    """A table in parts that fit on a page each, with the heads above every part."""
    starts = range(0, max(1, len(table.rows)), ROWS)
    parts = [Table(table.title, table.head, table.rows[start : start + ROWS]) for start in starts]
    return "\n\n".join(_boxed(_tabular(part)) for part in parts)


def _tabular(table: Table) -> str:
    heads = [r"\shortstack[l]{" + r" \\ ".join(map(escaped, head.split("\n"))) + "}" for head in table.head]
    body = [_line([str(cell) for cell in row]) for row in table.rows]
    return _framed("l" * len(heads), [" & ".join(heads) + r" \\", r"\midrule", *body])


def _framed(columns: str, lines: Sequence[str]) -> str:
    return "\n".join([rf"\begin{{tabular}}{{{columns}}}", r"\toprule", *lines, r"\bottomrule", r"\end{tabular}"])


def _line(cells: Sequence[str]) -> str:
    return " & ".join(map(escaped, cells)) + r" \\"


def _boxed(tabular: str) -> str:
    """A tabular, made narrower where it is wider than the line."""
    return f"\\sbox0{{%\n{tabular}}}%\n{NARROWED}"
