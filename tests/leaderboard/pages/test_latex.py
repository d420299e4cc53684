"""The board in LaTeX: booktabs tables, compiled by a real TeX whatever stands in a name."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_boards import CHOSEN, EITHER, entry, measure, plan, records, resolved, value

from leaderboard.pages.formats import FORMATS, _tabulated
from leaderboard.pages.latex import document, escaped
from leaderboard.pages.table import Table
from leaderboard.rows.assembly import build_board

needs_tex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")

ASCII = "".join(map(chr, range(32, 127)))
HOSTILE = [
    "_&%{\\",
    '<b>|"quoted"\'`~^#$}',
    "\\input{/etc/passwd}\\end{document}",
    "[1ex] *x ]",
    "a\nb\r\n%c\x00\x1b[31m\u202e",
    "é ü ç å ř ± – 日本 \U0001f600 Ж",
    "^^5cimmediate ^^M",
    ASCII,
]


def compiled(folder: Path, files: dict[str, str | None], name: str = "board.tex") -> str:
    """The log of pdflatex, which must not have stopped or left out a character."""
    for file, text in files.items():
        assert text is not None
        (folder / file).write_text(text)
    words = ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", name]
    done = subprocess.run(words, cwd=folder, capture_output=True, check=False, timeout=120)
    log = (folder / name).with_suffix(".log").read_text(encoding="latin-1")
    assert done.returncode == 0, log[-3000:]
    assert "Missing character" not in log
    assert (folder / name).with_suffix(".pdf").read_bytes().startswith(b"%PDF")
    return log


def paper_like() -> dict[str, Any]:
    """Two suites of one kind, one of them with two metrics, and one of the other kind."""
    colored = entry("colored", [0.0, 0.5, 1.0], paper={"accuracy": {"mean-mi": 0.8}})
    bios = entry("bios", [0.0, 0.5, 1.0], metrics=["accuracy", "gap"], data="people", family="bert")
    shuffled = entry("shuffled", [0.0, 0.5, 1.0], kind="example-level", knob="beta")
    made = plan([colored, bios, shuffled], {"mean-mi": measure(CHOSEN), "steps": measure(EITHER)}, seeds=2)
    found = records(made)
    for cell in made["cells"]:
        if cell["work"] == "score":
            found[cell["key"]]["metrics"]["gap"] = value(cell["condition"])
    return build_board(made, found)


def test_table_2_has_measures_in_rows_and_suites_by_kind_in_columns() -> None:
    lines = FORMATS["tex"](paper_like())["table2.tex"].splitlines()
    start = lines.index(r"\toprule")
    assert lines[start - 1] == r"\begin{tabular}{lcccc}"
    assert lines[start + 1 : start + 14] == [
        r" & \multicolumn{3}{c}{heuristic memorization} & \multicolumn{1}{c}{example-level memorization} \\",
        r"\cmidrule(lr){2-4} \cmidrule(lr){5-5}",
        r" & \multicolumn{1}{c}{colored} & \multicolumn{2}{c}{bios} & \multicolumn{1}{c}{shuffled} \\",
        r" & \multicolumn{1}{c}{digits, mlp} & \multicolumn{2}{c}{people, bert} & \multicolumn{1}{c}{digits, mlp} \\",
        r"\cmidrule(lr){2-2} \cmidrule(lr){3-4} \cmidrule(lr){5-5}",
        r"measure & accuracy & accuracy & gap & accuracy \\",
        r"\midrule",
        r"mean-mi & 1.00 p=.333 (0.80) & 1.00 p=.333 & $-$1.00 p=.333 & $-$1.00 p=.333 \\",
        r"steps (placebo) & 1.00 p=.333 & 1.00 p=.333 & 1.00 p=.333 & 1.00 p=.333 \\",
        r"\midrule",
        r"number of models & 3 & 3 & 3 & 3 \\",
        r"\bottomrule",
        r"\end{tabular}}%",
    ]
    text = "\n".join(lines)
    assert text.count(r"\caption{") == text.count(r"\label{tab:tau-evaluation-tap}") == 1


def test_the_document_inputs_table_2_and_holds_every_other_table_of_the_board() -> None:
    board = paper_like()
    text = FORMATS["tex"](board)["board.tex"]
    titles = re.findall(r"^## (.*)$", FORMATS["md"](board)["board.md"], flags=re.MULTILINE)
    below = [title for title in titles if not title.startswith("tau by suite")]
    assert len(below) < len(titles)
    assert re.findall(r"\\subsection\*\{(.*)\}", text) == [escaped(title) for title in below]
    assert text.count(r"\begin{tabular}") == text.count(r"\toprule") == text.count(r"\bottomrule") == len(below)
    assert r"\input{table2}" in text
    assert all(r"\item " + escaped(sentence) in text for sentence in board["verdict"])


@needs_tex
def test_the_document_compiles(tmp_path: Path) -> None:
    log = compiled(tmp_path, dict(FORMATS["tex"](paper_like())))
    assert "Overfull" not in log


@needs_tex
def test_a_table_longer_than_a_page_goes_on_on_the_next_one(tmp_path: Path) -> None:
    rows = [[f"row {number}", "x"] for number in range(100)]
    text = document(paper_like(), [Table("long", ["name", "value"], rows), Table("none", ["name"], [])])
    assert text.count(r"name} & \shortstack[l]{value} \\") == 4
    assert [int(number) for number in re.findall(r"^row (\d+) ", text, flags=re.MULTILINE)] == list(range(100))
    log = compiled(tmp_path, {**FORMATS["tex"](paper_like()), "board.tex": text})
    assert "Overfull" not in log


@needs_tex
def test_table_2_compiles_in_somebodys_paper_however_wide_it_is(tmp_path: Path) -> None:
    suites = [entry(f"suite {n}", [0.0, 0.5, 1.0], family=f"a-family-of-{n}") for n in range(12)]
    made = plan(suites, {"mean-mi": measure(CHOSEN)}, seeds=2)
    paper = (
        r"\documentclass[twocolumn]{article}\usepackage{booktabs}\usepackage{graphicx}\begin{document}"
        r"Table~\ref{tab:tau-evaluation-tap}.\input{table2}\end{document}"
    )
    table = FORMATS["tex"](build_board(made, records(made)))["table2.tex"]
    assert "Overfull" not in compiled(tmp_path, {"table2.tex": table, "paper.tex": paper}, "paper.tex")


@needs_tex
def test_hostile_names_compile_everywhere(tmp_path: Path) -> None:
    suites = [
        entry(name, [0.0, 0.5, 1.0], data=name, family=name, knob=name, origin=name, condition_names={"0.5": name})
        for name in HOSTILE
    ]
    made = plan(suites, {"mean-mi": measure(CHOSEN), **{name: measure(EITHER) for name in HOSTILE}})
    made["plan"]["name"] = HOSTILE[4]
    found = records(made)
    for number, record in enumerate(found.values()):
        if "measures" in record:
            record["measures"] |= {name: value(float(number)) for name in HOSTILE}
            record["warnings"] = HOSTILE
    for key in list(found)[:2]:
        del found[key]
    files = dict(FORMATS["tex"](build_board(made, found)))
    assert all(
        text is not None and (text.isascii() and "\x00" not in text and "\r" not in text) for text in files.values()
    )
    compiled(tmp_path, files)


@needs_tex
def test_each_character_alone_compiles_in_the_first_cell_of_a_line(tmp_path: Path) -> None:
    characters = [chr(code) for code in (*range(1, 0x250), 0x2013, 0x2028, 0xFB01, 0xFFFF)]
    lines = "\n".join(rf"{escaped(character)} & x \\" for character in characters)
    table = rf"\begin{{tabular}}{{ll}}{lines}\end{{tabular}}"
    text = rf"\documentclass{{article}}\begin{{document}}\setbox0\vbox{{{table}}}x\end{{document}}"
    compiled(tmp_path, {"one.tex": text}, "one.tex")


@given(st.text())
def test_an_escaped_text_is_printable_ascii_on_one_line_with_its_braces_in_pairs(text: str) -> None:
    shown = escaped(text)
    assert shown.isascii()
    assert shown.isprintable()
    bare = re.sub(r"\\[{}]", "", shown)
    assert bare.count("{") == bare.count("}")


@pytest.mark.parametrize("text", ["plain words, mean-mi (last) 1.00 p=.333", "a/b: c; d = 1 + 2!"])
def test_what_means_nothing_in_latex_stays(text: str) -> None:
    assert escaped(text) == text


def test_numbers_below_zero_have_a_minus_and_names_a_hyphen() -> None:
    assert escaped("-0.20 to -1 x-1 a--2 -") == "$-$0.20 to $-$1 x-1 a--2 -"


def test_a_style_that_tabulate_does_not_know_is_an_error() -> None:
    table = Table("t", ["a"], [["b"]])
    assert "---" in _tabulated(table, "github")
    with pytest.raises(ValueError, match="no style 'latex_booktabs_raw'"):
        _tabulated(table, "latex_booktabs_raw")


def test_a_bar_or_a_new_line_ends_no_cell_in_markdown() -> None:
    made = resolved()
    made["entries"][0]["family"] = "a|b\nc"
    lines = FORMATS["md"](build_board(made, records(made)))["board.md"].splitlines()
    for number, line in enumerate(lines):
        if re.match(r"\|[-|]+$", line):
            cells = {
                len(re.findall(r"(?<!\\)\|", row)) for row in lines[number - 1 : number + 3] if row.startswith("|")
            }
            assert len(cells) == 1
    assert any(r"a\|b" in line for line in lines)
