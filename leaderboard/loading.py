"""A board read back from disk.

In: a run folder, a board folder, a board.json, a pack or the name of a published board. Out: the board, or an error of
one line that says what to do.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmark.plain.canonical import canonical
from benchmark.plain.strict_json import read_json
from benchmark.process.paths import absolute, shown
from benchmark.run_folder.packs.reading import is_pack, read_pack
from benchmark.run_folder.store import read_bytes
from leaderboard.board import Board
from leaderboard.published_boards import place_of
from leaderboard.rows.assembly import build_board
from leaderboard.rows.schema import SCHEMA
from registry import UserError

LISTS = (
    *("suites", "agreement", "metrics", "taps", "ends", "models", "missing", "warnings", "ties", "pooled", "claims"),
    *("verdict", "hypotheses"),
)
OBJECTS = ("estimator", "size", "made")
TEXTS = ("plan", "plan_digest", "digest")
ANEW = "`memorank report` writes it anew from the records"


def load_board(place: str | Path) -> Board:
    """Read a board.

    Args:
        place: A run folder, whose own board is read; the folder of any board; a board.json; a pack, whose board is made
            from its records; or the name of a published board.

    Returns:
        The board. Its content is what was written, since its digest has been checked.

    Raises:
        UserError: There is no board, or it is damaged, changed, or of another version of memorank.
    """
    found = absolute(place_of(place))
    if is_pack(found):
        return Board(build_board(*read_pack(found)))
    file = _file(found)
    try:
        content: Any = read_json(read_bytes(file))
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        cure = ANEW if file.suffix == ".json" else "give its board.json, or the folder of that"
        raise UserError(f"{shown(file)} cannot be read as a board: {said}; {cure}") from None
    if problem := _problem(content):
        raise UserError(f"{shown(file)} {problem}")
    return Board(content)


def digest_of(content: Mapping[str, object]) -> str:
    """The digest of a board: SHA-256 of its content without the field itself, however the file is laid out.

    >>> digest_of({"plan": "toy", "digest": "?"}) == digest_of({"plan": "toy"})
    True
    """
    plain = canonical({name: part for name, part in content.items() if name != "digest"})
    return hashlib.sha256(plain.encode()).hexdigest()


def _file(place: Path) -> Path:
    if not place.is_dir():
        if place.exists():
            return place
        raise UserError(
            f"{shown(place)} is not there: give a run folder, the folder of a board, its board.json, or a pack"
        )
    for file in (place / "board.json", place / "board" / "board.json"):
        if file.exists():
            return file
    raise UserError(f"{shown(place)} holds no board.json, nor has it a board/: `memorank report` writes one for a run")


def _problem(content: Any) -> str | None:
    """Why this is not the content of a board of this version, None where it is."""
    if not isinstance(content, dict) or not isinstance(content.get("schema"), int) or "agreement" not in content:
        return "is no board"
    if content["schema"] > SCHEMA:
        return f"is a board of schema {content['schema']}, which a later version wrote: use that one"
    if content["schema"] < SCHEMA:
        return f"is a board of schema {content['schema']}, which an earlier version wrote; {ANEW}"
    for kind, names in ((list, LISTS), (dict, OBJECTS), (str, TEXTS)):
        for name in names:
            if not isinstance(content.get(name), kind):
                return f"is a damaged board: it has no usable {name!r}; {ANEW}"
    if content["digest"] != digest_of(content):
        return f"is not what was written: its content has not its digest; {ANEW}"
    return None
