"""A plan with everything that it refers to, and each of its cells: what plan.json holds.

In: a checked `Plan` with its cells. Out: plain data that records and board are read by, without the registry.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from benchmark.measures import HEADLINES
from benchmark.plain.canonical import canonical
from benchmark.plan.hypotheses import declared
from benchmark.plan.reading import Plan
from registry import Condition

SCHEMA = 1
TOLD = ("about", "figures", "licence")  # what an entry tells a reader of its board, and changes no number


@dataclass(frozen=True)
class Cell:
    """One unit of work. `identity` holds everything that changes its result and nothing else.

    A train cell makes one network; a score cell, which has `inputs` and `scope`, measures the network of `train`. The
    cells of an anchor name its kind. The anchor of the first condition is also read on the in-distribution inputs of
    the others: a score cell that does so names the condition in `read_on`.
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
    anchor: str | None
    read_on: Condition | None
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
        """What plan.json holds, its own digest too: no path, no time, no host."""
        content = self._content()
        return {**content, "digest": plan_digest(content)}

    def _content(self) -> dict[str, Any]:
        rows = [{name: value for name, value in asdict(cell).items() if name != "identity"} for cell in self.cells]
        return {
            "schema": SCHEMA,
            "plan": self._plan(),
            "entries": self.entries,
            "measures": self.measures,
            "metrics": self.metrics,
            "cells": rows,
        }

    def _plan(self) -> dict[str, Any]:
        said = self.plan.model_dump(mode="json")
        return {name: value for name, value in said.items() if value is not None or name != "seconds_per_cell"}


def plan_digest(content: Mapping[str, Any]) -> str:
    """16 hexadecimal digits for all of a plan.json that a board's numbers are made from, the cells' keys too.

    Parts of a plan that were run apart have, joined, the digest of the whole.
    """
    own = {name: content[name] for name in ("measures", "metrics", "cells")}
    own["entries"] = [{name: value for name, value in e.items() if name not in TOLD} for e in content["entries"]]
    about = {name: content["plan"].get(name) for name in ("name", "estimator", "anchors", "limit")}
    if (hypotheses := declared(content["plan"])) != list(HEADLINES):
        about["hypotheses"] = hypotheses
    return hashlib.sha256(canonical({**own, "plan": about}).encode()).hexdigest()[:16]
