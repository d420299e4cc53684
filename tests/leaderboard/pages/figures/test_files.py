"""The files of figures: each as PDF, PNG and CSV under a safe name, with the captions of all."""

import csv
import io
import re

import made_figures
import pytest

from leaderboard.pages.figures import figure_files
from leaderboard.pages.figures.files import CAPTIONS, file_stem


def test_every_figure_has_its_three_files() -> None:
    one = made_figures.suite(circles=True, inputs=("evaluation", "in-distribution"))
    made = figure_files(made_figures.board(one))
    stems = {name.rpartition(".")[0] for name in made if name != CAPTIONS}
    assert {f"{stem}.{ending}" for stem in stems for ending in ("pdf", "png", "csv")} | {CAPTIONS} == set(made)
    own = [
        f"colored.digits.mlp.{inputs}.tap.{name}"
        for inputs in one["inputs"]
        for name in ("boxes", "densities", "blocks")
    ]
    scatters = [f"colored.digits.mlp.{inputs}.tap.scatter.accuracy" for inputs in one["inputs"]]
    strips = [f"strips.{inputs}.tap" for inputs in one["inputs"]]
    assert stems == {*own, *scatters, *strips, "colored.digits.mlp.circles"}
    assert made["colored.digits.mlp.evaluation.tap.boxes.pdf"].startswith(b"%PDF")
    assert made["colored.digits.mlp.evaluation.tap.boxes.png"].startswith(b"\x89PNG")


def test_every_pdf_embeds_one_truetype_font() -> None:
    one = made_figures.suite("sufficiency", circles=True, metrics=("sufficiency-gap",), taps=("first", "fluffy"))
    made = figure_files(made_figures.board(one))
    fonts = {name: content.count(b"/FontFile2 ") for name, content in made.items() if name.endswith(".pdf")}
    assert fonts == dict.fromkeys(fonts, 1)
    assert not any(b"/Type3" in made[name] for name in fonts)


def test_the_numbers_load_as_floats() -> None:
    text = figure_files(made_figures.board(made_figures.suite()))[
        "colored.digits.mlp.evaluation.tap.boxes.csv"
    ].decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 6
    assert float(rows[0]["median"]) == 3.0
    assert rows[0]["tap"] == "hidden1"


def test_captions_stand_beside_and_say_what_is_not_drawn() -> None:
    text = figure_files(made_figures.board(made_figures.suite(taps=("only",))))[CAPTIONS].decode()
    assert "## colored.digits.mlp.evaluation.tap.boxes\n\nThe median entropy at only falls" in text
    assert "## colored.digits.mlp.evaluation.tap.blocks\n\nNot drawn: one tap is read" in text


@pytest.mark.parametrize("word", ["../x", "a/b", ".hidden", "a" * 300, "\u202e", "\ud800", "A b", "=cmd()", "con\n"])
def test_file_names_are_safe_and_differ(word: str) -> None:
    stem = file_stem("boxes", word)
    assert re.fullmatch(r"boxes\.[A-Za-z0-9_=-]{1,50}", stem)
    assert stem != file_stem("boxes", f"{word}x")


def test_hostile_texts_are_no_formulas_and_no_marks() -> None:
    name = "=cmd()<b>|"
    made = figure_files(made_figures.board(made_figures.suite(taps=(name, "last"))))
    table = made["colored.digits.mlp.evaluation.tap.boxes.csv"].decode()
    assert ",'=cmd()<b>|," in table
    assert "<b>" not in made[CAPTIONS].decode().replace("\\<b\\>", "")
