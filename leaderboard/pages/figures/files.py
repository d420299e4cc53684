"""Every figure of a board as files: PDF and PNG, the numbers drawn as a CSV, and the captions of all.

In: the content of board.json. Out: bytes by file name.
"""

import csv
import hashlib
import io
import json
import re
import string
from collections.abc import Iterator, Sequence

from leaderboard.content.board import BoardContent
from leaderboard.pages.figures.blocks import blocks
from leaderboard.pages.figures.boxes import boxes
from leaderboard.pages.figures.circles import circles
from leaderboard.pages.figures.densities import densities
from leaderboard.pages.figures.drawing import COLUMNS, Drawing, Place, Undrawn, places
from leaderboard.pages.figures.font import font_of
from leaderboard.pages.figures.measures import measures
from leaderboard.pages.figures.scatter import scatter
from leaderboard.pages.figures.strips import strips
from leaderboard.pages.figures.style import drawn, saved, styled

CAPTIONS = "captions.md"
OUR_LETTERS = "−…�"  # of figures, beside those of ASCII
LONGEST = 40  # characters of a part of a file name
Named = tuple[str, Drawing | Undrawn]


def files(board: BoardContent) -> dict[str, bytes]:
    """The files of every figure: all recipes, inputs, scopes, taps and metrics."""
    result: dict[str, bytes] = {}
    captions = ["# Figures"]
    with styled(), font_of(_letters(board)):
        for stem, figure in [*_strips(board), *_measures(board), *_of_places(places(board))]:
            if isinstance(figure, Undrawn):
                captions.append(f"## {stem}\n\nNot drawn: {_line(figure.reason)}.")
                continue
            whole = drawn(figure)
            result[f"{stem}.pdf"] = saved(whole, "pdf")
            result[f"{stem}.png"] = saved(whole, "png")
            result[f"{stem}.csv"] = _csv(figure.head, figure.rows)
            captions.append(f"## {stem}\n\n{_line(figure.caption)}")
    return {**result, CAPTIONS: ("\n\n".join(captions) + "\n").encode()}


def _letters(board: BoardContent) -> str:
    """Every letter that a figure of the board may hold."""
    return "".join({*string.printable, *OUR_LETTERS, *json.dumps(board, ensure_ascii=False)})


def _strips(board: BoardContent) -> Iterator[Named]:
    """The strips for each kind of inputs and scope."""
    read = dict.fromkeys((row["inputs"], row["scope"]) for row in board.get("agreement") or ())
    for inputs, scope in read:
        yield file_stem("strips", inputs, scope), strips(board, inputs, scope)


def _measures(board: BoardContent) -> Iterator[Named]:
    """The measures as points for each kind of inputs and scope, where the board has such rows."""
    for inputs, scope in dict.fromkeys((row["inputs"], row["scope"]) for row in board.get("measures") or ()):
        yield file_stem("measures", inputs, scope), measures(board, inputs, scope)


def _of_places(every: Sequence[Place]) -> Iterator[Named]:
    """The figures of each place; the circles do not depend on inputs and scope."""
    drawn_circles = set()
    for place in every:
        network = tuple(place.columns[column] for column in COLUMNS[:4])
        where = tuple(place.columns[column] for column in COLUMNS)
        if place.circles and network not in drawn_circles:
            drawn_circles.add(network)
            yield file_stem(*network, "circles"), circles(place)
        yield file_stem(*where, "boxes"), boxes(place, place.tap_names)
        yield file_stem(*where, "densities"), densities(place, place.tap_names)
        yield file_stem(*where, "blocks"), blocks(place)
        for metric in place.models[0]["metrics"]:
            yield file_stem(*where, "scatter", metric), scatter(place, metric)


def file_stem(*parts: str) -> str:
    """A file name, without its ending, from words that may hold anything.

    >>> file_stem("nico", "", "evaluation", "boxes")
    'nico.evaluation.boxes'
    >>> file_stem("../etc", "boxes")
    'etc-f7f9.boxes'
    """
    return ".".join(_safe(part) for part in parts if part)


def _safe(word: str) -> str:
    """The word itself where it is a safe name, else what is safe of it and a hash that tells it from others."""
    plain = re.sub("[^A-Za-z0-9_=-]+", "-", word).strip("-")[:LONGEST]
    if plain == word:
        return word
    digest = hashlib.sha256(word.encode(errors="surrogatepass")).hexdigest()[:4]
    return f"{plain}-{digest}" if plain else digest


def _csv(head: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Tidy lines, empty where there is no number. A text that a spreadsheet would compute gets an apostrophe."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([head, *([_cell(value) for value in row] for row in rows)])
    return text.getvalue().encode(errors="replace")


def _cell(value: object) -> object:
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return "" if value is None else value


def _line(text: str) -> str:
    """A text of one line in which Markdown and HTML see nothing of theirs."""
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", " ".join(text.split()))
