"""The files of a ranking: ranking.json, and ranking.csv with the scores.

In: a `Ranking` and a place. Out: files, each replaced by one rename; a file of somebody else's never is.
"""

import json
from pathlib import Path

from benchmark.process.files import write_file, write_json
from leaderboard.ranking import Ranking
from registry import UserError
from registry.regular_files import read_regular

JSON, CSV = "ranking.json", "ranking.csv"
HEAD = b"network,measure,value,error"


def write_ranking(ranking: Ranking, place: Path) -> Path:
    """Write into a folder both files, into NAME.json the content alone. Returns the place.

    Raises UserError where a file is there that is no ranking's.
    """
    if place.suffix == ".json" and not place.is_dir():
        check_json(place)
        write_json(place, ranking.to_dict())
        return place
    check_json(place / JSON)
    if (place / CSV).exists() and not read_regular(place / CSV).startswith(HEAD):
        raise UserError(f"{place / CSV} is no ranking's, and would be replaced: give another folder")
    write_json(place / JSON, ranking.to_dict())
    write_file(place / CSV, ranking.scores.to_csv(index=False).encode())
    return place


def check_json(file: Path) -> None:
    """Raises UserError where a file is there that holds no ranking."""
    if not file.exists():
        return
    try:
        content = json.loads(read_regular(file))
    except (OSError, ValueError, RecursionError):
        content = None
    if not isinstance(content, dict) or "ordered_by" not in content:
        raise UserError(f"{file} is no ranking, and would be replaced: give another place")
