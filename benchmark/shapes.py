"""What plan.json and a record must hold for the rest of the code to read them, checked where they come from disk.

In: plain data. Out: nothing, or an error with the first thing that is missing or of another type.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from benchmark.types import Record, Stopped
from registry.errors import RunError


class DamagedCell(ValueError):
    """A published cell that cannot be used: the reason in one line."""


class UnreadableCell(RunError):
    """A published cell that cannot be read just now, which says nothing of what it holds."""


class _Shape(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True)


class _Value(_Shape):
    value: float | None
    per_tap: dict[str, float | None]
    reason: str | None
    standard_error: float | None


class _Measured(_Value):
    sub_samples: list[float | None]


class _Provenance(_Shape):
    seconds: float


class _Any(_Shape):
    work: Literal["train", "score"]
    outcome: Literal["done", "diverged"]
    identity: dict[str, Any]
    files: dict[str, str]
    provenance: _Provenance


class _History(_Shape):
    steps: int
    losses: list[float]
    weight_norms: list[float]
    stopped: Stopped


class _Train(_Any):
    history: _History
    taps: list[str]


class _Score(_Any):
    measures: dict[str, _Measured]
    metrics: dict[str, _Value]


def check_record(record: Record) -> None:
    """Raises DamagedCell."""
    shapes: dict[str, type[_Any]] = {"train": _Train, "score": _Score}
    problem = _problem(shapes.get(str(record.get("work")), _Any), record)
    if problem:
        raise DamagedCell(f"the record has no usable {problem}")


class _Recipe(_Shape):
    label: str


class _Entry(_Shape):
    suite: str
    data: str
    origin: str
    family: str
    kind: Literal["heuristic", "example-level"]
    knob: str | None
    conditions: list[float | str]
    recipes: list[_Recipe]
    metrics: list[str]
    paper: dict[str, dict[str, float]]
    as_in_paper: bool


class _Cell(_Shape):
    key: str
    work: Literal["train", "score"]
    train: str
    entry: int
    recipe: str
    condition: float | str
    seed: int
    inputs: str | None
    scope: str | None
    anchor: str | None
    read_on: float | str | None


class _Anchored(_Shape):
    of: str
    by: Literal["ratio", "difference"]
    to: Literal["own", "first"]


class _Measure(_Shape):
    better: dict[str, Literal["high", "low", "either"]]
    placebo: bool
    yardstick: bool
    anchored: _Anchored | None


class _Metric(_Shape):
    higher_is_better: bool


class _Plan(_Shape):
    name: str
    estimator: dict[str, Any]


class _Resolved(_Shape):
    plan: _Plan
    entries: list[_Entry]
    measures: dict[str, _Measure]
    metrics: dict[str, _Metric]
    cells: list[_Cell]


def resolved_problem(content: Any) -> str | None:
    """What is wrong with the content of plan.json, None where nothing is."""
    problem = _problem(_Resolved, content)
    if problem is None and any(not 0 <= cell["entry"] < len(content["entries"]) for cell in content["cells"]):
        return "cells: one of them belongs to no entry"
    return problem


def _problem(shape: type[BaseModel], content: Any) -> str | None:
    try:
        shape.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc'])) or 'content'}: {first['msg']}"
    return None
