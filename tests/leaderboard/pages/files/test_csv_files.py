"""The board's CSV files: they load as the DataFrames do, and no text is computed by a spreadsheet."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_boards import CHOSEN, EITHER, entry, measure, plan, records, resolved, value

from leaderboard.board import Board
from leaderboard.pages.files.csv_files import csv_files, written
from leaderboard.pages.sheets import SHEETS
from leaderboard.pages.sheets.frames import DTYPES
from leaderboard.rows.assembly import build_board

FORMULAS = ['=cmd|" /C calc"!A0', "+SUM(1)", "-x", "@SUM(A1)", "\t=1", " =1+1", "\r=1"]


@pytest.mark.parametrize("recipes", [1, 3])
def test_a_file_loads_as_the_dataframe_of_its_name(recipes: int) -> None:
    made = resolved(recipes, seeds=3)
    found = records(made)
    del found[next(cell["key"] for cell in made["cells"] if cell["work"] == "score")]
    board = build_board(made, found)
    for name, sheet in SHEETS.items():
        text = csv_files(board)[f"{name}.csv"]
        if text is None:
            assert name in ("sensitivity", "measures")
            continue
        dtypes = {column.name: DTYPES[column.kind] for column in sheet.columns}
        pd.testing.assert_frame_equal(pd.read_csv(io.StringIO(text), dtype=dtypes), Board(board).frame(name))


def test_numbers_load_as_numbers_without_being_told() -> None:
    board = build_board(resolved(), records(resolved()))
    files = csv_files(board)
    agreement = pd.read_csv(io.StringIO(files["agreement.csv"] or ""))
    for name in ("tau", "p", "p_min", "regret", "paper", "within_tau", "beyond_noise_tau"):
        assert agreement[name].dtype == "float64", name
    assert list(agreement["tau"]) == [row["tau"] for row in board["agreement"]]
    assert list(agreement["p"]) == [row["p"] for row in board["agreement"]]  # in full precision
    models = pd.read_csv(io.StringIO(files["models.csv"] or ""))
    assert all(models[name].dtype == "float64" for name in ("condition", "mean", "sd", "error"))


def test_a_missing_number_is_an_empty_cell() -> None:
    made, found = resolved(), records(resolved())
    for record in found.values():
        if "measures" in record:
            record["measures"]["mean-mi"] = value(None)
    rows = list(csv.DictReader(io.StringIO(csv_files(build_board(made, found))["agreement.csv"] or "")))
    assert [row["tau"] == row["p"] == "" for row in rows] == [True, False, True, False]
    assert all(cell not in ("-", "None", "nan") for row in rows for cell in row.values())


@pytest.mark.parametrize("text", FORMULAS)
def test_no_name_begins_a_formula(text: str) -> None:
    made = plan(
        [entry(text, [-1.0, 0.0, 1.0], data=text, family=text)], {"mean-mi": measure(CHOSEN), text: measure(EITHER)}
    )
    found = records(made | {"cells": [cell | {"condition": abs(cell["condition"])} for cell in made["cells"]]})
    for record in found.values():
        record.get("measures", {})[text] = value(1.0)
    board = build_board(made, found)
    board["warnings"] = [{"key": "k", "warning": text}]
    for content in csv_files(board).values():
        for row in csv.reader(io.StringIO(content or "")):
            assert not [
                cell for cell in row if cell.startswith(("=", "+", "@", "\t", "\r")) or cell.lstrip()[:1] == "="
            ]
            assert not [cell for cell in row if cell.startswith("-") and not float(cell) <= 0]
    models = pd.read_csv(io.StringIO(csv_files(board)["models.csv"] or ""))
    assert models["condition"].min() == -1


@given(st.one_of(st.floats(allow_nan=False), st.integers()))
def test_a_number_stands_as_it_is(number: float) -> None:
    assert type(number)(written(number)) == number


@given(st.text())
def test_a_text_is_one_line_that_can_be_written_and_begins_no_formula(text: str) -> None:
    cell = written(text)
    cell.encode()
    assert len(cell.splitlines()) <= 1 or not set(cell) & set("\r\n\x0b\x0c\x1c\x1d\x1e\x85")
    begins = cell.lstrip()[:1]
    if begins and begins in "=+-@":
        float(cell)
