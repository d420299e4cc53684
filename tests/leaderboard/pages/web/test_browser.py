"""The page in a real browser, from disk: it fetches nothing, runs nothing foreign, works by mouse and by keyboard."""

import csv
import io
import re
from pathlib import Path

from browsing import IN_A_BROWSER, TABLE, Opened, written
from page_boards import hostile_board, whole_board
from PIL import Image
from playwright.sync_api import Browser, expect

pytestmark = IN_A_BROWSER


def test_it_opens_from_disk_and_asks_for_nothing_else(opened: Opened, file: Path) -> None:
    assert opened.asked == [file.as_uri()]
    assert opened.page.locator("h1").inner_text() == "by-hand"
    assert "a <b>machine</b>" in opened.page.locator("footer").inner_text()


def test_nothing_can_be_fetched_even_by_what_runs_in_it(browser: Browser, file: Path) -> None:
    window = Opened(browser, file)
    done = window.page.evaluate("fetch('https://example.org/').then(() => 'fetched', () => 'refused')")
    window.context.close()
    assert done == "refused"
    assert any("Content Security Policy" in said for said in window.said)


def test_a_click_sorts_and_another_turns_it_round_with_what_is_missing_last(opened: Opened) -> None:
    head = opened.page.locator(f"{TABLE} thead th").nth(3)
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    falling = [float(text) for text in opened.column(3)]
    assert falling == sorted(falling, reverse=True)
    assert len(set(falling)) > 1
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert [float(text) for text in opened.column(3)] == sorted(falling)
    assert opened.page.locator(f"{TABLE} [aria-sort]").count() == 1
    assert "sorted by" in opened.page.locator("#said").inner_text()


def test_missing_numbers_come_last_both_ways(browser: Browser, tmp_path: Path) -> None:
    board = whole_board()
    row = next(row for row in board["agreement"] if row["measure"] == "mean-entropy")
    row |= {"tau": None, "p": None, "reason": "made so"}
    window = Opened(browser, written(tmp_path, board))
    for _ in range(2):
        window.page.locator(f"{TABLE} thead th").nth(3).get_by_role("button").click()
        assert window.column(3)[-1] == "–"
    window.context.close()


