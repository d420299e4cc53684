"""Models made by hand, without any records: a number for each seed of a measure and of a metric."""

from collections.abc import Sequence
from typing import Any

from made_boards import EITHER, entry, measure

from benchmark.results.models import Model
from benchmark.statistics.number import Number, mean, spread

HIGH = {"heuristic": "high", "example-level": "low"}  # so that a high mean MI is good in the entries made here
MEASURES = {"mean-mi": measure(HIGH), "steps": measure(EITHER)}


def number(*by_seed: float | None, **more: Any) -> Number:
    """A number with the error of its seeds, where there are several."""
    sd = spread(by_seed)
    error = {} if sd is None else {"error": sd / len(by_seed) ** 0.5, "df": len(by_seed) - 1.0, "error_of": "seeds"}
    return Number(by_seed, mean(by_seed), sd, **{"per_tap": {}, **error, **more})


def model(condition: float | str, mi: Sequence[float | None], accuracy: Sequence[float | None], **more: Any) -> Model:
    """A model of the first entry on evaluation inputs; its placebo counts the steps by the condition."""
    seeds = tuple(range(len(mi)))
    steps = number(*[0.0 if isinstance(condition, str) else condition for _ in seeds])
    place = {"entry": 0, "recipe": "", "inputs": "evaluation", "scope": "tap", "condition": condition, "seeds": seeds}
    numbers = {"measures": {"mean-mi": number(*mi), "steps": steps}, "metrics": {"accuracy": number(*accuracy)}}
    return Model(**{**place, **numbers, "training_accuracy": number(*[1.0] * len(seeds)), **more})


def resolved_of(*entries: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The content of a plan.json, as far as rows need it."""
    return {
        "plan": {"name": "by-hand", "estimator": {}},
        "entries": list(entries) or [entry("colored", [0.0, 0.5, 1.0])],
        "measures": MEASURES,
        "metrics": {"accuracy": {"higher_is_better": True}},
        "cells": [],
        **more,
    }
