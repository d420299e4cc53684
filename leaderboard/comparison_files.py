"""The files of a comparison: comparison.json, a CSV file for each of its sheets, and the page comparison.html.

In: the content of comparison.json and a place. Out: files, each replaced by one rename; a file of somebody else's never
is.
"""

import os
from pathlib import Path

from benchmark.process.files import write_file
from benchmark.process.ownership import building_of
from benchmark.process.paths import shown
from leaderboard.content.comparison import ComparisonContent
from leaderboard.pages.files.comparison_files import JSON, PAGE, comparison_files, page, plain_json
from leaderboard.pages.sheets.comparison import COMPARISON_SHEETS
from registry import UserError
from registry.regular_files import read_regular

BEGINNINGS = {
    PAGE: '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="generator" content="memorank comparison">\n',
    JSON: '{\n "kind": "memorank comparison",\n',
    **{f"comparison_{name}.csv": ",".join(sheet.names) for name, sheet in COMPARISON_SHEETS.items()},
}


def write_comparison(content: ComparisonContent, place: Path, force: bool = False) -> Path:
    """Write into a folder all files, into NAME.json the content alone, into NAME.html the page. Returns the place.

    Raises UserError where a file is there that is no comparison's, or a folder holds other files only, without `force`.
    """
    check_place(place, force)
    if _is_a_file(place):
        write_file(place, (page(content) if place.suffix == ".html" else plain_json(content)).encode())
    else:
        for name, text in comparison_files(content).items():
            write_file(place / name, text.encode())
    return place


def check_place(place: Path, force: bool) -> None:
    """Raises UserError where something is in the way of what `write_comparison` writes there."""
    if _is_a_file(place):
        _check(place, PAGE if place.suffix == ".html" else JSON)
        return
    if os.path.lexists(place) and not place.is_dir():
        raise UserError(f"{shown(place)} is no folder: give one for the comparison, or NAME.html or NAME.json")
    for name in BEGINNINGS:
        _check(place / name, name)
    there = {path.name for path in place.iterdir() if building_of(path) is None} if place.is_dir() else set()
    if there and not there & set(BEGINNINGS) and not force:
        some = ", ".join(sorted(there)[:3]) + (", ..." if len(there) > 3 else "")
        raise UserError(
            f"{shown(place)} is not empty and holds no comparison but {some}; choose another --out, or say --force to "
            "put the comparison beside them"
        )


def _check(file: Path, name: str) -> None:
    if os.path.lexists(file) and not _begins(file, BEGINNINGS[name].encode()):
        raise UserError(
            f"{shown(file)} is no file of a comparison, and would be replaced: move it, or give another place"
        )


def _begins(file: Path, head: bytes) -> bool:
    try:
        return read_regular(file).startswith(head)
    except OSError:
        return False


def _is_a_file(place: Path) -> bool:
    """Whether a place is that of one file, by its name."""
    return place.suffix in (".json", ".html") and not place.is_dir()
