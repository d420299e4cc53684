"""The models of a board: every measure and metric, and how a metric stands to that of the condition before.

In: the content of plan.json and the models. Out: one row for each model.
"""

from collections.abc import Sequence
from typing import Any

from benchmark.plan.content import ResolvedContent
from benchmark.results.models import Model, Number
from benchmark.statistics.errors import difference
from benchmark.statistics.intervals import of_number
from leaderboard.rows.grouping import place


def model_rows(resolved: ResolvedContent, ranked: Sequence[Model]) -> list[dict[str, Any]]:
    """A row for each model; a metric is compared with that of the condition before."""
    before: dict[tuple[Any, ...], Model] = {}
    rows = []
    for model in ranked:
        beside = (model.entry, model.recipe, model.inputs, model.scope)
        rows.append(_model_row(resolved, model, before.get(beside)))
        before[beside] = model
    return rows


def _model_row(resolved: ResolvedContent, model: Model, before: Model | None) -> dict[str, Any]:
    entry = resolved["entries"][model.entry]
    return {
        **place(resolved, model),
        "knob": entry["knob"],
        "condition": model.condition,
        "condition_name": entry.get("condition_names", {}).get(str(model.condition)),
        "seeds": list(model.seeds),
        "measures": {
            name: _number(number) | {"per_tap": dict(number.per_tap)} for name, number in model.measures.items()
        },
        "training_accuracy": _number(model.training_accuracy),
        "metrics": {
            name: _number(number) | _beside(number, before.metrics[name] if before else None)
            for name, number in model.metrics.items()
        },
    }


def _beside(number: Number, before: Number | None) -> dict[str, Any]:
    """What a metric has more than other numbers: how it stands to that of the condition before, and its taps."""
    found = difference(number, before) if before else None
    than = {"than_before": found and found.seen, **({"about": found.about} if found and found.about else {})}
    return {**than, **({"per_tap": dict(number.per_tap)} if number.per_tap else {})}


def _number(number: Number) -> dict[str, Any]:
    interval = of_number(number)
    beside = {
        "reason": number.reason,
        "standard_error": number.standard_error,
        "error": number.error,
        "df": number.df,
        "error_of": number.error_of or None,
        "interval_95": interval and list(interval),
        "by_chance": number.by_chance,
    }
    known = {name: value for name, value in beside.items() if value is not None}
    return {"mean": number.mean, "sd": number.sd, **known}
