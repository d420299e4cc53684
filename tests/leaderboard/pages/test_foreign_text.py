"""Texts put together at random of what does something somewhere, in every name of a board: in no medium do they."""

import csv
import io
import random
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pandas as pd
import pytest
import yaml
from bibtex_reader import entries_of
from made_boards import CHOSEN, EITHER, entry, measure, plan, value
from page_boards import hostile_board

from leaderboard.exports import export
from leaderboard.pages.files.formats import FORMATS, terminal
from leaderboard.pages.files.notebook import notebook
from leaderboard.pages.tables.chapters import CHAPTERS
from leaderboard.pages.terminal.medium import Medium
from leaderboard.pages.terminal.screen import Around, screen
from leaderboard.rows.assembly import build_board
from registry.foreign_text import seen

PIECES = (
    *("\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\x00", "\x7f", "\x85", "\r", "\n", "\t", "\u2028", "\u2029"),
    *("\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\ud800", "\udfff"),
    *("\u200b", "\u00ad", "\ufeff", "|", "\\|", "\\", "`", "```", "*", "_", "&%$#{}", "~^", "\\input{/etc/passwd}"),
    *("<script>run()</script>", "<img src=x onerror=run()>", "</table>", "<!--", "]]>", "&#x202e;", "&lt;b&gt;"),
    *("[x](javascript:run())", "![](http://x/y.png)", "[x]: http://x", "[x][y]", "<http://x>"),
    *("=cmd()|'/c x'!A0", "+1+cmd()", "-1-cmd()", "@SUM(1)", '"', "'", "''", ",", ";", "{{ 7 * 7 }}", "{% raw %}"),
    *("name", "mean-mi", "日本", "שלום", " ", "  "),
)
UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u00ad\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def drawn(generator: random.Random, count: int) -> list[str]:
    """So many different texts."""
    names = {"".join(generator.choices(PIECES, k=generator.randint(1, 5))) for _ in range(count)}
    return sorted(name for name in names if name.strip())


@pytest.fixture(scope="module", params=range(3))
def board(request: pytest.FixtureRequest) -> dict[str, Any]:
    """A board whose names are such texts: of suites, families, data, knobs, conditions, measures, plan, warnings."""
    return hostile_board(drawn(random.Random(request.param), 8))


def other_board(generator: random.Random) -> dict[str, Any]:
    """A board whose recipes, taps, metrics, named conditions, reasons and provenance are such texts."""
    names = drawn(generator, 30)
    one, two, *rest = names
    about = {"about": rest[0], "figures": rest[1], "licence": rest[2], "knob": None, "metrics": [one, two]}
    suite = entry("suite", [], recipes=[rest[3], rest[4]], **about)
    suite["conditions"] = rest[5:9]
    made = plan([suite], {"mean-mi": measure(CHOSEN), "steps": measure(EITHER), rest[9]: measure(CHOSEN)}, seeds=2)
    made["plan"]["hypotheses"] = ["mean-mi", rest[9]]
    records: dict[str, Any] = {}
    versions = {name: name for name in rest[10:13]}
    origin = {"versions": versions, "machine": {"processor": one, "system": two}, "commit": rest[13], "seconds": 1.0}
    for number, cell in enumerate(made["cells"]):
        record: dict[str, Any] = {"outcome": "done", "provenance": origin, "training_accuracy": 1.0}
        if cell["work"] == "score":
            taps = {name: float(number) for name in rest[14:16]}
            record["measures"] = {name: value(float(number % 7), per_tap=taps) for name in made["measures"]}
            record["metrics"] = {one: value(number / 100, per_tap=taps), two: value(None, reason=rest[16])}
        records[cell["key"]] = record
    return build_board(made, records)


class Parsed(HTMLParser):
    """The tags of a page, their attributes that do something, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.doing: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.doing += [name for name, _ in attributes if name.startswith("on")]
        self.links += [text or "" for name, text in attributes if name in ("href", "src")]


def tables_in(text: str) -> Iterator[list[str]]:
    """The tables of a text in Markdown, each as its lines."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if re.fullmatch(r"\|[-|]+\|", line):
            end = next(place for place in range(number, len(lines)) if not lines[place].startswith("|"))
            yield lines[number - 1 : end]


def cells_of(line: str) -> int:
    return re.sub(r"\\.", "", line).count("|") - 1


def check_markdown(text: str) -> None:
    own, _, plan_block = text.partition("\n## plan\n")
    tables = list(tables_in(own))
    assert tables
    for lines in tables:
        assert len({cells_of(line) for line in lines}) == 1, lines
    for line in own.splitlines():
        plain = re.sub(r"\\\\|&amp;|&lt;|<br>", "", line)
        assert not re.search(r"<[\w/!?]|(?<!\\)\][(:\[]|&#?\w+;", plain), line
        assert line.startswith(("#", "|", "- ")) or not line, line
    assert all(line.startswith("    ") for line in plan_block.splitlines() if line)
    assert not UNSEEN.search(text)


