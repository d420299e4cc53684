"""Run folders made by hand: real plans with their real keys, and records that nobody trained."""

import json
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

from made_boards import value

from benchmark.plan.cells import resolve
from benchmark.plan.reading import read_plan
from benchmark.plan.resolved import Cell, Resolved
from benchmark.run_folder.store import publish

Parts = tuple[dict[str, Any], dict[str, Any]]  # the content of plan.json, and the records by key


def made(*overrides: str, plan: str = "toy") -> Parts:
    """A plan with the records of all its cells."""
    resolved = resolve(read_plan(plan, overrides), Path("unused: the toy data are generated"))
    return json.loads(json.dumps(resolved.as_json())), {cell.key: record(cell, resolved) for cell in resolved.cells}


def record(cell: Cell, resolved: Resolved) -> dict[str, Any]:
    """What a cell's record holds, its numbers from the place of the cell: the same wherever it is made."""
    about = {"work": cell.work, "outcome": "done", "identity": json.loads(json.dumps(cell.identity))}
    about |= {"files": {}, "provenance": {"seconds": 1.0, "data": resolved.entries[cell.entry]["data"]}}
    if cell.work == "train":
        history = {"steps": 10, "losses": [0.5], "weight_norms": [1.0], "stopped": "loss"}
        return {**about, "history": history, "taps": ["t"], "training_accuracy": 1.0}
    training = {recipe["label"]: recipe["training"] for recipe in resolved.entries[cell.entry]["recipes"]}
    place = [training[cell.recipe], cell.condition, cell.seed, cell.inputs, cell.scope, cell.anchor, cell.read_on]
    numbers = {
        name: Random(f"{name} {place}").random() + float(cell.condition)
        for name in (*cell.identity["measures"], *cell.identity["metrics"])
    }
    measures = {
        name: value(numbers[name], sub_samples=[numbers[name], numbers[name] + 0.1])
        for name in cell.identity["measures"]
    }
    metrics = {name: value(numbers[name], standard_error=0.02) for name in cell.identity["metrics"]}
    return {**about, "measures": measures, "metrics": metrics, "taps": {}, "warnings": []}


def written(parts: Parts, folder: Path) -> Path:
    """A run folder that holds them."""
    resolved, records = parts
    folder.mkdir(parents=True)
    (folder / "plan.json").write_text(json.dumps(resolved))
    for key, one in records.items():
        publish(folder, key, one, {})
    return folder


def without(parts: Parts, keys: set[str]) -> Parts:
    """The same plan with some networks and their scores left out of it, as if nobody had planned them."""
    resolved, records = parts
    cells = [cell for cell in resolved["cells"] if cell["train"] not in keys]
    kept: Mapping[str, Any] = {cell["key"]: records[cell["key"]] for cell in cells}
    return {**resolved, "cells": cells}, dict(kept)
