"""The files of a board written to disk.

In: the files by name, or the content of board.json. Out: files, each replaced by one rename.
"""

from collections.abc import Mapping
from pathlib import Path

from benchmark.process.files import write_file
from leaderboard.content.board import BoardContent
from leaderboard.exports import export
from leaderboard.pages.files.formats import FORMATS, json_text
from leaderboard.places import check_file, check_place, requested_there


def write_files(files: Mapping[str, str | bytes | None], place: Path, force: bool) -> None:
    """Write the files of a board into a folder; one that this board does not have is removed there.

    Args:
        files: Texts or bytes by name, None for a file that the board does not have.
        place: The folder, which need not be there.
        force: Whether the folder may hold other files too.

    Raises:
        UserError: The folder holds files of somebody else's.
    """
    check_place(place, files, force)
    for file, content in files.items():
        if content is None:
            (place / file).unlink(missing_ok=True)
        else:
            write_file(place / file, as_bytes(content))


def as_bytes(content: str | bytes) -> bytes:
    """What a file holds on disk."""
    return content.encode() if isinstance(content, str) else content


def write_content(board: BoardContent, place: Path, force: bool) -> None:
    """Write a board into a folder, as `write_files` does; nobody knows what its records cost.

    It has the formats of every board, and those on request that lie there already.
    """
    write_files(export(board, [*FORMATS, *requested_there(place)]), place, force)


def write_json(board: BoardContent, file: Path) -> None:
    """Write board.json alone, under any name. Raises UserError where a file is there that is no board."""
    check_file(file, "board.json")
    write_file(file, (json_text(board)["board.json"] or "").encode())
