"""The site of the pages: it builds without a warning and without a network, and nothing in it leads nowhere.

One build serves all tests of all workers.
"""

import doctest
import fcntl
import importlib.util
import os
import re
import shlex
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
from browsing import IN_A_BROWSER
from doc_blocks import DOCS
from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Route
from real_command import ROOT

import memorank
from benchmark.measures import MEASURES
from benchmark.metrics import METRICS
from registry import Registry

pytestmark = pytest.mark.loopback  # the notebook's kernel

ADDRESS = "http://memorank.test/"  # answered from the folder: nothing of that name is there
LOOKED_AT = ["index", "README", *(f"docs/{page}" for page in ("index", "faults", "findings", "first-picture"))]
LOOKED_AT += ["docs/measures", "docs/api/index", "docs/api/entries", "search"]
LOOKED_AT += ["docs/boards", "boards/published/board", "boards/published/records"]
SECTIONS = ["Guide", "Measures and metrics", "Findings", "API", "Contributing"]


def _make_docs(folder: Path) -> list[str]:
    """The command of `make docs`, for another folder."""
    (line,) = re.findall(r"^\t\$\(BIN\)/sphinx-build (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    return [sys.executable, "-m", "sphinx", *shlex.split(line.replace("build/", f"{folder}/"))]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site. The first worker that asks for it builds it, and the others wait."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "site"
    folder.mkdir(exist_ok=True)
    said = folder / "said.txt"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            environment = {**os.environ, "PYTHONPATH": str(ROOT / "tests" / "offline")}
            done = subprocess.run(
                _make_docs(folder), cwd=ROOT, env=environment, capture_output=True, text=True, timeout=280, check=False
            )
            said.write_text(f"{done.returncode}\n{done.stdout}{done.stderr}", encoding="utf-8")
    assert said.read_text(encoding="utf-8") == "0\n"
    return folder / "docs"


class _Read(HTMLParser):
    """The ids of a page, the links of its text, and what it loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        self.ids |= {found[name] for name in ("id", "name") if name in found}
        if "href" in found:
            (self.links if tag == "a" else self.loaded).append(found["href"])
        if "src" in found:
            self.loaded.append(found["src"])


@cache
def _pages(site: Path) -> dict[Path, _Read]:
    files = (file for file in site.rglob("*.html") if "_static" not in file.parts)  # the theme has a template there
    return {file: _Read(file.read_text(encoding="utf-8")) for file in files}


def _is_dead(link: str, file: Path, pages: dict[Path, _Read]) -> bool:
    address, anchor = urldefrag(link)
    target = (file.parent / unquote(address.partition("?")[0])).resolve() if address else file
    if not target.is_file():
        return True
    return bool(anchor) and target in pages and unquote(anchor) not in pages[target].ids


@pytest.mark.long
def test_it_builds_without_a_warning_and_no_link_is_dead(site: Path) -> None:
    pages = _pages(site)
    dead = [
        (str(file.relative_to(site)), link)
        for file, read in pages.items()
        for link in (*read.links, *read.loaded)
        if not re.match(r"https?:|data:|mailto:", link) and link != "#" and _is_dead(link, file, pages)
    ]
    assert dead == []
    assert sum(len(read.links) for read in pages.values()) > 1000


@pytest.mark.long
def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    loaded = {(str(file.relative_to(site)), one) for file, read in _pages(site).items() for one in read.loaded}
    assert [one for one in loaded if re.match(r"(https?:)?//", one[1])] == []
    for file in site.rglob("*.css"):
        assert not re.search(r"(url\(|@import)\s*['\"]?(https?:)?//", file.read_text(encoding="utf-8")), file


@pytest.mark.long
def test_every_page_is_there_and_in_a_section(site: Path) -> None:
    sources = [*DOCS.glob("*.md"), *DOCS.glob("api/*.rst"), *(ROOT / f"{name}.md" for name in ("README", "CHANGELOG"))]
    for source in sources:
        page = site / source.relative_to(ROOT).with_suffix(".html")
        assert page in _pages(site), source
        (bar,) = re.findall(r'<ul class="bd-navbar-elements.*?</ul>', page.read_text(encoding="utf-8"), re.DOTALL)[:1]
        assert re.findall(r">\s*([\w ]+?)\s*</a>", bar) == SECTIONS
        assert ("current active" in bar) == (source != DOCS / "index.md"), source


@pytest.mark.long
def test_public_names_are_there_from_their_docstrings(site: Path) -> None:
    ids = set().union(*(read.ids for file, read in _pages(site).items() if file.parent.name == "api"))
    for name in memorank.__all__:
        assert any(one == f"memorank.{name}" or one.startswith(f"memorank.{name}.") for one in ids), name


@pytest.mark.long
@pytest.mark.parametrize("name", [*MEASURES, *METRICS])
def test_every_measure_and_metric_has_its_section(name: str, site: Path) -> None:
    entry = MEASURES[name] if name in MEASURES else METRICS[name]
    page = (site / "docs" / "measures.html").read_text(encoding="utf-8")
    (section,) = re.findall(rf'<section id="{name}">.*?</section>', page, re.DOTALL)
    text = re.sub(r"<[^>]*>", "", section).replace("’", "'")
    for said in (f"Source: {entry.reference}", f"Version: {entry.version}"):
        assert said in text
    assert re.findall(r"Needs: (.*)", text) == ([", ".join(entry.needs)] if entry.needs else [])


@pytest.mark.parametrize("registry", [MEASURES, METRICS], ids=["measures", "metrics"])
def test_every_file_says_when_its_number_fails(registry: Registry[Any]) -> None:
    for name in registry:
        said = registry.check(name).load().__doc__ or ""
        assert re.search(r"\b(It|They)\s+(fails?|knows)\b", said), name


@pytest.mark.long
def test_the_notebook_has_its_picture_and_its_tables(site: Path) -> None:
    page = (site / "docs" / "first-picture.html").read_text(encoding="utf-8")
    (picture,) = re.findall(r'<div class="cell_output.*?<img [^>]*src="([^"]*)"', page, re.DOTALL)[-1:]
    with Image.open(site / "docs" / picture) as image:
        assert image.width > 400
        assert len(image.convert("RGB").getcolors(100_000) or ()) > 20
    assert page.count('<table border="1" class="dataframe">') == 2


def test_the_order_of_pages_is_that_of_the_index() -> None:
    specification = importlib.util.spec_from_file_location("contents", DOCS / "site_parts" / "contents.py")
    assert specification is not None
    assert specification.loader is not None
    contents = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(contents)
    assert doctest.testmod(contents).failed == 0
    assert list(contents.sections((DOCS / "index.md").read_text(encoding="utf-8"))) == SECTIONS


@pytest.mark.parametrize("width", [pytest.param(width, marks=IN_A_BROWSER) for width in (1280, 400)])
def test_a_browser_asks_for_nothing_else_complains_of_nothing_and_scrolls_down_only(
    width: int, site: Path, browser: Browser
) -> None:
    elsewhere: list[str] = []
    said: list[str] = []

    def answer(route: Route) -> None:
        file = site / urldefrag(route.request.url.removeprefix(ADDRESS)).url.partition("?")[0]
        if route.request.url.startswith(ADDRESS) and file.is_file():
            route.fulfill(body=file.read_bytes(), content_type=guess_type(file.name)[0] or "application/octet-stream")
        else:
            elsewhere.append(route.request.url)
            route.abort()

    def complained(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            said.append(message.text)

    context = browser.new_context(viewport={"width": width, "height": 800})
    context.set_default_timeout(20_000)
    context.route("**/*", answer)
    page = context.new_page()
    page.on("console", complained)
    page.on("pageerror", lambda error: said.append(str(error)))
    for name in LOOKED_AT:
        page.goto(f"{ADDRESS}{name}.html")
        page.locator("h1").first.wait_for()  # the first of them leads on
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), name
        if name == "docs/measures":
            drawn = page.locator("#mean-mi math[display=block]").bounding_box()
            assert drawn is not None
            assert drawn["height"] > 30  # a fraction, and not a line of letters
    context.close()
    assert said == []
    assert elsewhere == []
