"""The files of a ranking: ranking.json, ranking.csv with the scores, and the page ranking.html.

In: a `Ranking` and a place. Out: files, each replaced by one rename; a file of somebody else's never is.
"""

import json
import os
from pathlib import Path

from benchmark.process.files import write_file, write_json
from leaderboard.pages.web.ranking import BEGINNING, PAGE, ranking_html
from leaderboard.ranking import Ranking
from leaderboard.rows.ranking_shapes import tap_shapes
from registry import UserError
from registry.foreign_text import in_csv
from registry.regular_files import read_regular

JSON, CSV = "ranking.json", "ranking.csv"
HEAD = b"network,measure,value,error,reason,"
OTHERS = (".csv", ".md", ".pdf", ".png", ".svg", ".tex", ".txt")  # endings of files that somebody may expect
KEYS = {"schema", "ordered_by", "orders", "networks", "numbers", "trust"}


def write_ranking(ranking: Ranking, place: Path) -> Path:
    """Write into a folder all files, into NAME.json the content alone, into NAME.html the page. Returns the place.

    Raises UserError where a file is there that is no ranking's.
    """
    check_place(place)
    alone = _is_a_file(place)
    if alone and place.suffix == ".html":
        write_file(place, _page(ranking))
    elif alone:
        write_json(place, ranking.to_dict())
    else:
        scores = ranking.scores
        scores["network"] = scores["network"].map(in_csv)
        page = _page(ranking)
        write_json(place / JSON, ranking.to_dict())
        write_file(place / CSV, scores.to_csv(index=False).encode("utf-8", "backslashreplace"))
        write_file(place / PAGE, page)
    return place


def check_place(place: Path) -> None:
    """Raises UserError where something is in the way of what `write_ranking` writes there."""
    if _is_a_file(place):
        (_check_page if place.suffix == ".html" else check_json)(place)
        return
    if place.suffix in OTHERS and not place.is_dir():
        raise UserError(f"{place}: no ranking is written as {place.suffix}: give a folder, NAME.html or NAME.json")
    if os.path.lexists(place) and not place.is_dir():
        raise UserError(f"{place} is no folder: give one for the ranking, or NAME.html or NAME.json")
    check_json(place / JSON)
    if os.path.lexists(place / CSV) and not _begins(place / CSV, HEAD):
        raise UserError(f"{place / CSV} is no ranking's, and would be replaced: give another folder")
    _check_page(place / PAGE)


def _is_a_file(place: Path) -> bool:
    """Whether a place is that of one file, by its name."""
    return place.suffix in (".json", ".html") and not place.is_dir()


def _page(ranking: Ranking) -> bytes:
    return ranking_html(ranking.content, tap_shapes(ranking.content)).encode("utf-8", "backslashreplace")


def _check_page(file: Path) -> None:
    """Raises UserError where a file is there that is no page of a ranking."""
    if os.path.lexists(file) and not _begins(file, BEGINNING):
        raise UserError(f"{file} is no page of a ranking, and would be replaced: give another place")


def _begins(file: Path, head: bytes) -> bool:
    try:
        return read_regular(file).startswith(head)
    except OSError:
        return False


def check_json(file: Path) -> None:
    """Raises UserError where a file is there that holds no ranking."""
    if not os.path.lexists(file):
        return
    try:
        content = json.loads(read_regular(file))
    except (OSError, ValueError, RecursionError):
        content = None
    if not isinstance(content, dict) or not content.keys() >= KEYS:
        raise UserError(f"{file} is no ranking, and would be replaced: give another place")
