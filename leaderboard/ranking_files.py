"""The files of a ranking: ranking.json, and ranking.csv with the scores.

In: a `Ranking` and a place. Out: files, each replaced by one rename; a file of somebody else's never is.
"""

import json
import os
from pathlib import Path

from benchmark.process.files import write_file, write_json
from leaderboard.ranking import Ranking
from registry import UserError
from registry.foreign_text import in_csv
from registry.regular_files import read_regular

JSON, CSV = "ranking.json", "ranking.csv"
HEAD = b"network,measure,value,error,reason,"
KEYS = {"schema", "ordered_by", "orders", "networks", "numbers", "trust"}


def write_ranking(ranking: Ranking, place: Path) -> Path:
    """Write into a folder both files, into NAME.json the content alone. Returns the place.

    Raises UserError where a file is there that is no ranking's.
    """
    if place.suffix == ".json" and not place.is_dir():
        check_place(place)
        write_json(place, ranking.to_dict())
        return place
    check_place(place)
    write_json(place / JSON, ranking.to_dict())
    scores = ranking.scores
    scores["network"] = scores["network"].map(in_csv)
    write_file(place / CSV, scores.to_csv(index=False).encode("utf-8", "backslashreplace"))
    return place


def check_place(place: Path) -> None:
    """Raises UserError where something is in the way of what `write_ranking` writes there."""
    if place.suffix == ".json" and not place.is_dir():
        check_json(place)
        return
    check_json(place / JSON)
    if os.path.lexists(place / CSV) and not _begins(place / CSV, HEAD):
        raise UserError(f"{place / CSV} is no ranking's, and would be replaced: give another folder")


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
