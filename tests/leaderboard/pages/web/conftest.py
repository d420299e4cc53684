"""The page of a board, opened in a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Opened
from page_boards import whole_page
from playwright.sync_api import Browser

from leaderboard.pages.web.page import with_footer

COST = {"machines": ["a <b>machine</b>"], "first": "t1", "last": "t2", "seconds": 60.0, "peak_memory": 2**30}


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a board that has something of everything, with its footer."""
    path = tmp_path_factory.mktemp("a page") / "board.html"
    path.write_text(with_footer(whole_page(), COST), encoding="utf-8")
    return path


@pytest.fixture
def opened(browser: Browser, file: Path) -> Iterator[Opened]:
    window = Opened(browser, file)
    yield window
    window.context.close()
    assert window.said == []
    assert [url for url in window.asked if not url.startswith("file:")] == []
