"""The index of the published boards: its numbers are those of the records, and nothing of a pack is markup."""

import importlib.util
import re
from html import unescape
from types import ModuleType

import pytest
from doc_blocks import DOCS

from leaderboard.cells import load_records
from leaderboard.published_boards import BOARD, published

SMALL = "mnist-11"


@pytest.fixture(scope="module")
def index() -> ModuleType:
    pytest.importorskip("sphinx")
    specification = importlib.util.spec_from_file_location("boards", DOCS / "site_parts" / "boards.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_accuracies_from_least_to_most_memorizing_are_those_of_the_records_on_test_examples(index: ModuleType) -> None:
    frame = load_records(SMALL, as_frame=True)
    scores = frame[(frame.work == "score") & (frame.inputs == "evaluation")]
    for suite, own in scores.groupby("suite"):
        means = own.groupby("condition")["metric accuracy"].mean()
        least, most = (float(word) for word in index.accuracy_ends(SMALL, suite).split(" to "))
        assert (least, most) == pytest.approx((means.iloc[0], means.iloc[-1]), abs=0.005)
        assert least > most + 0.1


def test_each_tau_of_a_row_leads_to_its_number_and_has_its_suite(index: ModuleType) -> None:
    rows = list(index.measure_table(SMALL))
    suites = [cell.strip().replace("<wbr>", "") for cell in rows[0].strip("|").split("|")][1:]
    assert suites == sorted(set(suites), key=suites.index)
    (row,) = [row for row in rows if row.startswith("| mean-mi |")]
    found = re.findall(r'records\.html#([\w-]+)--mean-mi">([-+.\d]+)<', row)
    assert [suite for suite, _ in found] == suites
    page = index.records_page(SMALL)
    assert all(f'id="{suite}--mean-mi"' in page for suite in suites)


def test_the_list_has_the_whole_command_and_by_how_many_cells_it_was_checked(index: ModuleType) -> None:
    lines = [unescape(line) for line in index.board_list(published())][2:]
    rows = dict(zip(published(), lines, strict=True))
    assert "run mnist-11 --set threads=1 --set estimator.sub_samples=0" in rows[SMALL]
    assert "<code>memorank run panel-vision</code>, 3,600 cells" in rows["panel-vision"]
    assert all(re.search(r"bitwise: \d+ cells on [\w ]+, seed \d+ \|$", row) for row in rows.values())


def test_a_long_command_is_there_whole_and_unfolds(index: ModuleType) -> None:
    long = f"memorank run toy --set 'measures={list(map(str, range(100)))}'"
    shown = index.command_of(long)
    assert shown.startswith("<details><summary><code>memorank run toy</code> and settings</summary>")
    assert unescape(shown).count(long) == 1


def test_a_suite_without_accuracy_has_a_dash(
    index: ModuleType, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("boards")
    (folder / "own" / BOARD).mkdir(parents=True)
    (folder / "own" / BOARD / "models.csv").write_text(
        "suite,inputs,role,name,order,mean\ns,evaluation,training,accuracy,1,1\n"
    )
    monkeypatch.setattr(index, "FOLDER", folder)
    assert index.accuracy_ends("own", "s") == "-"
