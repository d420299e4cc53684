"""What a board can be written as: the formats of every board, and those that are written where they are asked for.

In: the content of board.json and names of formats. Out: files by name. What stands on request is no part of a board as
it is written by itself, but is written anew with it where it lies beside it.
"""

from collections.abc import Callable, Iterable, Mapping

from leaderboard.content.board import BoardContent
from leaderboard.pages.files.bibtex import bibtex
from leaderboard.pages.files.formats import FORMATS
from leaderboard.pages.files.model_card import model_card_file
from leaderboard.pages.files.parquet import parquet_files
from leaderboard.references import all_references, used_by
from registry import UserError, did_you_mean

Exported = Mapping[str, str | bytes | None]  # by name; None is a file that this board does not have


def _bib(board: BoardContent) -> Exported:
    used = [(one.kind, one.name, one.reference) for one in used_by(board)]
    return bibtex(board, used, all_references())


ON_REQUEST: dict[str, Callable[[BoardContent], Exported]] = {
    "parquet": parquet_files,
    "card": model_card_file,
    "bib": _bib,
}


def export(board: BoardContent, formats: Iterable[str]) -> dict[str, str | bytes | None]:
    """The files of a board in some formats.

    Args:
        board: The content of board.json.
        formats: Names of formats, of every board or on request.

    Returns:
        Texts and bytes by name, None for a file that this board does not have.
    """
    writers: dict[str, Callable[[BoardContent], Exported]] = {**FORMATS, **ON_REQUEST}
    return {file: content for name in formats for file, content in writers[name](board).items()}


def chosen_formats(text: str | None) -> list[str]:
    """The names of a comma-separated list of formats, those of every board where the list is empty or None.

    Raises:
        UserError: A name is no format; the nearest one is named.

    >>> chosen_formats("md,parquet"), chosen_formats(None)
    (['md', 'parquet'], ['md', 'csv', 'tex', 'json', 'html'])
    """
    names = text.split(",") if text else list(FORMATS)
    for name in names:
        if name not in FORMATS and name not in ON_REQUEST:
            raise UserError(f"unknown format {name!r}{did_you_mean(name, [*FORMATS, *ON_REQUEST])}")
    return names
