"""Models made by hand, without any plan or record: a number for each seed of a measure and of a metric."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from made_boards import EITHER, entry, measure

from benchmark.results.models import Model
from benchmark.statistics.number import Number, mean, spread
from leaderboard.rows.facts import Facts, facts_of

HIGH = {"heuristic": "high", "example-level": "low"}  # so that a high mean MI is good in the entries made here
MEASURES = {"mean-mi": measure(HIGH), "steps": measure(EITHER)}
METRICS = {"accuracy": {"higher_is_better": True}}
COLORED = entry("colored", [0.0, 0.5, 1.0])


def number(*by_seed: float | None, **more: Any) -> Number:
    """A number with the error of its seeds, where there are several."""
    sd = spread(by_seed)
    error = {} if sd is None else {"error": sd / len(by_seed) ** 0.5, "df": len(by_seed) - 1.0, "error_of": "seeds"}
    return Number(by_seed, mean(by_seed), sd, **{"per_tap": {}, **error, **more})


def model(condition: float | str, mi: Sequence[float | None], accuracy: Sequence[float | None], **more: Any) -> Model:
    """A model of the first entry on evaluation inputs; its placebo counts the steps by the condition."""
    seeds = tuple(range(len(mi)))
    steps = number(*[0.0 if isinstance(condition, str) else condition for _ in seeds])
    place = {"entry": 0, "suite": COLORED, "recipe": "", "inputs": "evaluation", "scope": "tap"}
    place |= {"condition": condition, "seeds": seeds}
    numbers = {"measures": {"mean-mi": number(*mi), "steps": steps}, "metrics": {"accuracy": number(*accuracy)}}
    return Model(**{**place, **numbers, "training_accuracy": number(*[1.0] * len(seeds)), **more})


def of_suites(models: Iterable[Model], *entries: dict[str, Any]) -> list[Model]:
    """The same models, of these entries of a plan."""
    return [replace(one, suite=entries[one.entry]) for one in models]


def facts(measures: Mapping[str, Any] = MEASURES, metrics: Mapping[str, Any] = METRICS, **plan: Any) -> Facts:
    """What a plan tells of these measures and metrics; the paper's two are its hypotheses where it says none."""
    return facts_of({"plan": plan, "measures": measures, "metrics": metrics})  # type: ignore[typeddict-item]
