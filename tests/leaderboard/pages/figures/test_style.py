"""The style: legible in colour-blindness, on light and on dark, and nothing of it stays behind."""

import subprocess
import sys
from pathlib import Path

import matplotlib
import pytest

from leaderboard.pages.figures import style
from leaderboard.pages.figures.drawing import Drawing

ROOT = Path(__file__).parents[4]


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = [value / 255 for value in bytes.fromhex(colour[1:])]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("paper", ["#ffffff", "#111111"])
@pytest.mark.parametrize("colour", [style.BLUE, style.ORANGE, style.GREY, *style.ramp(9), *style.GREENS])
def test_every_colour_is_seen_on_light_and_on_dark(colour: str, paper: str) -> None:
    assert contrast(colour, paper) >= 3


def test_figures_use_no_pyplot_and_leave_no_setting_behind() -> None:
    before = dict(matplotlib.rcParams)
    with style.styled():
        style.saved(style.drawn(Drawing("d", "t", "", (1.0, 1.0), lambda figure: None, (), ())), "svg")
    assert dict(matplotlib.rcParams) == before
    code = "import leaderboard.pages.figures.files, sys; assert 'matplotlib.pyplot' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_matplotlib_is_imported_when_a_figure_is_asked_for() -> None:
    code = "import leaderboard.pages.figures, leaderboard.report, sys; assert 'matplotlib' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


@pytest.mark.parametrize("file_format", ["pdf", "png"])
def test_files_hold_no_date_and_no_version(file_format: str) -> None:
    with style.styled():
        made = style.saved(style.drawn(Drawing("d", "t", "", (1.0, 1.0), lambda figure: None, (), ())), file_format)
    assert not any(word in made for word in (b"CreationDate", b"Producer", b"Software", b"atplotlib"))
