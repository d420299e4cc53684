"""What a train record keeps of a network on a plane, and that nothing else of the record hangs on it."""

import base64
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from real_command import Command

from benchmark.inspection.recomputation import _compared
from benchmark.networks.plane import as_bytes, plane_inputs, plane_reading
from benchmark.plan.cells import resolve
from benchmark.plan.reading import read_plan
from benchmark.run.compute import compute
from benchmark.run_folder.shapes import DamagedCell, check_record
from registry import SUITES, Plane


def plane(side: int = 3) -> Plane:
    along = np.linspace(-1, 1, side, dtype=np.float32)
    x, y = np.meshgrid(along, along)
    return Plane(-1.0, 1.0, side, lambda: np.column_stack([x.ravel(), y.ravel()]))


def test_a_neuron_is_read_row_by_row_from_low_y() -> None:
    read = plane_reading(plane(), lambda grid: {"first": np.column_stack([grid.inputs[:, 0], grid.inputs[:, 1]])})
    assert (read["low"], read["high"], read["side"]) == (-1.0, 1.0, 3)
    x, y = (np.frombuffer(base64.b64decode(text), np.uint8).reshape(3, 3) for text in read["taps"]["first"])
    assert x.tolist() == [[0, 128, 255]] * 3
    assert y.tolist() == [[0] * 3, [128] * 3, [255] * 3]


@pytest.mark.parametrize("values", [[2.0, 2.0], [1.0, np.nan], [1.0, np.inf], [-np.inf, np.inf]])
def test_a_neuron_that_has_no_span_is_all_zero(values: list[float]) -> None:
    assert base64.b64decode(as_bytes(np.array(values, dtype=np.float32))) == b"\0\0"


@pytest.mark.parametrize(("low", "high", "side"), [(1.0, 1.0, 50), (2.0, 1.0, 50), (0.0, 1.0, 1), (0.0, 1.0, 10_000)])
def test_a_plane_that_is_none_is_refused(low: float, high: float, side: int) -> None:
    with pytest.raises(ValueError, match="plane"):
        Plane(low, high, side, lambda: np.zeros((side, 2), dtype=np.float32))


def test_inputs_of_a_plane_are_float32_and_finite() -> None:
    given = plane_inputs(Plane(0.0, 1.0, 2, lambda: [[0.5, 1.0]] * 4))
    assert (given.dtype, given.shape) == (np.float32, (4, 2))
    with pytest.raises(ValueError, match="the plane: row 1: an input is not a finite number"):
        plane_inputs(Plane(0.0, 1.0, 2, lambda: np.array([[0.0], [np.nan]])))


@pytest.mark.parametrize("name", ["circles-spurious", "circles-shuffled"])
def test_the_circles_are_read_on_points_whose_third_feature_says_nothing(name: str) -> None:
    there = SUITES[name].plane
    assert there is not None
    grid = there.inputs()
    assert grid.shape == (there.side**2, 3)
    assert grid.dtype == np.float32
    assert set(grid[:, 2]) == {0.5}
    assert grid[0].tolist() == [there.low, there.low, 0.5]
    assert grid[1, 0] > grid[0, 0]
    assert grid[-1].tolist() == [there.high, there.high, 0.5]


def train_record(**changes: Any) -> dict[str, Any]:
    neuron = as_bytes(np.arange(4, dtype=np.float32))
    own = {"low": 0.0, "high": 1.0, "side": 2, "taps": {"hidden": [neuron, neuron]}}
    return {
        "work": "train",
        "outcome": "done",
        "identity": {},
        "files": {},
        "provenance": {"seconds": 1.0},
        "history": {"steps": 1, "losses": [], "weight_norms": [], "stopped": "loss"},
        "taps": ["hidden"],
        "plane": {**own, **changes},
    }


def test_a_record_with_a_reading_and_one_without_are_fine() -> None:
    record = train_record()
    check_record(record)
    del record["plane"]
    check_record(record)


@pytest.mark.parametrize(
    "change",
    [
        {"side": 3},
        {"side": 1},
        {"side": 10**9},
        {"side": 2.0},
        {"low": 1.0},
        {"low": None},
        {"taps": {"hidden": ["AAEC"]}},
        {"taps": {"hidden": ["not base64"]}},
        {"taps": {"hidden": ["AAEC*Aw="]}},
        {"taps": {"hidden": [7]}},
        {"taps": []},
    ],
)
def test_a_damaged_reading_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(DamagedCell, match="plane"):
        check_record(train_record(**change))


PLAN = """
name: rings
suites:
  - {suite: circles-shuffled, family: toy-mlp, conditions: [0.0]}
  - {suite: toy-shuffled, family: toy-mlp, conditions: [0.0]}
seeds: [0]
"""


def test_only_networks_of_the_circles_are_read_there_and_an_older_record_is_equal_to_the_bit(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "rings.yaml").write_text(PLAN, encoding="utf-8")
    done = command("run", "rings.yaml", "--out", "run")
    assert done.returncode == 0, done.stderr
    records = {
        path.parent.name: json.loads(path.read_text("utf-8")) for path in tmp_path.glob("run/cells/*/record.json")
    }
    trained = {key: record for key, record in records.items() if record["work"] == "train"}
    assert {key.partition(".")[0] for key, record in trained.items() if "plane" in record} == {"circles-shuffled"}
    key, record = next((key, record) for key, record in trained.items() if "plane" in record)
    assert list(record["plane"]["taps"]) == record["taps"]
    cell = next(cell for cell in resolve(read_plan(str(tmp_path / "rings.yaml")), tmp_path).cells if cell.key == key)
    result, files = compute(cell, tmp_path / "run", tmp_path, 1, keep=False, keep_weights="auto")
    assert _compared(record, result, files) == []
    older = {part: value for part, value in record.items() if part != "plane"}
    assert _compared(older, result, files) == []
    forged = {**record, "plane": {**record["plane"], "high": 3.0}}
    assert _compared(forged, result, files) != []
    shutil.rmtree(tmp_path / "run")
