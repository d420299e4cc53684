"""The board's Parquet files: they load as the DataFrames do, and the same board gives the same bytes."""

import io

import pandas as pd
import pytest
from made_boards import CHOSEN, entry, measure, plan, records, resolved
from made_panels import panel_board
from pyarrow import parquet

from leaderboard.board import Board
from leaderboard.pages.files.csv_files import csv_files
from leaderboard.pages.files.parquet import MARK, parquet_files
from leaderboard.pages.sheets import SHEETS
from leaderboard.rows.assembly import build_board


def loaded(content: bytes | None) -> pd.DataFrame:
    assert content is not None
    return pd.read_parquet(io.BytesIO(content))


@pytest.mark.parametrize("recipes", [1, 3])
def test_a_file_loads_as_the_dataframe_of_its_name(recipes: int) -> None:
    made = resolved(recipes, seeds=3)
    found = records(made)
    del found[next(cell["key"] for cell in made["cells"] if cell["work"] == "score")]
    board = build_board(made, found)
    files = parquet_files(board)
    assert list(files) == [f"{name}.parquet" for name in SHEETS]
    for name in SHEETS:
        if files[f"{name}.parquet"] is None:
            assert csv_files(board)[f"{name}.csv"] is None
            continue
        pd.testing.assert_frame_equal(loaded(files[f"{name}.parquet"]), Board(board).frame(name))


def test_other_readers_than_pandas_see_the_kinds_of_values() -> None:
    table = parquet.read_table(
        io.BytesIO(parquet_files(build_board(resolved(), records(resolved())))["agreement.parquet"])
    )
    kinds = {
        name: str(table.schema.field(name).type).removeprefix("large_") for name in ("suite", "tau", "n", "placebo")
    }
    assert kinds == {"suite": "string", "tau": "double", "n": "int64", "placebo": "bool"}
    assert table.schema.metadata[MARK] == b"agreement"
    assert table.column("reason").null_count == table.num_rows == 4


def test_the_same_records_give_the_same_bytes_in_any_order() -> None:
    made, found = resolved(3), records(resolved(3))
    turned = dict(reversed(found.items()))
    assert parquet_files(build_board(made, found)) == parquet_files(build_board(made, turned))


def test_a_board_of_measures_has_its_sheet() -> None:
    board = panel_board(recipes=3)
    pd.testing.assert_frame_equal(loaded(parquet_files(board)["measures.parquet"]), Board(board).frame("measures"))


def test_a_name_that_no_file_can_hold_is_written_as_in_a_csv_file() -> None:
    made = plan([entry("=a\ud800b\x1b", [0.0, 0.5, 1.0])], {"mean-mi": measure(CHOSEN)})
    found = {
        cell["key"]: {"outcome": "done", "training_accuracy": 1.0} for cell in made["cells"] if cell["work"] == "train"
    }
    suites = loaded(parquet_files(build_board(made, found))["suites.parquet"])
    assert list(suites["suite"]) == ["=a b "]
