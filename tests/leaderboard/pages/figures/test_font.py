"""The font of the files: small, one in each PDF, whole for letters that it lacks, and gone afterwards."""

import matplotlib
import pytest
from matplotlib.font_manager import fontManager

from leaderboard.pages.figures import style
from leaderboard.pages.figures.drawing import Drawing
from leaderboard.pages.figures.font import FAMILY, font_of


def pdf(title: str) -> bytes:
    return style.saved(style.drawn(Drawing("d", title, "", (2.0, 1.0), lambda figure: None, (), ())), "pdf")


@pytest.mark.parametrize(("title", "fonts"), [("an office", 1), ("an office Ж", 2)])
def test_letters_of_the_font_are_one_truetype_font_and_others_have_the_whole_one(title: str, fonts: int) -> None:
    with style.styled(), font_of("an office"):
        made = pdf(title)
    assert made.count(b"/FontFile2 ") == fonts
    assert b"/Type3" not in made


def test_the_same_letters_make_the_same_bytes_and_nothing_stays_behind() -> None:
    known, settings = list(fontManager.ttflist), dict(matplotlib.rcParams)
    several = []
    for _ in range(2):
        with style.styled(), font_of("abc"):
            several.append(pdf("abc"))
            assert FAMILY in {one.name for one in fontManager.ttflist}
    assert several[0] == several[1]
    assert fontManager.ttflist == known
    assert dict(matplotlib.rcParams) == settings
