"""The pictures of the page: for any board, the same bytes in every process, and never an exception."""

import hashlib
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import made_figures
import pytest

from leaderboard.pages.figures import figure_for_page, place_id

ROOT = Path(__file__).parents[4]
CODE = """
import hashlib, json, sys
from leaderboard.pages.figures import figure_files, figure_for_page
board = json.load(sys.stdin)
for name, picture in figure_for_page(board).items():
    print(name, hashlib.sha256(repr(picture).encode()).hexdigest())
for name, content in figure_files(board).items():
    print(name, hashlib.sha256(content).hexdigest())
"""


def suites() -> list[dict[str, Any]]:
    return [
        made_figures.suite("circles", circles=True, figures="1"),
        made_figures.suite("shuffled", "example-level"),
        made_figures.suite("biographies", metrics=("compression",), figures="4"),
    ]


def bytes_with(folder: Path, environment: dict[str, str], *words: str) -> list[str]:
    board = json.dumps(made_figures.board(*suites()))
    done = subprocess.run(
        [sys.executable, "-W", "error", *words, "-c", CODE],
        input=board,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
    )
    assert done.stderr == ""
    assert done.returncode == 0
    return done.stdout.splitlines()


@pytest.mark.long
def test_the_bytes_are_the_same_in_every_process_place_and_locale(tmp_path: Path) -> None:
    plain = bytes_with(ROOT, {"HOME": str(tmp_path), "PYTHONHASHSEED": "1"})
    (tmp_path / "matplotlibrc").write_text("font.size: 30\nsvg.fonttype: path\ntext.usetex: True\nnonsense\n")
    closed = tmp_path / "closed"
    closed.write_text("no folder")
    odd = {"LC_ALL": "C", "COLUMNS": "40", "MPLCONFIGDIR": str(closed), "PYTHONHASHSEED": "2", "MPLBACKEND": "TkAgg"}
    assert bytes_with(tmp_path, odd, "-X", "utf8=0") == plain
    assert len(plain) > 20


def test_a_picture_for_each_suite_and_the_strips() -> None:
    made = figure_for_page(made_figures.board(*suites()))
    assert list(made) == ["strips", *(place_id(one["suite"], "digits", "mlp") for one in suites())]
    circles = made[place_id("circles", "digits", "mlp")]
    assert circles.svg is not None
    assert circles.svg.count("<svg") == circles.svg.count("<figcaption>") == 5
    assert "data:image/png;base64," in circles.svg
    assert [title.rpartition(": ")[2] for title in re.findall("<title>([^<]*)", circles.svg)] == [
        "entropy of the neurons",
        "MI of pairs of neurons",
        "from block to block",
        "measure against accuracy",
        "the neurons on the plane",
    ]
    assert circles.caption == "Read on evaluation inputs, scope tap."


def test_more_inputs_and_recipes_are_said_to_be_drawn_elsewhere() -> None:
    board = made_figures.board(made_figures.suite(inputs=("evaluation", "in-distribution"), recipes=("fast", "slow")))
    picture = figure_for_page(board)["colored/digits/mlp"]
    assert (
        "Read on evaluation inputs, scope tap, recipe fast; memorank report --figures draws the others."
        in picture.caption
    )


HOSTILE = [
    "x" * 200,
    "<script>alert(1)</script>&\"'",
    "$\\frac{1}{0}$ $_{",
    "\u202eabc\u200b\u2066\u0000\u0007\ud800",
    "\u05e2\u05d1\u05e8\u05d9\u05ea \u0639\u0631\u0628\u064a \u4e2d\u6587 \U0001f600",
    "]]></svg><!--",
    "-->",
    "",
    "\n\t=cmd()",
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_are_shown_and_do_nothing(name: str) -> None:
    one = made_figures.suite(
        name,
        conditions=("first", name or "second"),
        knob=None,
        taps=(name, "last"),
        metrics=(name or "m",),
        circles=True,
    )
    board = made_figures.board({**one, "data": name, "family": name, "recipes": (name,), "inputs": (name,)})
    for picture in figure_for_page(board).values():
        assert picture.svg is not None
        tree = ET.fromstring(picture.svg)
        assert not any(element.tag == "script" for element in tree.iter())
        assert "$" not in name or "$" in "".join(tree.itertext())


BOARDS = {
    "nothing": {},
    "empty lists": {"schema": 2, "models": [], "agreement": [], "figures": {}, "suites": None},
    "one model": made_figures.board(made_figures.suite(conditions=(0.5,))),
    "60 conditions and 12 taps": made_figures.board(
        made_figures.suite(conditions=tuple(at / 59 for at in range(60)), taps=tuple(f"block{at}" for at in range(12)))
    ),
    "60 names": made_figures.board(
        made_figures.suite(conditions=tuple(f"a long name of condition {at}" for at in range(60)), knob=None)
    ),
    "one tap": made_figures.board(made_figures.suite(taps=("only",))),
    "no figures": {**made_figures.board(made_figures.suite()), "figures": {"taps": [], "circles": []}},
    "one number": made_figures.board(made_figures.suite(slope=0.0, neurons=1)),
    "an older board": {
        name: rows for name, rows in made_figures.board(made_figures.suite()).items() if name[0] in "am"
    },
}


@pytest.mark.parametrize("name", BOARDS)
def test_every_board_has_pictures_or_reasons(name: str) -> None:
    for picture in figure_for_page(BOARDS[name]).values():
        assert picture.caption
        if picture.svg:
            ET.fromstring(picture.svg)


def test_a_board_without_values_says_why_nothing_is_drawn() -> None:
    board = made_figures.board(made_figures.suite())
    for row in board["models"]:
        row["measures"], row["metrics"] = {}, {"accuracy": {"mean": None}}
    for row in board["agreement"]:
        row["tau"] = None
    board["figures"] = {}
    made = figure_for_page(board)
    assert made["strips"].svg is None
    assert made["strips"].caption == "Not drawn: the agreement of every measure is undefined."
    assert made["colored/digits/mlp"].svg is None
    assert "no entropy of the neurons is known" in made["colored/digits/mlp"].caption


def test_a_page_of_eight_suites_is_small() -> None:
    eight = [made_figures.suite(f"suite{at}", circles=at < 2, taps=("a", "b", "c")) for at in range(8)]
    made = figure_for_page(made_figures.board(*eight))
    assert sum(len(picture.svg or "") for picture in made.values()) < 1_500_000
    assert len({hashlib.sha256(repr(picture).encode()).digest() for picture in made.values()}) == 9
