"""From records to models: the networks of one family, condition and recipe, averaged over seeds.

In: the resolved plan as plan.json holds it, and score records. Out: one `Model` for each place of the board, in the
plan's order, with what is missing said. A mean over a part of the seeds is no mean: it is missing too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import fsum, sqrt
from typing import Any

from benchmark.anchoring import with_anchored
from benchmark.types import Record

SEEDS = 3  # from so many on, their own spread says how sure a mean is


@dataclass(frozen=True)
class Number:
    """One measure or metric of a model: a value for each seed, their mean and standard deviation (n - 1).

    `reason` says why a mean is None. `standard_error` is the largest that a network's value has from sampling.
    `sub_samples` are the means over the seeds on each half of the examples and neurons. `error` is the standard error
    of the mean: over the seeds where there are three, else over the sub-samples, else from the networks' own;
    `per_tap_error` that of each tap's mean, over the seeds.
    """

    by_seed: tuple[float | None, ...]
    mean: float | None
    sd: float | None
    per_tap: Mapping[str, float | None]
    reason: str | None = None
    standard_error: float | None = None
    sub_samples: tuple[float | None, ...] = ()
    error: float | None = None
    per_tap_error: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Model:
    """What is ranked: entry (by its number in the plan), recipe, inputs, scope and condition."""

    entry: int
    recipe: str
    inputs: str
    scope: str
    condition: float | str
    seeds: tuple[int, ...]
    measures: Mapping[str, Number]
    metrics: Mapping[str, Number]
    training_accuracy: Number


def models(resolved: Mapping[str, Any], records: Mapping[str, Record]) -> list[Model]:
    """Every model of the plan, anchored measures among its own. `records` are train and score records by key."""
    records = with_anchored(resolved, records)
    places: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for cell in resolved["cells"]:
        if cell["work"] == "score" and not cell["anchor"]:
            place = (cell["entry"], cell["recipe"], cell["inputs"], cell["scope"], cell["condition"])
            places.setdefault(place, []).append(cell)
    result = []
    for place, cells in places.items():
        found = [records.get(cell["key"]) for cell in cells]
        metrics = resolved["entries"][place[0]]["metrics"]
        result.append(
            Model(
                *place,
                seeds=tuple(cell["seed"] for cell in cells),
                measures={
                    name: _number([r and r["measures"].get(name) for r in found]) for name in resolved["measures"]
                },
                metrics={name: _number([r and r["metrics"].get(name) for r in found]) for name in metrics},
                training_accuracy=_number([_training_accuracy(records.get(cell["train"])) for cell in cells]),
            )
        )
    return result


def _training_accuracy(network: Record | None) -> Record | None:
    """Of a network's record, as a metric stands in that of a score."""
    value = network and network.get("training_accuracy")
    return None if value is None else {"value": value, "per_tap": {}, "reason": None, "standard_error": None}


def _number(values: list[Mapping[str, Any] | None]) -> Number:
    """Values of one number over the seeds; None is a network that is not there."""
    by_seed = tuple(value["value"] if value else None for value in values)
    absent = sum(value is None for value in values)
    if absent:
        return Number(by_seed, None, None, {}, f"{absent} of {len(values)} networks missing")
    reasons = [value["reason"] for value in values if value and value["value"] is None]
    taps = [value["per_tap"] for value in values if value]
    at_taps = {tap: tuple(tap_values.get(tap) for tap_values in taps) for tap in taps[0]}
    per_tap = {tap: mean(at_tap) for tap, at_tap in at_taps.items()}
    if reasons:
        return Number(
            by_seed, None, None, per_tap, f"undefined for {len(reasons)} of {len(values)} networks: {reasons[0]}"
        )
    errors = tuple(value["standard_error"] for value in values if value and value["standard_error"] is not None)
    drawn = zip(*(value.get("sub_samples", []) for value in values if value), strict=False)
    sub_samples = tuple(mean(draw) for draw in drawn)
    return Number(
        by_seed,
        mean(by_seed),
        _sd(by_seed),
        per_tap,
        standard_error=max(errors, default=None),
        sub_samples=sub_samples,
        error=_error(by_seed, sub_samples, errors),
        per_tap_error={tap: _error(at_tap, (), ()) for tap, at_tap in at_taps.items()},
    )


def _error(
    by_seed: tuple[float | None, ...], sub_samples: tuple[float | None, ...], errors: tuple[float, ...]
) -> float | None:
    """The standard error of a mean over seeds."""
    spread = _sd(by_seed)
    if len(by_seed) >= SEEDS and spread is not None:
        return spread / sqrt(len(by_seed))
    moved = _sd(sub_samples)
    if moved is not None and None not in sub_samples:
        return moved
    return sqrt(fsum(error**2 for error in errors)) / len(by_seed) if len(errors) == len(by_seed) else None


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of some values, None where one is missing: a mean over a part of the seeds is no mean."""
    listed = list(values)
    numbers = [value for value in listed if value is not None]
    return fsum(numbers) / len(numbers) if len(numbers) == len(listed) else None


def _sd(values: tuple[float | None, ...]) -> float | None:
    numbers = [value for value in values if value is not None]
    if len(numbers) < 2:
        return None
    mean = fsum(numbers) / len(numbers)
    return sqrt(fsum((value - mean) ** 2 for value in numbers) / (len(numbers) - 1))
