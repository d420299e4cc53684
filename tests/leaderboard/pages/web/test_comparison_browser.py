"""A comparison's page in a real browser: light and dark, wide and narrow, with names that wish it ill."""

from importlib.resources import files
from pathlib import Path

import pytest
from browsing import IN_A_BROWSER, Opened
from made_comparisons import compared, hostile, run
from playwright.sync_api import Browser

from leaderboard.pages.web.comparison import comparison_html

pytestmark = IN_A_BROWSER
UNFOLD = "(all) => all.forEach((one) => { one.open = true; })"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = compared(run(range(2), ["colored", "shuffled", "leaky"]), run(range(2, 4), family="cnn"))
    path = tmp_path_factory.mktemp("a page") / "comparison.html"
    path.write_text(comparison_html(content), encoding="utf-8")
    return path


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


def test_a_filter_leaves_the_rows_of_one_suite(browser: Browser, file: Path) -> None:
    window = Opened(browser, file, 1280)
    rows = window.page.locator("#table tbody tr")
    window.page.locator("#filters select").first.select_option("shuffled")
    shown = [rows.nth(place).inner_text().split()[0] for place in range(rows.count()) if rows.nth(place).is_visible()]
    assert shown
    assert set(shown) == {"shuffled"}
    window.context.close()


@pytest.mark.parametrize("width", [1280, 400])
def test_names_run_nothing_and_do_not_widen_the_page(browser: Browser, tmp_path: Path, width: int) -> None:
    path = tmp_path / "comparison.html"
    path.write_text(comparison_html(hostile()), encoding="utf-8", errors="backslashreplace")
    window = Opened(browser, path, width)
    assert window.page.evaluate("window.ran") is None
    assert window.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    window.context.close()
