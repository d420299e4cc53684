"""The types of a board say what boards hold: every key of them, and no other."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_boards import records, resolved
from page_boards import whole_board
from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from benchmark.plain.strict_json import read_json
from leaderboard.content.board import BoardContent
from leaderboard.rows.assembly import build_board

EXACTLY: TypeAdapter[Any] = TypeAdapter(with_config(ConfigDict(extra="forbid", strict=True))(BoardContent))


def made() -> dict[str, Any]:
    return build_board(resolved(recipes=3), records(resolved(recipes=3)))


def test_a_board_that_a_run_has_written_has_the_types_that_are_declared(toy_run: Path) -> None:
    EXACTLY.validate_python(read_json((toy_run / "board" / "board.json").read_bytes()))


@pytest.mark.parametrize("board", [made, whole_board], ids=["several recipes", "two kinds of inputs"])
def test_so_has_a_board_with_all_that_a_board_may_hold(board: Callable[[], dict[str, Any]]) -> None:
    EXACTLY.validate_python(board())


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda board: board.update(more=1), ("more",)),
        (lambda board: board["agreement"][0].update(tau="x"), ("agreement", 0, "tau")),
        (lambda board: board["models"][0]["measures"]["steps"].pop("mean"), ("models", 0, "measures", "steps", "mean")),
    ],
)
def test_a_board_with_a_key_more_or_less_or_of_another_type_has_not(change: Any, place: tuple[Any, ...]) -> None:
    board = made()
    change(board)
    with pytest.raises(ValidationError) as error:
        EXACTLY.validate_python(board)
    assert [one["loc"] for one in error.value.errors()] == [place]
