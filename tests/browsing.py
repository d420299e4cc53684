"""Chromium, where it is there, and pages opened in it with what they ask for and complain of."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from leaderboard.pages.web.page import html

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
TABLE = "#table-tau-evaluation-tap"
IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (Debian: apt-get install chromium)"),
]


class Opened:
    """A page in a window of its own, with what it asked for and what it complained of."""

    def __init__(self, browser: Browser, file: Path, width: int = 1280, **options: Any) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        self.context.set_default_timeout(10_000)
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.on("request", self._asked)
        self.page.on("console", self._complained)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.goto(file.as_uri())

    def _asked(self, request: Request) -> None:
        self.asked.append(request.url)

    def _complained(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.said.append(message.text)

    @property
    def overflows(self) -> bool:
        """Whether the page itself scrolls sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > innerWidth"))

    def copied(self) -> str:
        """What the last copy left, pasted into a field as a person would."""
        self.page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), { id: 'pasted' }))")
        self.page.focus("#pasted")
        self.page.keyboard.press("Control+V")
        text = self.page.input_value("#pasted")
        self.page.evaluate("document.getElementById('pasted').remove()")
        return text

    def column(self, place: int, table: str = TABLE) -> list[str]:
        """The numbers of a column, as the rows now stand."""
        cells = self.page.locator(f"{table} tbody tr:not([hidden]) > :nth-child({place + 1}) .value")
        return [text.replace("−", "-") for text in cells.all_text_contents()]


def written(folder: Path, board: dict[str, Any]) -> Path:
    text = html(board)["board.html"]
    assert text is not None
    (folder / "board.html").write_text(text, encoding="utf-8")
    return folder / "board.html"
