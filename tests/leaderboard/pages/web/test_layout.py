"""The layout of the page in a real browser: wide screens and phones, light and dark, on paper, without scripts."""

from importlib.resources import files
from pathlib import Path

import made_figures
import pytest
from browsing import IN_A_BROWSER, TABLE, Opened, written
from page_boards import bad_boards, bad_page, whole_board
from playwright.sync_api import Browser

pytestmark = IN_A_BROWSER


@pytest.fixture(scope="module")
def of_one_kind_of_inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("a page"), whole_board(["evaluation"]))


@pytest.fixture(scope="module")
def with_figures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    conditions = (0.0, 0.25, 0.5, 0.75, 1.0)
    four = made_figures.suite(conditions=conditions, circles=True)
    three = made_figures.suite("shuffled", "example-level", conditions=conditions)
    figures = made_figures.board(four, three)["figures"]
    return written(tmp_path_factory.mktemp("a page"), {**whole_board(), "figures": figures})


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_no_serious_fault_in_light_and_dark(
    browser: Browser, of_one_kind_of_inputs: Path, width: int
) -> None:
    window = Opened(browser, of_one_kind_of_inputs, width)
    window.page.locator("details").evaluate_all("(all) => all.forEach((one) => { one.open = true; })")
    window.page.add_style_tag(content=".box { background-image: none !important; }")  # axe looks through no gradient
    window.page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    for scheme, rules in (("light", "undefined"), ("dark", "['color-contrast']")):
        window.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = window.page.evaluate(f"axe.run(document, {{ resultTypes: ['violations'], runOnly: {rules} }})")
        grave = [
            (fault["id"], fault["nodes"][0]["html"][:200], fault["nodes"][0]["failureSummary"])
            for fault in found["violations"]
            if fault["impact"] in ("serious", "critical")
        ]
        assert found["passes"]
        assert grave == [], scheme
    window.context.close()


def test_wide_tables_scroll_in_their_own_box_at_360_pixels(browser: Browser, file: Path) -> None:
    window = Opened(browser, file, width=360)
    box = window.page.locator(f"{TABLE} .box")
    assert box.evaluate("(box) => box.scrollWidth > box.clientWidth")
    box.focus()
    window.page.keyboard.press("ArrowRight")
    for _ in range(100):
        if box.evaluate("(box) => box.scrollLeft"):
            break
        window.page.wait_for_timeout(50)
    assert box.evaluate("(box) => box.scrollLeft") > 0
    window.context.close()


@pytest.mark.parametrize(("width", "across"), [(1280, 2), (360, 1)])
def test_figures_stand_two_a_row_and_one_on_a_phone(
    browser: Browser, with_figures: Path, width: int, across: int
) -> None:
    window = Opened(browser, with_figures, width=width)
    boxes = "all => all.map(row => [...row.children].map(one => one.getBoundingClientRect().toJSON()))"
    pictures = window.page.locator(".picture > div:has(> figure)").evaluate_all(boxes)
    assert [len(picture) for picture in pictures][:3] == [4, 1, 3]
    for picture in pictures:
        tops = [round(one["top"]) for one in picture]
        rows = [tops[start : start + across] for start in range(0, len(tops), across)]
        assert [len(set(row)) for row in rows] == [1] * len(rows)
        assert len({row[0] for row in rows}) == len(rows)
    alone = pictures[2][2]
    assert alone["width"] > (0.8 if across == 2 else 0.7) * width
    assert not window.overflows
    window.context.close()


def test_without_javascript_the_content_is_there_and_no_dead_control(browser: Browser, file: Path) -> None:
    window = Opened(browser, file, java_script_enabled=False)
    page = window.page
    assert page.locator(f"{TABLE} tbody tr").count() == 5
    assert "Which measure is best?" in page.locator("header").inner_text()
    assert page.locator("button, select").count() == 0
    assert not page.locator("form").is_visible()
    page.goto(f"{file.as_uri()}#suite=shuffled")
    assert page.locator("[id='suite=shuffled']").bounding_box()["y"] < 100  # type: ignore[index]
    window.context.close()


def test_print_shows_what_is_folded_and_no_controls(opened: Opened) -> None:
    page = opened.page
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#taps .sheet").first.is_visible()
    assert not page.locator(f"{TABLE} .acts").is_visible()
    assert not page.locator("form").is_visible()
    page.set_viewport_size({"width": 1040, "height": 710})  # what is left of A4, landscape
    assert not opened.overflows
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0
    assert page.pdf().startswith(b"%PDF")


def test_bad_boards_are_pages_that_never_scroll_sideways(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "board.html"
    for name in bad_boards():
        file.write_text(bad_page(name), encoding="utf-8")
        window = Opened(browser, file, width=360)
        window.page.locator("details").evaluate_all("(all) => all.forEach((one) => { one.open = true; })")
        assert not window.overflows, name
        assert window.said == [], name
        window.page.set_viewport_size({"width": 1280, "height": 800})
        assert not window.overflows, name
        window.context.close()
