"""Published boards: meant by their names, unless something of that name lies there."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from leaderboard import published_boards
from leaderboard.cells import load_records
from leaderboard.comparing import compare
from leaderboard.loading import load_board
from leaderboard.published_boards import checked, place_of, published, summary
from registry import UserError


def test_a_name_means_the_pack_unless_something_lies_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "boards" / "mine").mkdir(parents=True)
    (tmp_path / "boards" / "mine" / "pack.zip").write_bytes(b"x")
    (tmp_path / "boards" / "empty").mkdir()
    monkeypatch.setattr(published_boards, "FOLDER", tmp_path / "boards")
    monkeypatch.chdir(tmp_path)
    assert published() == {"mine": tmp_path / "boards" / "mine" / "pack.zip"}
    assert place_of("mine") == place_of(Path("mine")) == tmp_path / "boards" / "mine" / "pack.zip"
    for said in ("other", "empty", "runs/mine", str(tmp_path / "mine")):
        assert place_of(said) == Path(said)
    (tmp_path / "mine").mkdir()
    assert place_of("mine") == Path("mine")


def test_a_published_board_has_one_line_with_its_size_and_how_far_it_was_checked() -> None:
    frame = load_records("circles")
    assert re.fullmatch(rf"{len(frame)} cells of the plan circles, 2\d{{3}}-\d\d-\d\d, bitwise", summary("circles"))
    check = checked("circles")
    assert check
    assert check["level"] == "bitwise"
    assert checked("nobody") is None


@pytest.mark.parametrize(
    "asked",
    [load_board, load_records, lambda name: compare(name, "bansal2022"), lambda name: compare("capacity", name)],
)
def test_a_name_that_is_nearly_one_is_named(
    asked: Callable[[str], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError, match=r"^panel-vison: no such folder, and no .* mean 'panel-vision'[?]$"):
        asked("panel-vison")
