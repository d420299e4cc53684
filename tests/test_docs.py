"""The pages of docs/ are true: what they show runs, what they link is there, and one can get to each."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from _pytest.mark import ParameterSet
from blank_figures import blank
from doc_blocks import DOCS, README, blocks, go_through
from made_boards import records, resolved
from made_screens import made_board

import memorank
from benchmark.estimator import BinnedSettings, EntropySettings, Estimator, NearestSettings
from benchmark.networks.activations import read
from benchmark.networks.inputs import Tensors
from benchmark.plan.reading import Plan, SuiteEntry
from benchmark.process import interruption
from leaderboard.pages.tables.chapters import all_tables
from leaderboard.pages.tables.table import missing_tables
from leaderboard.pages.terminal.conclusion import conclusion
from leaderboard.rows.assembly import build_board
from memorank.options import COMMANDS
from registry import DATASETS, SUITES, ModelFamily

# Pages of findings show what a run of hours has given; the tutorial has a test of its own in test_plugins.py.
FINDINGS = {"bios.md", "capacity.md", "findings.md", "mnist-recipes.md", "nico.md", "text.md"}
PAGES = sorted(path for path in DOCS.glob("*.md") if path.name not in FINDINGS | {"tutorial.md"})
LONG = {"own-family", "own-measure", "own-networks", "plans"}
WHERE = {
    "suite",
    "data",
    "family",
    "recipe",
    "metric",
    "measure",
    "condition",
    "alpha",
    "beta",
    "cell",
}  # words of the glossary
SHAPES = {"vector": (392,), "image": (3, 64, 64)}


def shown(page: Path) -> ParameterSet:
    """A page as a parameter, by its name; what it shows may take long."""
    return pytest.param(page, id=page.stem, marks=[pytest.mark.long] if page.stem in LONG else [])


@pytest.fixture
def place(tmp_path: Path, blank_toy_run: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a finished run of toy, in which a page is gone through; its board's figures are blank."""
    shutil.copytree(blank_toy_run, tmp_path / "runs" / "toy")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(interruption, "listen", lambda: None)
    monkeypatch.setenv("MPLBACKEND", "agg")
    with blank():
        yield tmp_path


@pytest.mark.filterwarnings("ignore:.*does not have many workers")  # Lightning says both to anybody
@pytest.mark.filterwarnings("ignore:.*isinstance.treespec, LeafSpec")
@pytest.mark.parametrize("page", [shown(page) for page in (README, *PAGES)])
def test_everything_that_a_page_shows_runs(page: Path, place: Path) -> None:
    go_through(page, place, memorank.main)


@pytest.mark.parametrize("page", [README, *sorted(DOCS.glob("*.md"))], ids=lambda page: page.stem)
def test_every_block_is_run_or_says_why_not(page: Path) -> None:
    """The cells of a notebook, and the sections of measures, are run where the site is built."""
    text = page.read_text(encoding="utf-8")
    others = re.findall(r"^```(?!\w+$)(.+)$", text, re.MULTILINE)
    of_the_site = {"{boards}", *(f"{{entries}} {kind}" for kind in ("measures", "readings", "metrics"))}
    assert set(others) <= {"{code-cell} python", *of_the_site}
    assert "{code-cell} python" not in others or text.startswith("---\nfile_format: mystnb\n")
    assert text.count("```") == 2 * (len(blocks(text)) + len(others))


def _families() -> Iterator[tuple[str, str]]:
    for page in (README, DOCS / "own-family.md"):
        for block in blocks(page.read_text(encoding="utf-8")):
            if re.search(r"^FAMILY = ", block.text, re.MULTILINE):
                (name,) = re.findall(r'name="(.*?)"', block.text)
                yield f"{page.stem}-{name}", block.text


@pytest.mark.parametrize("code", [code for _, code in _families()], ids=[name for name, _ in _families()])
def test_a_family_that_is_shown_builds_and_is_tapped(code: str) -> None:
    names: dict[str, object] = {}
    exec(code, names)
    family = names["FAMILY"]
    assert isinstance(family, ModelFamily)
    if family.modality == "text":  # its weights are not here
        assert [tap.module_path for tap in family.taps] == [f"layers.{layer}" for layer in range(12)]
        return
    shape = SHAPES[family.modality]
    by_tap, logits = read(family.build(shape, 6), family.taps, Tensors(torch.randn(2, *shape)))
    assert logits.shape == (2, 6)
    assert all(activations.ndim == 2 and len(activations) == 2 for activations in by_tap.values())