def check_csv(text: str) -> None:
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert len(rows) == text.count("\n") - 1  # no text has a line's end
    for row in rows:
        assert len(row) == len(head)
        for cell in row:
            assert not cell.lstrip().startswith(("=", "@")), cell
            assert not cell.lstrip().startswith(("+", "-")) or float(cell) is not None
    assert not UNSEEN.search(text)


def check_latex(text: str) -> None:
    assert text.isascii()
    assert text.replace("\n", "").isprintable()
    shown = re.sub(r"\\[\\{}&%$#_ ]", "", text)  # what is written as a letter
    assert shown.count("{") == shown.count("}")
    assert set(re.findall(r"\\(input\{[^}]*\})", shown)) <= {f"input{{{name}}}" for name in ("table2", *CHAPTERS)}
    for body in re.findall(r"\\midrule\n(.*?)\\bottomrule", text, flags=re.DOTALL):
        rows = [line for line in body.splitlines() if line.endswith("\\\\")]
        assert len({len(re.findall(r"(?<!\\)&", row)) for row in rows}) <= 1, rows


def check_exports(board: dict[str, Any]) -> None:
    """A model card does as little as the board in Markdown, and BibTeX and Parquet files can be read."""
    files = export(board, ["card", "bib", "parquet"])
    metadata, own = str(files["model-card.md"])[len("---\n") :].split("---\n\n", 1)
    assert metadata.isascii()
    assert yaml.safe_load(metadata).keys() == {"tags", "model-index"}
    text, plan_block = own.split("\n## How to run it again\n")
    ours = r"^(?=(?:Suite|\d+ networks?|Kendall's|Estimator,|p is|The board has) )"  # how each paragraph begins
    check_markdown(re.sub(ours, "- ", text, flags=re.MULTILINE))
    assert not UNSEEN.search(plan_block)
    assert {"bansal2022", "memorank"} <= entries_of(str(files["board.bib"])).keys()
    for content in files.values():
        if isinstance(content, bytes):
            assert not UNSEEN.search(pd.read_parquet(io.BytesIO(content)).to_csv(lineterminator="\n"))


def check_page(text: str) -> None:
    found = Parsed(text)
    assert not found.doing
    assert not {"img", "iframe", "object", "embed", "base", "link"} & {tag.lower() for tag in found.tags}
    assert found.tags.count("script") == 2
    assert all(link.startswith(("#", "data:image/png;base64,")) for link in found.links)
    assert not UNSEEN.search(text)


def check_all(board: dict[str, Any]) -> None:
    for text in FORMATS["csv"](board).values():
        if text is not None:
            check_csv(text)
    for text in FORMATS["tex"](board).values():
        if text is not None:
            check_latex(text)
    check_markdown(FORMATS["md"](board)["board.md"] or "")
    check_exports(board)
    assert all(letter.isprintable() or letter == "\n" for letter in terminal(board))
    plain = Parsed(notebook(board))
    assert not plain.doing
    assert set(plain.tags) <= {"table", "caption", "tr", "th", "td", "p"}
    for width in (40, 100):
        around = Around(board["plan"], board["plan"], 1.0, board["plan"])
        for text in (screen(board, Medium(width), around), screen(board, Medium(width, ascii_only=True), around)):
            assert all(letter.isprintable() or letter == "\n" for letter in text)


def test_names_do_nothing_in_any_file_or_on_the_screen(board: dict[str, Any]) -> None:
    check_all(board)


def test_names_do_nothing_in_the_page(board: dict[str, Any]) -> None:
    check_page(FORMATS["html"](board)["board.html"] or "")


@pytest.mark.parametrize("seed", range(6))
def test_recipes_taps_metrics_reasons_and_provenance_do_nothing_either(seed: int) -> None:
    board = other_board(random.Random(seed))
    check_all(board)
    if seed < 2:
        check_page(FORMATS["html"](board)["board.html"] or "")


def test_what_is_seen_of_a_name_is_in_every_file(board: dict[str, Any]) -> None:
    """Made safe, not left out."""
    name = next(row["suite"] for row in board["suites"] if "name" in row["suite"] or "日本" in row["suite"])
    part = "name" if "name" in name else "日本"
    assert part in seen(name)
    assert part in (FORMATS["md"](board)["board.md"] or "")
    assert part in (FORMATS["html"](board)["board.html"] or "")
    assert part in terminal(board)
