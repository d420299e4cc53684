"""Where a board may be written: into a folder that is empty or holds a board, and over no file but its own.

In: a folder and the files that are to be written there. Out: nothing, or an error that names what is in the way.
"""

from collections.abc import Iterable
from pathlib import Path

from benchmark.ownership import building_of
from benchmark.paths import shown
from registry import UserError

# How every file of a board begins, so that it is known again.
BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    "board.md": (b"# Board of plan ",),
    "board.tex": (b"% Compile with: pdflatex board.tex\n", b"% Board of plan "),  # the second is that of version 0.1.0
    "table2.tex": (b"% Needs \\usepackage{booktabs} and \\usepackage{graphicx}.\n",),
    "board.json": (b'{\n "schema": 2,\n "plan": "', b'{\n "schema": 1,\n "plan": "'),
    "board.html": (
        b'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        b'<meta name="generator" content="memorank board">\n',
    ),
    "agreement.csv": (b"suite,data,family,recipe,inputs,scope,metric,measure,tau,n,p,p_min,ties,beyond noise,",),
    "models.csv": (b"suite,data,origin,family,recipe,inputs,scope,condition,is,name,mean,sd,error,reason\n",),
    "sensitivity.csv": (b"suite,data,family,metric,measure,inputs,axis,label,tau,keeps\n",),
}


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
    own = {name for name in there & set(BEGINNINGS) if _is_of_a_board(place / name)}
    for name in sorted((there & set(files)) - own):
        raise UserError(
            f"{shown(place / name)} is not a file of a board, and would be replaced: move it, or choose another --out"
        )
    if there and not own and not force:
        some = ", ".join(sorted(there)[:3]) + (", ..." if len(there) > 3 else "")
        raise UserError(
            f"{shown(place)} is not empty and holds no board but {some}; choose another --out, or say --force to put "
            "the board beside them"
        )


def _is_of_a_board(file: Path) -> bool:
    try:
        with file.open("rb") as stream:
            return stream.read(LONGEST).startswith(BEGINNINGS[file.name])
    except OSError:
        return False
