"""The boards that are published with memorank: each is a pack in published/NAME/, beside the board that it gives.

In: what a user says: a path, or the name of a published board. Out: the path.
"""

from pathlib import Path

FOLDER = Path(__file__).with_name("published")
PACK, CHECK, BOARD = "pack.zip", "check.json", "board"  # in the folder of a board


def published() -> dict[str, Path]:
    """The packs of the published boards, by their names."""
    return {file.parent.name: file for file in sorted(FOLDER.glob(f"*/{PACK}"))}


def place_of(said: str | Path) -> Path:
    """The path that is meant: what is said, or where nothing lies there the pack of the board of that name.

    >>> place_of("runs/quick").as_posix()
    'runs/quick'
    """
    path = Path(said)
    if path.exists() or len(path.parts) != 1:
        return path
    return published().get(path.name, path)
