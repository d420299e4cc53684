"""Where a board may be written: into a folder that is empty or holds a board, and over no file but its own.

In: a folder and the files that are to be written there. Out: nothing, or an error that names what is in the way.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from benchmark.process.ownership import building_of
from benchmark.process.paths import shown
from leaderboard.exports import ON_REQUEST
from leaderboard.pages.files import bibtex, model_card
from leaderboard.pages.files.parquet import MARK
from leaderboard.pages.sheets import SHEETS
from leaderboard.pages.tables.chapters import CHAPTERS
from leaderboard.rows.schema import SCHEMA
from registry import UserError
from registry.regular_files import open_regular

FIRST = 6  # columns of a CSV: those behind them may come and go from version to version
CHAPTER = b"% Needs \\usepackage{booktabs} and \\usepackage{graphicx}.\n"
# How every file of a board begins, so that it is known again. The later ones of several are those of older forms.
BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    "board.md": (b"# Board of plan ",),
    "board.tex": (b"% Compile with: pdflatex board.tex\n", b"% Board of plan "),
    "table2.tex": (CHAPTER,),
    **{f"{name}.tex": (CHAPTER,) for name in CHAPTERS},
    "board.html": (
        b'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        b'<meta name="generator" content="memorank board">\n',
    ),
    "board.json": tuple(b'{\n "schema": %d,\n "plan": "' % schema for schema in range(SCHEMA, 0, -1)),
    **{
        f"{name}.csv": tuple(",".join(sheet.names[:FIRST]).encode() + end for end in (b",", b"\n"))
        for name, sheet in SHEETS.items()
    },
    **{f"{name}.parquet": (b"PAR1",) for name in SHEETS},
    "board.bib": (bibtex.BEGINNING.encode(),),
    "model-card.md": (model_card.BEGINNING.encode(),),
}
FORMAT_OF = {"model-card.md": "card"}  # of files whose names do not end in it
OF_SCHEMA_1 = {
    "agreement.csv": b"suite,data,family,recipe,inputs,scope,metric,measure,tau,n,p,p_min,ties,beyond noise,",
    "models.csv": b"suite,data,origin,family,recipe,inputs,scope,condition,is,name,mean,sd,error,reason\n",
}
OF_SCHEMA_2 = {
    "pooled.csv": b"inputs,scope,measure,tau,p,p_holm,suites,left_out\n",
    "claims.csv": b"inputs,scope,measure,claim,of,shown,tau,p,suites,ahead,behind\n",
}
for _older in (OF_SCHEMA_1, OF_SCHEMA_2):
    for _name, _beginning in _older.items():
        BEGINNINGS[_name] += (_beginning,)

NOT_OURS = "{} is not a file of a board, and would be replaced: move it, or choose another place (--out)"
LONGEST = max(len(beginning) for several in BEGINNINGS.values() for beginning in several)


def check_place(place: Path, files: Iterable[str], force: bool) -> None:
    """See whether a board can be written into a folder; nothing is written.

    Args:
        place: The folder, which need not be there.
        files: The names that are to be written or removed there.
        force: Whether other files may lie beside the board's.

    Raises:
        UserError: A file of that name is there that is not of a board, or the folder holds other files only.
    """
    try:
        there = {path.name for path in place.iterdir() if building_of(path) is None}
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise UserError(f"{shown(place)}: Not a directory: the board needs one; choose another --out") from None
    own = {name for name in there & set(BEGINNINGS) if _is_of_a_board(place / name, name)}
    for name in sorted((there & set(files)) - own):
        raise UserError(NOT_OURS.format(shown(place / name)))
    if there and not own and not force:
        some = ", ".join(sorted(there)[:3]) + (", ..." if len(there) > 3 else "")
        raise UserError(
            f"{shown(place)} is not empty and holds no board but {some}; choose another --out, or say --force to put "
            "the board beside them"
        )


def check_file(file: Path, name: str) -> None:
    """See whether one file of a board can be written, whatever it is called.

    Args:
        file: Where it is to be written.
        name: Its name in the folder of a board.

    Raises:
        UserError: Something else is there.
    """
    if file.exists() and not _is_of_a_board(file, name):
        raise UserError(NOT_OURS.format(shown(file)))


def formats_there(place: Path) -> set[str]:
    """The formats in which a board is in a folder already, those on request too."""
    if not place.is_dir():
        return set()
    files = [path for path in place.iterdir() if path.name in BEGINNINGS and _is_of_a_board(path, path.name)]
    return {FORMAT_OF.get(path.name, path.suffix.removeprefix(".")) for path in files}


def requested_there(place: Path) -> list[str]:
    """Those of the formats on request in which a board is in a folder already."""
    there = formats_there(place)
    return [name for name in ON_REQUEST if name in there]


def _is_of_a_board(file: Path, name: str) -> bool:
    try:
        with os.fdopen(open_regular(file), "rb") as stream:
            begins = stream.read(LONGEST).startswith(BEGINNINGS[name])
            return begins and (not name.endswith(".parquet") or MARK in _footer(stream))
    except OSError:
        return False


def _footer(stream: BinaryIO) -> bytes:
    """What a Parquet file says of itself: it stands before its own length in four bytes and the last four."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - 8))
    length = int.from_bytes(stream.read(8)[:4], "little")
    stream.seek(max(0, size - 8 - length))
    return stream.read(length)