def test_the_keyboard_sorts_filters_and_copies(opened: Opened) -> None:
    page = opened.page
    page.locator(f"{TABLE} thead th").nth(0).get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert opened.column(0) == sorted(opened.column(0), reverse=True)
    page.keyboard.press("Space")
    assert opened.column(0) == sorted(opened.column(0))
    page.get_by_label("suite", exact=True).focus()
    page.keyboard.type("shuffled")
    assert set(opened.column(0)) == {"shuffled"}
    page.locator(f"{TABLE} .acts button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("copied as CSV")
    assert "shuffled" in opened.copied()


def test_every_control_and_every_wide_table_is_reached_by_tab(opened: Opened) -> None:
    reached = opened.page.evaluate(
        "[...document.querySelectorAll('a, button, select, summary, .box, pre')]"
        ".filter((one) => one.checkVisibility() && one.tabIndex < 0).length"
    )
    assert reached == 0
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.className") == "skip"


def test_filters_leave_what_was_asked_for_and_a_link_that_shows_the_same(opened: Opened, browser: Browser) -> None:
    page = opened.page
    page.get_by_label("inputs", exact=True).select_option("evaluation")
    page.get_by_label("kind", exact=True).select_option("heuristic")
    page.get_by_label("measure", exact=True).select_option("mean-mi")
    assert "shuffled" not in opened.column(0)
    assert page.locator("#table-tau-in-distribution-tap").is_hidden()
    assert page.locator(f"{TABLE} thead th:visible .label").all_text_contents() == ["suite", "metric", "n", "mean-mi"]
    assert page.locator(f"{TABLE} tfoot tr > :visible").count() >= 4
    assert page.locator("[id='suite=shuffled']").is_hidden()
    assert page.url.endswith("#filter&kind=heuristic&inputs=evaluation&measure=mean-mi")
    again = browser.new_page()
    again.goto(page.url)
    assert again.locator("[id='suite=shuffled']").is_hidden()
    assert again.get_by_label("measure", exact=True).input_value() == "mean-mi"
    again.close()
    page.get_by_role("button", name="show all").click()
    assert "shuffled" in opened.column(0)
    assert "#" not in page.url


def test_what_was_done_is_said_beside_the_control_and_covers_nothing(opened: Opened) -> None:
    page = opened.page
    told = page.locator(".told")
    page.get_by_label("inputs", exact=True).select_option("evaluation")
    expect(page.locator("form .told")).to_have_text(re.compile(r"^\d+ tables shown$"))
    page.locator(f"{TABLE} .acts button").first.click()
    expect(page.locator(f"{TABLE} .acts .told")).to_have_text("copied as CSV")
    assert told.count() == 1
    assert told.evaluate("(one) => getComputedStyle(one).position") == "static"
    assert page.locator("#said").evaluate("(one) => one.getBoundingClientRect().height") <= 1


def test_a_table_shades_the_edge_behind_which_there_is_more(browser: Browser, file: Path) -> None:
    window = Opened(browser, file, width=360)
    box = window.page.locator(f"{TABLE} .box")
    box.scroll_into_view_if_needed()
    window.page.add_style_tag(content=".box * { visibility: hidden; }")

    def edge() -> int:
        """The darkest grey of the box's last columns of pixels."""
        picture = Image.open(io.BytesIO(box.screenshot())).convert("L")
        width, height = picture.size
        return int(picture.crop((width - 8, height // 3, width - 2, height // 2)).getextrema()[0])

    shaded = edge()
    box.evaluate("(box) => { box.scrollLeft = box.scrollWidth; }")
    assert shaded < edge() - 20
    window.context.close()


def test_the_strips_and_their_caption_stand_side_by_side_where_there_is_room(opened: Opened, browser: Browser) -> None:
    page = opened.page
    place = "(one) => { const { left, top, right } = one.getBoundingClientRect(); return [left, top, right]; }"
    box, caption = (page.locator(f"#strips {part}").evaluate(place) for part in (".box", "figcaption"))
    assert caption[0] > box[2]
    assert abs(caption[1] - box[1]) < 30
    page.set_viewport_size({"width": 360, "height": 740})
    box, caption = (page.locator(f"#strips {part}").evaluate(place) for part in (".box", "figcaption"))
    assert caption[0] < box[2]
    assert not opened.overflows


def test_a_link_goes_to_a_suite_or_opens_what_a_table_is_folded_in(opened: Opened, file: Path) -> None:
    page = opened.page
    page.goto(f"{file.as_uri()}#suite=shuffled")
    top = "document.getElementById('suite=shuffled').getBoundingClientRect().top"
    assert 0 <= page.evaluate(top) < 100
    table = page.locator("#taps .sheet").first
    assert not table.is_visible()
    page.goto(f"{file.as_uri()}#{table.get_attribute('id')}")
    assert table.is_visible()


def test_csv_is_what_is_shown_with_one_number_a_cell(opened: Opened) -> None:
    page = opened.page
    page.get_by_label("measure", exact=True).select_option("mean-mi")
    page.locator(f"{TABLE} .acts button", has_text="CSV").click()
    expect(page.locator("#said")).to_have_text("copied as CSV")
    head, *rows = list(csv.reader(io.StringIO(opened.copied())))
    assert head[:2] == ["suite", "suite data, family"]
    assert {"mean-mi", "mean-mi p", "mean-mi paper"} <= set(head)
    assert "steps" not in head
    assert [row[0] for row in rows] == [*opened.column(0), "all suites together"]
    colored = dict(zip(head, rows[0], strict=True))
    assert float(colored["mean-mi"]) == 1.0
    assert float(colored["mean-mi paper"]) == 0.8
    assert colored["n"] == "5"


def test_latex_and_markdown_are_what_is_shown(opened: Opened) -> None:
    page = opened.page
    page.locator(f"{TABLE} .acts button", has_text="LaTeX").click()
    expect(page.locator("#said")).to_have_text("copied as LaTeX")
    lines = opened.copied().splitlines()
    assert lines[:2] == [r"\begin{tabular}{lrrrrr}", r"\toprule"]
    assert len([line for line in lines if line.endswith(r"\\")]) == 1 + len(opened.column(0)) + 1
    page.locator(f"{TABLE} .acts button", has_text="Markdown").click()
    expect(page.locator("#said")).to_have_text("copied as Markdown")
    lines = opened.copied().splitlines()
    assert lines[1] == "|" + " --- |" * 6
    assert len(lines) == 2 + len(opened.column(0)) + 1


def test_hostile_names_run_nothing_and_are_copied_harmless(browser: Browser, tmp_path: Path) -> None:
    window = Opened(browser, written(tmp_path, hostile_board()), width=360)
    assert window.page.evaluate("window.ran") is None
    assert not window.overflows
    window.page.locator(f"{TABLE} .acts button", has_text="CSV").click()
    expect(window.page.locator("#said")).to_have_text("copied as CSV")
    cells = [cell for row in csv.reader(io.StringIO(window.copied())) for cell in row]
    assert any("cmd()" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "@", "\t"))]
    for select in window.page.locator("select").all():
        select.select_option(index=1)
    window.page.locator("details").evaluate_all("(all) => all.forEach((one) => { one.open = true; })")
    assert window.page.evaluate("window.ran") is None
    assert window.said == []
    assert [url for url in window.asked if not url.startswith("file:")] == []
    window.context.close()
