"""A ranking's page in a real browser: light and dark, wide and narrow, on paper, with names that wish it ill."""

from importlib.resources import files
from pathlib import Path

import pytest
from browsing import IN_A_BROWSER, Opened
from playwright.sync_api import Browser, expect
from ranking_pages import bad_rankings, whole_ranking, written

pytestmark = IN_A_BROWSER
UNFOLD = "(all) => all.forEach((one) => { one.open = true; })"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("a page"), whole_ranking())


@pytest.mark.parametrize("width", [1280, 400])
def test_axe_finds_no_serious_fault_in_light_and_dark(browser: Browser, file: Path, width: int) -> None:
    window = Opened(browser, file, width)
    window.page.locator("details").evaluate_all(UNFOLD)
    window.page.add_style_tag(content=".box { background-image: none !important; }")  # axe looks through no gradient
    window.page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    for scheme in ("light", "dark"):
        window.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = window.page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        faults = [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]
        assert found["passes"]
        assert faults == [], scheme
    window.context.close()


@pytest.mark.parametrize("width", [1280, 400])
def test_what_to_take_stands_on_the_first_screen_and_what_to_leave_beside_it(
    browser: Browser, file: Path, width: int
) -> None:
    window = Opened(browser, file, width)
    for word in ("take", "leave"):
        box = window.page.locator(f".answers .{word}").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 800
    window.context.close()


@pytest.mark.parametrize(("width", "across"), [(1280, 3), (400, 1)])
def test_the_figures_of_a_tap_stand_beside_each_other_where_there_is_room(
    browser: Browser, file: Path, width: int, across: int
) -> None:
    window = Opened(browser, file, width)
    tops = (
        window.page.locator(".at-tap")
        .first.locator("svg")
        .evaluate_all("(all) => all.map((one) => Math.round(one.getBoundingClientRect().top))")
    )
    assert len(set(tops)) == 3 // across
    window.context.close()


def test_its_tables_sort_and_copy_and_a_link_opens_what_is_folded(opened: Opened, file: Path) -> None:
    page = opened.page
    table = "#table-heuristic"
    names = opened.column(0, table)
    assert names[-1] == "four"
    page.locator(f"{table} thead th").nth(2).get_by_role("button").click()
    assert opened.column(0, table)[0] == "four"
    page.locator(f"{table} .acts button", has_text="CSV").click()
    expect(page.locator("#said")).to_have_text("copied as CSV")
    assert not page.locator("#table-taps").is_visible()
    page.goto(f"{file.as_uri()}#taps")
    assert page.locator("#table-taps").is_visible()


def test_on_paper_all_is_unfolded_and_nothing_is_cut(opened: Opened) -> None:
    page = opened.page
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#table-measures").is_visible()
    assert not page.locator("nav").is_visible()
    page.set_viewport_size({"width": 1040, "height": 710})  # what is left of A4, landscape
    assert not opened.overflows
    assert page.pdf().startswith(b"%PDF")


def test_without_javascript_all_is_there_to_be_read(browser: Browser, file: Path) -> None:
    window = Opened(browser, file, java_script_enabled=False)
    assert window.page.locator("#table-heuristic tbody tr").count() == 4
    assert window.page.locator("button, select").count() == 0
    window.context.close()


@pytest.mark.parametrize("name", bad_rankings())
def test_no_ranking_makes_the_page_scroll_sideways_or_runs_anything(
    browser: Browser, tmp_path: Path, name: str
) -> None:
    window = Opened(browser, written(tmp_path, bad_rankings()[name]), width=400)
    window.page.locator("details").evaluate_all(UNFOLD)
    assert not window.overflows
    window.page.set_viewport_size({"width": 1280, "height": 800})
    assert not window.overflows
    assert window.page.evaluate("window.ran") is None
    assert window.said == []
    assert [url for url in window.asked if not url.startswith("file:")] == []
    window.context.close()
