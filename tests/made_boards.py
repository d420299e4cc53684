"""Plans and records made by hand, in the shape in which plan.json and record.json hold them."""

from collections.abc import Iterable, Sequence
from typing import Any

CHOSEN = {"heuristic": "low", "example-level": "high"}
LOW = {"heuristic": "low", "example-level": "low"}
EITHER = {"heuristic": "either", "example-level": "either"}
CONDITIONS = [0.0, 0.5, 1.0]
ACCURACY = {0.0: 0.9, 0.5: 0.8, 1.0: 0.5}


def entry(suite: str, conditions: Sequence[float], recipes: Iterable[str] = ("",), **other: Any) -> dict[str, Any]:
    """One suite with one family; `other` replaces what stands here."""
    return {
        "suite": suite,
        "data": "digits",
        "origin": "stand-in",
        "family": "mlp",
        "kind": "heuristic",
        "knob": "alpha",
        "conditions": list(conditions),
        "recipes": [{"label": label, "training": {}} for label in recipes],
        "seeds": [0],
        "metrics": ["accuracy"],
        "paper": {},
        "as_in_paper": False,
        **other,
    }


def measure(better: dict[str, str], **other: Any) -> dict[str, Any]:
    placebo = "either" in better.values()
    return {"better": better, "placebo": placebo, "yardstick": False, "anchored": None, **other}


def plan(
    entries: list[dict[str, Any]], measures: dict[str, Any], seeds: int = 1, inputs: Sequence[str] = ("evaluation",)
) -> dict[str, Any]:
    cells = []
    for number, one in enumerate(entries):
        for condition in one["conditions"]:
            for recipe in one["recipes"]:
                for seed in range(seeds):
                    key = f"{one['suite']}.{condition}.{recipe['label']}.{seed}"
                    own = {"entry": number, "recipe": recipe["label"], "condition": condition, "seed": seed}
                    own |= {"train": key, "anchor": None, "read_on": None}
                    cells.append({**own, "key": key, "work": "train", "inputs": None, "scope": None})
                    for read in inputs:
                        place = {"work": "score", "inputs": read, "scope": "tap"}
                        cells.append({**own, "key": f"{key}.{read}", **place})
    metrics = {name: {"higher_is_better": True} for one in entries for name in one["metrics"]}
    return {
        "plan": {"name": "by-hand", "estimator": {}},
        "entries": entries,
        "measures": measures,
        "metrics": metrics,
        "cells": cells,
    }


def value(number: float | None, reason: str | None = None, **other: Any) -> dict[str, Any]:
    """A measure's or a metric's value in a record."""
    reason = reason or ("made so" if number is None else None)
    beside = {"per_tap": {"t": number}, "reason": reason, "standard_error": None, "sub_samples": []}
    return {"value": number, **beside, **other}


def resolved(recipes: int = 1, seeds: int = 2) -> dict[str, Any]:
    """Two suites of three conditions, one of each kind."""
    labels = [f"lr{n}" for n in range(recipes)] if recipes > 1 else [""]
    colored = entry("colored", CONDITIONS, labels, paper={"accuracy": {"mean-mi": 0.8}})
    shuffled = entry("shuffled", CONDITIONS, labels, kind="example-level", knob="beta")
    return plan([colored, shuffled], {"mean-mi": measure(CHOSEN), "steps": measure(EITHER)}, seeds)


def records(plan: dict[str, Any]) -> dict[str, Any]:
    """MI rises with memorization in both suites; steps too."""
    result = {}
    for cell in plan["cells"]:
        if cell["work"] == "train":
            result[cell["key"]] = {"outcome": "done", "training_accuracy": 1.0}
            continue
        shift = 0.001 * cell["seed"]
        result[cell["key"]] = {
            "outcome": "done",
            "measures": {"mean-mi": value(cell["condition"] + shift), "steps": value(10 * cell["condition"])},
            "metrics": {"accuracy": value(ACCURACY[cell["condition"]] - shift)},
        }
    return result


def row(board: dict[str, Any], suite: str, measure: str) -> Any:
    """The first row of a suite's measure."""
    return next(r for r in board["agreement"] if (r["suite"], r["measure"]) == (suite, measure))
