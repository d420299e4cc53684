"""The README is short, explains its words before it uses them, and its small table is the one that a script makes.

What it shows is run by test_docs.py.
"""

import importlib.util
import re
from typing import Any

import pytest
from doc_blocks import DOCS, README, blocks
from made_screens import claim, duel
from real_command import ROOT

from benchmark.plan.reading import built_in_plans

TEXT = README.read_text(encoding="utf-8")
WORDS = ("suite", "knob", "condition", "recipe", "tap")
SPEC = importlib.util.spec_from_file_location("small_table", DOCS / "small_table.py")
assert SPEC is not None
assert SPEC.loader is not None
SCRIPT = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(SCRIPT)


def test_it_is_read_in_five_minutes() -> None:
    assert len(TEXT.splitlines()) <= 150
    assert [line for line in TEXT.splitlines() if len(line) > 120] == []
    assert len([line for line in TEXT[: TEXT.index("## ")].splitlines() if line.strip()]) <= 40


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_explained_before_it_is_used(word: str) -> None:
    uses = [match.start() for match in re.finditer(rf"\b{word}s?\b", TEXT, re.IGNORECASE)]
    assert uses[0] == TEXT.index(f"- **{word}**: ") + len("- **")


def test_its_entries_take_a_few_lines_each() -> None:
    own = {block.file: block.text for block in blocks(TEXT) if block.file}
    assert list(own) == ["shallow.py", "told.py", "spread.py"]
    assert all(len(code.splitlines()) <= 7 for code in own.values())


def test_make_targets_are_those_of_the_makefile() -> None:
    shell = "".join(block.text for block in blocks(TEXT) if block.language == "sh")
    targets = re.findall(r"^make (\w+)", shell, flags=re.MULTILINE)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert targets == ["board", "test"]
    assert all(f"\n{target}:" in makefile for target in targets)
    assert "make test-all" in TEXT
    assert "\nmake test-all\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def _table() -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if line.startswith("|")]


def test_the_small_table_is_that_of_the_script() -> None:
    head, _, *rows = _table()
    assert [re.sub(r"\d+", "{}", cell) for cell in head] == list(SCRIPT.HEAD)
    assert [row[0] for row in rows] == list(SCRIPT.MEASURES.values())


def _board(shown: tuple[str, str]) -> dict[str, Any]:
    place = {"inputs": "evaluation", "scope": "tap"}
    taus = {"mean-mi": 0.8, "mean-entropy": None, "weight-norm": -0.25, "steps": 0.5, "random": 0.0}
    return {
        "size": {"suites": 8},
        "agreement": [
            {**place, "suite": suite, "measure": measure, "tau": tau}
            for suite in SCRIPT.SUITES
            for measure, tau in taus.items()
        ],
        "pooled": [
            {**place, "measure": measure, "tau": tau, "p": 0.0002, "p_holm": p_holm, "suites": 5, "left_out": left_out}
            for (measure, tau), p_holm, left_out in zip(
                taus.items(), (0.02, 1.0, None, None, None), (0, 3, 0, 0, 0), strict=True
            )
        ],
        "claims": [claim("mean-mi", "evaluation", "yes", 0.8, beats=[duel("steps", word) for word in shown])],
    }


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (("beats", "beats"), "yes"),
        (("beats", "not shown"), "not shown"),
        (("beats", "cannot"), "cannot be shown"),
        (("beaten", "beaten"), "no"),
    ],
)
def test_the_script_says_what_a_board_says(shown: tuple[str, str], said: str) -> None:
    lines = list(SCRIPT.small_table(_board(shown)))
    assert lines[0].count("all 8 tasks") == 1
    assert lines[2] == f"| mean MI | +0.80 | +0.80 | +0.80 (.020) | {said} |"
    assert lines[3] == "| mean entropy | - | - | - (1, of 5) |  |"
    assert lines[4] == "| norm of the weights (placebo) | -0.25 | -0.25 | -0.25 (<.001) |  |"


@pytest.mark.parametrize("word", built_in_plans())
def test_the_changelog_names_every_plan(word: str) -> None:
    assert f"`{word}`" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
