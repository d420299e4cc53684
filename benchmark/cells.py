"""From a plan to its cells: what is to be done, in which order, and the exact key of each.

In: a checked `Plan` and the data folder. Out: `Resolved`, the plan with everything that the records and the board need
to be read without the registry. A key is readable and ends in a hash of everything that changes the result.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from benchmark.data import fingerprint
from benchmark.estimator import Settings
from benchmark.measures import MEASURES
from benchmark.metrics import METRICS
from benchmark.plan import Plan, Recipe, SuiteEntry, recipes
from registry import DATASETS, FAMILIES, SUITES, Condition, Registry

SCHEMA = 1
TRAINING_VERSION = 1  # raised when the training loop changes in a way that moves numbers


@dataclass(frozen=True)
class Cell:
    """One unit of work. `identity` holds everything that changes its result and nothing else.

    A train cell makes one network; a score cell, which has `inputs` and `scope`, measures the network of `train`.
    """

    key: str
    work: Literal["train", "score"]
    train: str
    entry: int
    recipe: str
    condition: Condition
    seed: int
    inputs: str | None
    scope: str | None
    identity: dict[str, Any]

    @property
    def stem(self) -> str:
        """The readable part of the key."""
        return self.key.rpartition("-")[0]


@dataclass(frozen=True)
class Resolved:
    """A plan with all that it refers to. `entries`, `measures` and `metrics` are plain data for records and board."""

    plan: Plan
    entries: list[dict[str, Any]]
    measures: dict[str, dict[str, Any]]
    metrics: dict[str, dict[str, Any]]
    cells: list[Cell]

    def as_json(self) -> dict[str, Any]:
        """What plan.json holds: no path, no time, no host."""
        rows = [{name: value for name, value in asdict(cell).items() if name != "identity"} for cell in self.cells]
        return {
            "schema": SCHEMA,
            "plan": self.plan.model_dump(mode="json"),
            "entries": self.entries,
            "measures": self.measures,
            "metrics": self.metrics,
            "cells": rows,
        }


def resolve(plan: Plan, root: Path) -> Resolved:
    """Every entry looked up and every cell keyed, networks in order with their score cells behind them.

    Raises DataError where a data set is not complete in the data folder.
    """
    entries, cells = [], []
    for number, entry in enumerate(plan.suites):
        crossed = recipes(entry, FAMILIES[entry.family].training)
        entries.append(_entry(entry, crossed))
        cells += list(_cells(plan, number, entry, crossed, root))
    metric_names = sorted({name for entry in entries for name in entry["metrics"]})
    return Resolved(
        plan=plan,
        entries=entries,
        measures={n: {"better": dict(m.better), "placebo": m.placebo} for n, m in MEASURES.usable().items()},
        metrics={name: {"higher_is_better": METRICS[name].higher_is_better} for name in metric_names},
        cells=cells,
    )


def canonical(content: Any) -> str:
    """JSON with one spelling for one content."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _entry(entry: SuiteEntry, crossed: list[Recipe]) -> dict[str, Any]:
    suite = SUITES[entry.suite]
    data = entry.data or suite.default_data
    paper = suite.paper
    return {
        "suite": suite.name,
        "data": data,
        "origin": DATASETS[data].origin,
        "family": entry.family,
        "kind": suite.kind,
        "knob": suite.knob,
        "conditions": list(entry.conditions or suite.conditions),
        "recipes": [{"label": recipe.label, "training": asdict(recipe.training)} for recipe in crossed],
        "metrics": list(suite.metrics),
        "paper": {metric: dict(taus) for metric, taus in paper.tau.items()} if paper else {},
        "as_in_paper": paper is not None and (paper.data, paper.family) == (data, entry.family),
    }


def _cells(plan: Plan, number: int, entry: SuiteEntry, crossed: list[Recipe], root: Path) -> Iterator[Cell]:
    suite, family = SUITES[entry.suite], FAMILIES[entry.family]
    data = entry.data or suite.default_data
    measures = MEASURES.usable()
    measured = {
        "measures": {name: measure.version for name, measure in measures.items()},
        "metrics": {name: METRICS[name].version for name in suite.metrics},
        **_sources(*((MEASURES, name) for name in measures), *((METRICS, name) for name in suite.metrics)),
    }
    trained = {
        **_sources((SUITES, suite.name), (FAMILIES, family.name), (DATASETS, data)),
        **({"limit": plan.limit} if plan.limit else {}),
    }
    data_fingerprint = fingerprint(DATASETS[data], root)
    for condition in entry.conditions or suite.conditions:
        for recipe in crossed:
            for seed in plan.seeds:
                identity = {
                    "work": "train",
                    "training_version": TRAINING_VERSION,
                    "suite": suite.name,
                    "suite_version": suite.version,
                    "family": family.name,
                    "family_version": family.version,
                    "data": data,
                    "data_fingerprint": data_fingerprint,
                    "condition": condition,
                    "training": asdict(recipe.training),
                    "seed": seed,
                    "threads": plan.threads,
                    **trained,
                }
                place = _condition_label(condition, suite.knob)
                stem = ".".join(filter(None, [suite.name, family.name, place, recipe.label, f"s{seed}"]))
                train = _key(stem, identity)
                yield Cell(train, "train", train, number, recipe.label, condition, seed, None, None, identity)
                for scope in plan.estimator.scope:
                    for inputs in plan.estimator.inputs:
                        scored = _score_identity(train, inputs, plan.estimator.settings(scope)) | measured
                        key = _key(f"{stem}.{inputs}.{scope}", scored)
                        yield Cell(key, "score", train, number, recipe.label, condition, seed, inputs, scope, scored)


def _sources(*entries: tuple[Registry[Any], str]) -> dict[str, Any]:
    """The content of the files from outside that declare these entries, which have no version that we keep."""
    hashes = {f"{registry.kind} {name}": registry.content_hash(name) for registry, name in entries}
    outside = {name: digest for name, digest in hashes.items() if digest}
    return {"sources": outside} if outside else {}


def _score_identity(train: str, inputs: str, settings: Settings) -> dict[str, Any]:
    return {"work": "score", "train": train, "inputs": inputs, "settings": settings.model_dump(mode="json")}


def _condition_label(condition: Condition, knob: str | None) -> str:
    """a0.25 for alpha = 0.25; a named condition is its own label."""
    return f"{(knob or '')[:1]}{condition:g}" if isinstance(condition, float) else condition


def _key(stem: str, identity: dict[str, Any]) -> str:
    return f"{stem}-{hashlib.sha256(canonical(identity).encode()).hexdigest()[:8]}"
