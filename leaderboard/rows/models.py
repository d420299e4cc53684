"""The models of a board: every measure and metric, and how a metric stands to that of the condition before.

In: the models. Out: one row for each model.
"""

from collections.abc import Sequence
from typing import cast

from benchmark.results.models import Model, Number
from benchmark.statistics.errors import difference
from benchmark.statistics.intervals import of_number
from leaderboard.content.models import MetricContent, ModelRow, NumberContent
from leaderboard.rows.grouping import place


def model_rows(ranked: Sequence[Model]) -> list[ModelRow]:
    """A row for each model; a metric is compared with that of the condition before."""
    before: dict[tuple[int, str, str, str], Model] = {}
    rows = []
    for model in ranked:
        beside = (model.entry, model.recipe, model.inputs, model.scope)
        rows.append(_model_row(model, before.get(beside)))
        before[beside] = model
    return rows


def _model_row(model: Model, before: Model | None) -> ModelRow:
    entry = model.suite
    return {
        **place(model),
        "knob": entry["knob"],
        "condition": model.condition,
        "condition_name": entry.get("condition_names", {}).get(str(model.condition)),
        "seeds": list(model.seeds),
        "measures": {
            name: {**_number(number), "per_tap": dict(number.per_tap)} for name, number in model.measures.items()
        },
        "training_accuracy": _number(model.training_accuracy),
        "metrics": {
            name: _metric(number, before.metrics[name] if before else None) for name, number in model.metrics.items()
        },
    }


def _metric(number: Number, before: Number | None) -> MetricContent:
    """A metric, how it stands to that of the condition before, and its taps where it has some."""
    found = difference(number, before) if before else None
    metric = cast(MetricContent, {**_number(number), "than_before": found.seen if found else None})
    if found and found.about:
        metric["about"] = found.about
    if number.per_tap:
        metric["per_tap"] = dict(number.per_tap)
    return metric


def _number(number: Number) -> NumberContent:
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
    return cast(NumberContent, {"mean": number.mean, "sd": number.sd, **known})
