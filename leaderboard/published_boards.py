"""The boards that are published with memorank: each is a pack in published/NAME/, beside the board that it gives.

In: what a user says: a path, or the name of a published board. Out: the path.
"""

import json
from pathlib import Path
from typing import TypedDict, cast

from benchmark.run_folder.packs.reading import read_facts
from registry import UserError
from registry.core import nearest

FOLDER = Path(__file__).with_name("published")
PACK, CHECK, BOARD = "pack.zip", "check.json", "board"  # in the folder of a board


def published() -> dict[str, Path]:
    """The packs of the published boards, by their names."""
    return {file.parent.name: file for file in sorted(FOLDER.glob(f"*/{PACK}"))}


class Check(TypedDict):
    """What check.json says: the weakest level of the cells drawn by a seed, on which processor, by which version."""

    level: str
    cells: int
    seed: int
    on: str
    memorank: str


def checked(name: str) -> Check | None:
    """How far a published board was checked; None where nobody did."""
    file = FOLDER / name / CHECK
    return cast(Check, json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None


def summary(name: str) -> str:
    """One line about a published board: its plan, its size, when it was begun, and how far it was checked."""
    facts = read_facts(FOLDER / name / PACK)
    check = checked(name)
    level = check["level"] if check else "claimed"
    return f"{facts['cells']:,} cells of the plan {facts['plan']}, {str(facts['started'])[:10]}, {level}"


def place_of(said: str | Path) -> Path:
    """The path that is meant: what is said, or where nothing lies there the pack of the board of that name.

    Raises:
        UserError: Nothing lies there, and the name of a published board is near.

    >>> place_of("runs/quick").as_posix()
    'runs/quick'
    """
    path = Path(said)
    if path.exists() or len(path.parts) != 1:
        return path
    boards = published()
    if path.name in boards:
        return boards[path.name]
    if near := nearest(path.name, boards):
        raise UserError(f"{path.name}: no such folder, and no published board; did you mean {near[0]!r}?")
    return path
