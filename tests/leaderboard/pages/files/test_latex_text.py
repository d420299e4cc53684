"""Any text in LaTeX: printable ASCII, and what means something to TeX means itself."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from latex import compiled, needs_tex

from leaderboard.pages.files.latex_text import escaped


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


@pytest.mark.parametrize("text", ["plain words, mean-mi (last) 1.00 p .333", "a/b: c; d = 1 + 2!"])
def test_what_means_nothing_in_latex_stays(text: str) -> None:
    assert escaped(text) == text


def test_numbers_below_zero_have_a_minus_and_names_a_hyphen() -> None:
    assert escaped("-0.20 to -1 x-1 a--2 -") == "$-$0.20 to $-$1 x-1 a--2 -"
