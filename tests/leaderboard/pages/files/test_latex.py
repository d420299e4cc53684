"""The board in LaTeX: booktabs tables, compiled by a real TeX whatever stands in a name."""

import re
from pathlib import Path
from typing import Any

from latex import compiled, needs_tex
from made_boards import CHOSEN, EITHER, entry, measure, plan, records, value

from leaderboard.pages.files.formats import FORMATS
from leaderboard.pages.files.latex import chapter
from leaderboard.pages.files.latex_text import escaped
from leaderboard.pages.tables.chapters import CHAPTERS
from leaderboard.pages.tables.table import Table
from leaderboard.rows.assembly import build_board

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
        r"mean-mi & 1.00 p .333 (0.80) & 1.00 p .333 & $-$1.00 p .333 & $-$1.00 p .333 \\",
        r"steps (placebo) & 1.00 p .333 & 1.00 p .333 & $-$1.00 p .333 & 1.00 p .333 \\",
        r"\midrule",
        r"number of models & 3 & 3 & 3 & 3 \\",
        r"\bottomrule",
        r"\end{tabular}}%",
    ]
    text = "\n".join(lines)
    assert text.count(r"\caption{") == text.count(r"\label{tab:tau-evaluation-tap}") == 1


def test_the_document_inputs_table_2_and_a_file_for_each_chapter_of_the_board() -> None:
    board = paper_like()
    files = FORMATS["tex"](board)
    text = files["board.tex"] or ""
    there = {name for name, content in files.items() if content is not None} - {"board.tex"}
    assert {f"{name}.tex" for name in re.findall(r"\\input\{(.*)\}", text)} == there
    assert files.keys() - there == {"board.tex", "measures.tex", "missing.tex", "sensitivity.tex"}
    titles = re.findall(r"^## (.*)$", FORMATS["md"](board)["board.md"] or "", flags=re.MULTILINE)
    below = [title for title in titles if not title.startswith("tau by suite") and title != "plan"]
    captions = [
        caption for name in CHAPTERS for caption in re.findall(r"\\caption\{(.*)\}", files[f"{name}.tex"] or "")
    ]
    assert captions == [escaped(title) for title in below]
    assert all(r"\item " + escaped(sentence) in text for sentence in board["verdict"])
    assert escaped(board["digest"]) in text


def test_every_table_has_a_caption_and_a_label_of_its_own() -> None:
    text = "".join(content or "" for content in FORMATS["tex"](paper_like()).values())
    labels = re.findall(r"\\label\{(.*)\}", text)
    assert len(set(labels)) == len(labels) == text.count(r"\begin{tabular}") == text.count(r"\caption{")
    assert {"tab:tau-evaluation-tap", "tab:sure-1", "tab:sure-3", "tab:models-2", "tab:picks-1"} <= set(labels)
    assert all(re.fullmatch(r"tab:[a-z0-9_-]+", label) for label in labels)


@needs_tex
def test_the_document_compiles(tmp_path: Path) -> None:
    log = compiled(tmp_path, dict(FORMATS["tex"](paper_like())))
    assert "Overfull" not in log


@needs_tex
def test_a_table_longer_than_a_page_goes_on_on_the_next_one(tmp_path: Path) -> None:
    rows = [[f"row {number}", "x"] for number in range(100)]
    text = chapter("models", [Table("long", ["name", "value"], rows), Table("none", ["name"], [])])
    assert text.count(r"name} & \shortstack[l]{value} \\") == 4
    assert [int(number) for number in re.findall(r"^row (\d+) ", text, flags=re.MULTILINE)] == list(range(100))
    assert re.findall(r"\\caption\{(.*)\}", text) == [*(f"long ({part} of 4)" for part in (1, 2, 3, 4)), "none"]
    assert re.findall(r"\\label\{tab:models-(.*)\}", text) == ["1-1", "1-2", "1-3", "1-4", "2"]
    log = compiled(tmp_path, {**FORMATS["tex"](paper_like()), "models.tex": text})
    assert "Overfull" not in log


@needs_tex
def test_a_board_of_very_many_tables_compiles(tmp_path: Path) -> None:
    """LaTeX holds few floats back: those of the document stay where they stand."""
    many = chapter("models", [Table(f"table {number}", ["name"], [["x"]] * 20) for number in range(120)])
    compiled(tmp_path, {**FORMATS["tex"](paper_like()), "models.tex": many})


@needs_tex
def test_table_2_compiles_in_somebodys_paper_however_wide_it_is(tmp_path: Path) -> None:
    suites = [entry(f"suite {n}", [0.0, 0.5, 1.0], family=f"a-family-of-{n}") for n in range(12)]
    made = plan(suites, {"mean-mi": measure(CHOSEN)}, seeds=2)
    paper = (
        r"\documentclass[twocolumn]{article}\usepackage{booktabs}\usepackage{graphicx}\begin{document}"
        r"Table~\ref{tab:tau-evaluation-tap}.\input{table2}\end{document}"
    )
    files = FORMATS["tex"](build_board(made, records(made)))
    assert "Overfull" not in compiled(tmp_path, {**files, "paper.tex": paper}, "paper.tex")
    others = paper.replace(r"\input{table2}", r"\input{pooled}\input{picks}")
    assert "Overfull" not in compiled(tmp_path, {"others.tex": others}, "others.tex")


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
        text.isascii() and "\x00" not in text and "\r" not in text for text in files.values() if text is not None
    )
    compiled(tmp_path, files)
