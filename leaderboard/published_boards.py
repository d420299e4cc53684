"""The boards that are published with memorank: each is a pack in published/NAME/, beside the board that it gives.

In: what a user says: a path, or the name of a published board. Out: the path.
"""

from pathlib import Path

from registry import UserError
from registry.core import nearest

FOLDER = Path(__file__).with_name("published")
PACK, CHECK, BOARD = "pack.zip", "check.json", "board"  # in the folder of a board


def published() -> dict[str, Path]:
    """The packs of the published boards, by their names."""
    return {file.parent.name: file for file in sorted(FOLDER.glob(f"*/{PACK}"))}


def place_of(said: str | Path) -> Path:
    """The path that is meant: what is said, or where nothing lies there the pack of the board of that name.

    Raises:
        UserError: Nothing lies there, and the name of a published board is near.

    >>> place_of("runs/quick").as_posix()
    'runs/quick'
    """
    path, boards = Path(said), published()
    if path.exists() or len(path.parts) != 1:
        return path
    if path.name in boards:
        return boards[path.name]
    if near := nearest(path.name, boards):
        raise UserError(f"{path.name}: no such folder, and no published board; did you mean {near[0]!r}?")
    return path
