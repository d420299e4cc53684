"""board.bib: a strict reader and the real BibTeX read it, whatever stands in a name, and every work is in it once."""

import shutil
import subprocess
from pathlib import Path

import pytest
from bibtex_reader import entries_of
from latex import compiled
from made_boards import records, resolved

from leaderboard.pages.files.bibtex import BEGINNING, bibtex
from leaderboard.references import all_references
from leaderboard.rows.assembly import build_board

BOARD = build_board(resolved(), records(resolved()))
PAPER = "Bansal, Pruthi, Belinkov 2022"
USED = [
    ("data set", "digits", "LeCun, Cortes, Burges: The MNIST database of handwritten digits"),
    ("family", "mlp", f"{PAPER}, section 4"),
    ("suite", "colored", f"{PAPER}, section 4.1; De-Arteaga et al. 2019"),
    ("suite", "mine", None),
    ("measure", "mean-mi", f"{PAPER}, section 3.2"),
    ("measure", "steps", "placebo: along one knob anything monotone ranks well"),
    ("metric", "cdnv", "Galanti, György, Hutter 2022, On the role of neural collapse"),
]
DOCUMENT = (
    r"\documentclass{article}\begin{document}x\nocite{*}\bibliographystyle{plain}\bibliography{board}\end{document}"
)
needs_bibtex = pytest.mark.skipif(
    shutil.which("bibtex") is None or shutil.which("pdflatex") is None, reason="bibtex or pdflatex is not installed"
)


def text_of(used: list[tuple[str, str, str | None]], known: list[str] | None = None) -> str:
    return bibtex(BOARD, used, known or [])["board.bib"]


def test_every_work_stands_there_once_with_what_it_is_cited_for() -> None:
    text = text_of(USED)
    found = entries_of(text)
    assert list(found) == ["bansal2022", "memorank", "dearteaga2019", "galanti2022", "lecunmnist"]
    assert found["dearteaga2019"] == {
        "type": "misc", "author": "De-Arteaga and others", "year": "2019", "annote": "memorank: suite colored",
    }  # fmt: skip
    assert found["lecunmnist"] == {
        "type": "misc",
        "author": "LeCun and Cortes and Burges",
        "title": "{The MNIST database of handwritten digits}",
        "annote": "memorank: data set digits",
    }
    assert found["galanti2022"]["author"] == r"Galanti and Gy\"{o}rgy and Hutter"
    paper = found["bansal2022"]
    assert (paper["type"], paper["author"]) == (
        "inproceedings",
        "Bansal, Rachit and Pruthi, Danish and Belinkov, Yonatan",
    )
    assert paper["annote"] == (
        "memorank: family mlp (section 4); suite colored (section 4.1); measure mean-mi (section 3.2)"
    )


def test_what_is_left_out_is_named() -> None:
    head, _, _ = text_of(USED).partition("@")
    assert head.startswith(f"{BEGINNING}by-hand\n")
    assert "% Left out, as no entry of this name is known here: suite mine.\n" in head
    assert "% Refer to no work: measure steps.\n" in head
    assert all(line.startswith("%") for line in head.splitlines() if line)
    assert "Left out" not in text_of(USED[:3])


def test_the_key_of_a_work_does_not_hang_on_the_board() -> None:
    known = [reference for _, _, reference in USED if reference] + ["De-Arteaga, Romanov 2019: Bias in Bios"]
    whole = entries_of(text_of(USED, known))
    for one in USED:
        alone = entries_of(text_of([one], known))
        assert alone.keys() <= whole.keys()
        assert all(alone[key].get("title") == whole[key].get("title") for key in alone)
    assert whole["dearteaga2019"]["title"] == "{Bias in Bios}"


def test_no_name_ends_an_entry_or_begins_one(tmp_path: Path) -> None:
    hostile = "}} @misc{evil, title={x}} \\input{/etc/passwd} %$#&_^~\\ {\n日\ud800"
    used = [
        ("measure", hostile, "Li 2020, Deep } things {"),
        ("suite", hostile, None),
        ("suite", f"b{hostile}", "none"),
    ]
    board = {**BOARD, "plan": hostile, "made": {**BOARD["made"], "versions": {"memorank": [hostile]}}}
    text = bibtex(board, used, [])["board.bib"]
    assert text.isascii()
    assert list(entries_of(text)) == ["bansal2022", "memorank", "li2020"]
    (tmp_path / "board.bib").write_text(text)
    if shutil.which("bibtex") and shutil.which("pdflatex"):
        assert read_by_bibtex(tmp_path) == 3


@needs_bibtex
def test_the_real_bibtex_reads_every_reference_that_is_known(tmp_path: Path) -> None:
    known = all_references()
    used = [("entry", str(number), reference) for number, reference in enumerate(known)]
    text = text_of(used, known)
    (tmp_path / "board.bib").write_text(text)
    assert read_by_bibtex(tmp_path) == len(entries_of(text)) > 60


def read_by_bibtex(folder: Path) -> int:
    """How many entries a document of all of them has; no warning of BibTeX, and LaTeX compiles it."""
    compiled(folder, {"all.tex": DOCUMENT}, "all.tex")
    done = subprocess.run(["bibtex", "all"], cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    said = [line for line in done.stdout.splitlines() if line.startswith("Warning") and "to sort, need" not in line]
    assert (done.returncode, said) == (0, []), done.stdout
    compiled(folder, {}, "all.tex")
    return (folder / "all.bbl").read_text().count("\\bibitem")
