"""Small runs whose measures look at several networks, or read the networks themselves, and what is on disk of them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import memorank
from benchmark.plan.cells import resolve
from benchmark.plan.reading import read_plan
from benchmark.plan.resolved import Cell
from benchmark.run_folder import store

ROOT = Path("unused: the toy data are generated")
SHUFFLED = "suite: toy-shuffled, family: toy-mlp"  # all its networks are read on the same inputs
SPURIOUS = "suite: toy-spurious, family: toy-mlp"  # its seeds draw other inputs
SMALL = ("limit=60", "estimator={sub_samples: 2, inputs: [evaluation]}", "seeds=[0, 1, 2]")
COMPARING = "measures=[mean-mi, seed-agreement, consensus]"

MEASURE = """
import numpy as np
from memorank import Measure, Value

def compute(outputs, settings):
    return Value(float(np.abs(outputs.readings["{reading}"]["{array}"]).mean()))

MEASURE = Measure(name="{name}", better={{"heuristic": "high", "example-level": "high"}}, needs=(), compute=compute,
                  reference="a test", readings=("{reading}",))
"""


def entry(*fields: str) -> str:
    """An override: one suite with these fields, trained for two epochs."""
    return f"suites=[{{{', '.join(fields)}, training: {{max_epochs: 2}}}}]"


def planned(*overrides: str) -> list[Cell]:
    """The cells of a small plan."""
    return resolve(read_plan("toy", (*SMALL, *overrides)), ROOT).cells


def run(folder: Path, *overrides: str, **options: Any) -> Path:
    """A finished small run."""
    memorank.run("toy", out=folder, overrides=[*SMALL, *overrides], **options)
    return folder


def of_work(cells: Sequence[Cell], work: str) -> list[Cell]:
    return [cell for cell in cells if cell.work == work]


def numbers(folder: Path, measure: str) -> dict[str, float | None]:
    """The value of a measure by the network's key, of the scores that have it."""
    records = [json.loads(path.read_text()) for path in folder.glob("cells/*/record.json")]
    own = [record for record in records if measure in record.get("measures", {})]
    return {record["identity"]["train"]: record["measures"][measure]["value"] for record in own}


def reasons(folder: Path, measure: str) -> set[str | None]:
    """Why it is undefined, of all networks."""
    records = [json.loads(path.read_text()) for path in folder.glob("cells/*/record.json")]
    return {record["measures"][measure]["reason"] for record in records if measure in record.get("measures", {})}


def diverged(folder: Path, key: str) -> None:
    """Have a network be one that diverged: its record says so, and it has no files."""
    record = store.read_record(folder, key)
    assert record is not None
    for path in (folder / "cells" / key).iterdir():
        path.unlink()
    (folder / "cells" / key).rmdir()
    kept = {part: record[part] for part in record if part not in ("schema", "key", "sha256", "training_accuracy")}
    kept["history"] = {**record["history"], "stopped": "diverged"}
    store.publish(folder, key, {**kept, "outcome": "diverged", "files": {}}, {})


def sources(folder: Path) -> dict[str, bytes]:
    """The records of all networks, by their keys."""
    records = {path.parent.name: path.read_bytes() for path in folder.glob("cells/*/record.json")}
    return {key: content for key, content in records.items() if json.loads(content)["work"] == "train"}


def words(*settings: str, out: str = "run") -> list[str]:
    """The command that runs a small plan with these settings."""
    return ["run", "toy", "--out", out, *(word for one in (*SMALL, *settings) for word in ("--set", one))]


def attempts(said: str, cause: str) -> int:
    """How many lines tell of an attempt that failed for this cause."""
    return sum(cause in line for line in said.splitlines() if " (see " in line)


def score_records(run: Path, measure: str = "mean-mi") -> dict[str, Any]:
    """The records of the scores that have this measure, by the network's key."""
    records = [json.loads(path.read_text()) for path in run.glob("cells/*/record.json")]
    return {record["identity"]["train"]: record for record in records if measure in record.get("measures", {})}
