"""The records of a run folder, as plain data and as a DataFrame."""

import shutil
from pathlib import Path

import pytest

from benchmark.plain.packing import unpacked
from leaderboard.cells import load_predictions, load_records
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


def test_what_networks_predict_gives_the_accuracy_of_their_records_back(toy_run: Path) -> None:
    records, frame = load_records(toy_run), load_predictions(toy_run)
    networks = [key for key, record in records.items() if record["work"] == "train"]
    assert list(dict.fromkeys(frame.index)) == networks
    assert len(frame) == 120 * len(networks)
    scores = load_records(toy_run, as_frame=True).query("work == 'score' and inputs == 'evaluation'")
    for network in networks:
        own = frame.loc[network]
        judged = own[own["judged"]]
        correct = judged["predicted"] == judged["label"]
        score = next(key for key in scores.index if records[key]["identity"]["train"] == network)
        assert correct.mean() == records[score]["metrics"]["accuracy"]["value"]
        assert correct.tolist() == (unpacked(records[score]["metrics"]["accuracy"]["by_example"]) == 1).tolist()
        assert own["example"].tolist() == list(range(120))
        assert own["group"].isna().all()


def test_a_pack_has_no_predictions() -> None:
    with pytest.raises(UserError, match=r"^circles: a pack holds no predictions; the run folder that it was made of"):
        load_predictions("circles")


def test_outputs_that_are_not_there_or_damaged(toy_run: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    (run / "plan.json").symlink_to(toy_run / "plan.json")
    assert len(load_predictions(run)) == 0
    network = next(key for key, record in load_records(toy_run).items() if record["work"] == "train")
    shutil.copytree(toy_run / "cells" / network, run / "cells" / network)
    (run / "cells" / network / "outputs.safetensors").write_bytes(b"")
    with pytest.raises(UserError, match="does not match its checksum; the same `memorank run` makes it anew"):
        load_predictions(run)
