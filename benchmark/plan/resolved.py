"""A plan with everything that it refers to, and each of its cells: what plan.json holds.

In: a checked `Plan` with its cells. Out: the content of plan.json, by which records and boards are read without the
registry.
"""

import hashlib
from dataclasses import asdict, dataclass
from typing import Literal, cast

from benchmark.identity import Identity, ScoreIdentity, TrainIdentity
from benchmark.measures import HEADLINES
from benchmark.plain.canonical import canonical
from benchmark.plan.content import CellRow, MeasureFacts, MetricFacts, PlanContent, PlanEntry, ResolvedContent
from benchmark.plan.hypotheses import declared
from benchmark.plan.reading import Plan
from registry import Condition

SCHEMA = 1
_WHOLE: tuple[Literal["measures", "metrics", "cells"], ...] = ("measures", "metrics", "cells")  # parts of a digest
_OF_THE_PLAN = ("name", "estimator", "anchors", "limit")
# defaults that came later; where they are said, other keys say so too
_UNSAID = (("seconds_per_cell", None), ("keep_weights", "auto"), ("measures", None), ("data_seed", None))
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
    identity: Identity

    @property
    def train_identity(self) -> TrainIdentity:
        """The identity of a train cell. Raises TypeError for a score cell."""
        if self.identity["work"] != "train":
            raise TypeError(f"{self.key} is no train cell")
        return self.identity

    @property
    def score_identity(self) -> ScoreIdentity:
        """The identity of a score cell. Raises TypeError for a train cell."""
        if self.identity["work"] != "score":
            raise TypeError(f"{self.key} is no score cell")
        return self.identity

    @property
    def stem(self) -> str:
        """The readable part of the key."""
        return self.key.rpartition("-")[0]


@dataclass(frozen=True)
class Resolved:
    """A plan with all that it refers to. `entries`, `measures` and `metrics` are plain data for records and board."""

    plan: Plan
    entries: list[PlanEntry]
    measures: dict[str, MeasureFacts]
    metrics: dict[str, MetricFacts]
    cells: list[Cell]

    def as_json(self) -> ResolvedContent:
        """What plan.json holds, its own digest too: no path, no time, no host."""
        rows = [{name: value for name, value in asdict(cell).items() if name != "identity"} for cell in self.cells]
        content: ResolvedContent = {
            "schema": SCHEMA,
            "plan": self._plan(),
            "entries": self.entries,
            "measures": self.measures,
            "metrics": self.metrics,
            "cells": cast(list[CellRow], rows),
        }
        return {**content, "digest": plan_digest(content)}

    def _plan(self) -> PlanContent:
        said = self.plan.model_dump(mode="json")
        kept = {name: value for name, value in said.items() if (name, value) not in _UNSAID}
        return cast(PlanContent, kept)


def plan_digest(content: ResolvedContent) -> str:
    """16 hexadecimal digits for all of a plan.json that a board's numbers are made from, the cells' keys too.

    Parts of a plan that were run apart have, joined, the digest of the whole.
    """
    own: dict[str, object] = {name: content[name] for name in _WHOLE}
    own["entries"] = [{name: value for name, value in e.items() if name not in TOLD} for e in content["entries"]]
    about: dict[str, object] = {name: content["plan"].get(name) for name in _OF_THE_PLAN}
    if (hypotheses := declared(content["plan"])) != list(HEADLINES):
        about["hypotheses"] = hypotheses
    return hashlib.sha256(canonical({**own, "plan": about}).encode()).hexdigest()[:16]