def _links(page: Path) -> list[str]:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not link.startswith("https://")]


@pytest.mark.parametrize("page", [README, *sorted(DOCS.glob("*.md"))], ids=lambda page: page.stem)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in _links(page):
        file, _, heading = link.partition("#")
        target = page.parent / file if file else page
        assert target.exists(), link
        if heading:
            heads = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in [re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads], link


def test_the_table_of_contents_has_every_page() -> None:
    linked = set(_links(DOCS / "index.md"))
    assert linked >= {page.name for page in DOCS.glob("*.md")} - {"index.md"}
    assert "docs/index.md" in _links(README)


@pytest.mark.parametrize("page", [README, *sorted(DOCS.glob("*.md"))], ids=lambda page: page.stem)
def test_a_page_has_no_html_and_no_sentence_with_two_semicolons(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    prose = re.sub(r"^```.*?^```$|<!--.*?-->|`[^`]*`|^\|.*?$", "", text, flags=re.MULTILINE | re.DOTALL)
    assert set(re.findall(r"<(/?[a-z]+)", prose)) <= {"img", "details", "/details", "summary", "/summary"}
    if page.name not in FINDINGS:
        sentences = re.split(r"[.:!?]\s|\n\n|\n- ", prose)
        assert [sentence for sentence in sentences if sentence.count(";") > 1] == []


def test_pages_show_every_command_and_every_option() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in (README, *DOCS.glob("*.md")))
    for command, (_, options) in COMMANDS.items():
        assert f"memorank {command}" in text, command
        for option in (option.word for option in options if option.word.startswith("--")):
            assert f"{option}" in text, (command, option)


def test_pages_name_every_key_of_a_plan() -> None:
    text = (DOCS / "plans.md").read_text(encoding="utf-8")
    for model in (Plan, SuiteEntry, Estimator, EntropySettings, NearestSettings, BinnedSettings):
        assert [key for key in model.model_fields if not re.search(rf"\b{key}:", text)] == [], model


def test_pages_name_every_suite_and_data_set() -> None:
    """Measures and metrics have their sections on the site by themselves."""
    text = (DOCS / "suites.md").read_text(encoding="utf-8")
    for known in (SUITES, DATASETS):
        assert [name for name in known if f"`{name}`" not in text] == []


@pytest.mark.parametrize("recipes", [1, 3])
def test_the_head_of_every_column_is_explained_word_for_word(recipes: int) -> None:
    explained = re.findall(r"\*\*(.+?)\*\*", (DOCS / "reading-a-board.md").read_text(encoding="utf-8"))
    words = {word for phrase in explained for word in phrase.split(", ")}
    plan = resolved(recipes=recipes)
    found = records(plan)
    for record in found.values():
        record.get("metrics", {}).get("accuracy", {})["by_chance"] = 0.5
    board = build_board(plan, found)
    settings = [{"axis": "bins", "inputs": "evaluation", "keeps": 1.0, "tau": 0.5}]
    about = {"suite": "colored", "data": "digits", "family": "mlp", "metric": "accuracy", "measure": "mean-mi"}
    board["sensitivity"] = [{**about, "inputs": "evaluation", "tau": 0.5, "settings": settings}]
    tables = [*all_tables(board), *missing_tables({"missing": [{"key": "a", "reason": "not trained"}]})]
    heads = {head for table in tables for head in table.head if "\n" not in head}
    assert {"tied for first", "pooled tau", "keep the picks", "by chance", "reason"} <= heads
    assert heads - WHERE - set(board["directions"]["measures"]) - set(board["directions"]["metrics"]) - words == set()


def test_the_lines_below_the_screen_are_explained() -> None:
    text = (DOCS / "reading-a-board.md").read_text(encoding="utf-8")
    verdict = text[text.index("## The verdict") : text.index("## What to mistrust")]
    labels = {label for orders in ("yes", "not shown") for label, _ in conclusion(made_board(orders=("yes", orders)))}
    labels |= {label for label, _ in conclusion(made_board(limit=5))}
    assert labels == {"best", "sure", "other", "within", "trial"}
    assert all(f"**{label}** " in verdict for label in labels | {"pick", "more", "read"})
