"""Boards read back: from a run folder, a board folder or a file; what cannot be used is refused in one line."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_boards import records, resolved

from benchmark.run_folder.packs.writing import pack, write_pack
from leaderboard.loading import load_board
from leaderboard.rows.assembly import build_board
from registry import UserError


@pytest.fixture
def content() -> dict[str, Any]:
    return build_board(resolved(), records(resolved()))


def test_a_run_folder_a_board_folder_and_a_file_give_the_same_board(toy_run: Path) -> None:
    board = load_board(toy_run)
    assert board == load_board(toy_run / "board") == load_board(str(toy_run / "board" / "board.json"))
    assert board.to_dict() == json.loads((toy_run / "board" / "board.json").read_text())


def test_the_page_of_a_board_is_no_board_and_the_file_to_give_is_named(toy_run: Path) -> None:
    with pytest.raises(
        UserError, match=r"board\.html cannot be read as a board: .*; give its board\.json, or the folder"
    ):
        load_board(toy_run / "board" / "board.html")


def test_a_pack_gives_the_board_of_its_records(toy_run: Path, tmp_path: Path) -> None:
    write_pack(pack(toy_run, "my-toy"), tmp_path / "toy.zip")
    board, whole = load_board(tmp_path / "toy.zip"), load_board(toy_run)
    for name in ("agreement", "models", "pooled", "claims", "suites", "ends", "taps"):
        assert board.content[name] == whole.content[name]  # type: ignore[literal-required]
    assert board.content["figures"] != whole.content["figures"]  # they are of arrays, which no pack has


DAMAGE: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "foreign": (lambda board: {"schema": 2, "cells": []}, "is no board"),
    "a list": (lambda board: [], "is no board"),
    "schema 1": (
        lambda board: {**board, "schema": 1},
        "of schema 1, which an earlier version wrote; `memorank report`",
    ),
    "later": (lambda board: {**board, "schema": 99}, "of schema 99, which a later version wrote: use that one"),
    "a part gone": (lambda board: {**board, "models": None}, "is a damaged board: it has no usable 'models'"),
    "changed": (lambda board: {**board, "plan": "other"}, "is not what was written: its content has not its digest"),
    "no digest": (lambda board: {**board, "digest": None}, "is a damaged board: it has no usable 'digest'"),
}


@pytest.mark.parametrize("case", DAMAGE)
def test_what_is_no_board_of_this_version_is_refused(case: str, content: dict[str, Any], tmp_path: Path) -> None:
    damage, said = DAMAGE[case]
    (tmp_path / "board.json").write_text(json.dumps(damage(content)))
    with pytest.raises(UserError) as refused:
        load_board(tmp_path)
    assert said in str(refused.value)
    assert "board.json" in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize("text", [b"", b"{", b'{"a": NaN}', b"\xff", b"[" * 5000, b'{"plan": "\\ud800"}'])
def test_what_is_no_json_is_refused(text: bytes, tmp_path: Path) -> None:
    (tmp_path / "board.json").write_bytes(text)
    with pytest.raises(UserError, match=r"board\.json cannot be read as a board: .*; `memorank report` writes it anew"):
        load_board(tmp_path)


def test_where_there_is_no_board_it_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"holds no board\.json, nor has it a board/: `memorank report` writes one"):
        load_board(tmp_path)
    with pytest.raises(UserError, match="nowhere is not there: give a run folder"):
        load_board(tmp_path / "nowhere")
    (tmp_path / "board.json").mkdir()
    with pytest.raises(UserError, match="cannot be read as a board: not a regular file"):
        load_board(tmp_path)


def test_a_board_that_is_laid_out_anew_is_the_same(toy_run: Path, tmp_path: Path) -> None:
    shutil.copy(toy_run / "board" / "board.json", tmp_path / "board.json")
    text = json.dumps(json.loads((tmp_path / "board.json").read_text()), sort_keys=True)
    (tmp_path / "board.json").write_text(text)
    assert load_board(tmp_path) == load_board(toy_run)
