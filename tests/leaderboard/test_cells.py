"""The records of a run folder, as plain data and as a DataFrame."""

from pathlib import Path

import pytest

from leaderboard.cells import load_records
from registry import UserError


def test_records_as_a_dataframe_have_a_row_for_each_cell(toy_run: Path) -> None:
    records = load_records(toy_run)
    frame = load_records(toy_run, as_frame=True)
    assert set(frame.index) == records.keys()
    about = ["suite", "data", "family", "recipe", "condition", "seed", "work", "inputs", "scope"]
    assert list(frame.columns[:9]) == about
    for key, record in records.items():
        row = frame.loc[key]
        assert row["outcome"] == record["outcome"]
        for role in ("measure", "metric"):
            for name, value in record.get(f"{role}s", {}).items():
                assert row[f"{role} {name}"] == value["value"]
    scored = frame[(frame["work"] == "score") & (frame["inputs"] == "evaluation")]
    means = scored.groupby(["suite", "condition"])["metric accuracy"].mean()
    assert len(means) == 6


def test_a_cell_without_a_record_has_a_row_without_numbers(toy_run: Path, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "plan.json").symlink_to(toy_run / "plan.json")
    frame = load_records(tmp_path / "run", as_frame=True)
    assert len(frame) == len(load_records(toy_run, as_frame=True))
    assert frame["outcome"].isna().all()
    with pytest.raises(UserError, match="is no run folder"):
        load_records(tmp_path, as_frame=True)
