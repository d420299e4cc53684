"""board.html: one page that holds a whole board, opens from disk, fetches nothing and reads without JavaScript.

In: the content of board.json. Out: the page's text, the same bytes for the same board.
"""

from base64 import b64encode
from collections.abc import Mapping
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING

from benchmark.plain.words import counted
from leaderboard.content.board import BoardContent, Cost
from leaderboard.pages.tables.table import duration, texts
from leaderboard.pages.web.answers import answers
from leaderboard.pages.web.cells import FILTERS, Ids
from leaderboard.pages.web.claims import claim_sheets
from leaderboard.pages.web.folds import folds
from leaderboard.pages.web.headline import headline_sheets
from leaderboard.pages.web.suites import suite_sections
from leaderboard.pages.web.templating import part, template
from registry.foreign_text import in_page as readable

if TYPE_CHECKING:
    from leaderboard.pages.figures.drawing import Picture

PAGE = "board.html"
FOOTER = "<footer></footer>"


def html(board: BoardContent) -> Mapping[str, str | None]:
    """board.html, with an empty footer."""
    unique = Ids()
    for row in ("verdict", "words", "table", "strips", "suites", "folded", "origin", "filters"):
        unique(row)
    text = template(f"{PAGE}.j2").render(
        board=board,
        answers=answers(board),
        claims=claim_sheets(board),
        headlines=headline_sheets(board),
        sections=suite_sections(board, unique),
        folds=folds(board, unique),
        pictures=pictures(board),
        counted=counted,
        inputs={row["suite"]: _picture_of_inputs(row["suite"]) for row in board["suites"]},
        estimator=settings_in_words(board["estimator"]),
        data={"plan": board["plan"], "digest": board["digest"], "filters": _choices(board)},
        style=part("board.css"),
        script=part("board.js"),
    )
    return {PAGE: text}


def with_footer(text: str, cost: Cost | None) -> str:
    """The page with the machines, the time and the cost of its run in its footer; without a cost as it is.

    Args:
        text: The content of board.html.
        cost: `machines`, `first` and `last` (ISO times), `seconds` and `peak_memory` (bytes), or None.

    Returns:
        The page. Only its footer has changed.
    """
    if cost is None:
        return text
    before, empty, after = text.rpartition(FOOTER)
    if not empty:
        raise ValueError("this page has no empty footer")
    footer = template("footer.html.j2").render(cost=cost, lasted=duration(cost["seconds"]))
    return f"{before}{footer.strip()}{after}"


def pictures(board: BoardContent) -> "Mapping[str, Picture]":
    """What is drawn of a board, each with `title`, `svg` (safe, or None) and `caption`.

    "strips" is the figure of all suites; the figures of a suite have the id of its place.
    """
    if find_spec("leaderboard.pages.figures") is None:
        return {}
    found: Mapping[str, Picture] = import_module("leaderboard.pages.figures").figure_for_page(board)
    return found


def _picture_of_inputs(suite: str) -> str:
    """The picture of a suite's inputs as a data URI, "" where the package has none."""
    folder = files("leaderboard.pages.web").joinpath("inputs")
    found = [file for file in folder.iterdir() if file.name == f"{suite}.png"] if folder.is_dir() else []
    return f"data:image/png;base64,{b64encode(found[0].read_bytes()).decode()}" if found else ""


def _choices(board: BoardContent) -> list[tuple[str, list[str]]]:
    """What there is to choose from in each filter; a filter with one choice is none."""
    rows: list[Mapping[str, object]] = [*board["suites"], *board["agreement"]]
    said = {name: [text for row in rows if name in row for text in texts(row, name)] for name in FILTERS}
    found = {name: list(dict.fromkeys(map(readable, several))) for name, several in said.items()}
    return [(name, choices) for name, choices in found.items() if len(choices) > 1]


def settings_in_words(estimator: Mapping[str, object]) -> list[tuple[str, str]]:
    """How entropy and MI were estimated, a line for each setting."""
    said = []
    for name, value in estimator.items():
        parts = value.items() if isinstance(value, Mapping) else [("", value)]
        said += [
            (f"{name} {part}".strip(), ", ".join(map(str, v)) if isinstance(v, list) else str(v)) for part, v in parts
        ]
    return said
