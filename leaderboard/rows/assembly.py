"""From models to the board: how each measure agrees with each metric, what is missing, and a verdict in words.

In: the content of plan.json and the score records. Out: the content of board.json, a pure function of them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from benchmark.cells import plan_digest
from benchmark.measures import HEADLINES
from benchmark.models import Model, Number, models
from benchmark.noise import compared
from benchmark.types import Record
from leaderboard.rows.agreement import agreement_rows, metric_rows, place, tap_rows
from leaderboard.rows.ends import end_rows
from leaderboard.rows.sensitivity import sensitivity_rows
from leaderboard.rows.ties import tie_rows
from leaderboard.rows.verdict import pooled_rows, sentences

SCHEMA = 1


def build_board(
    resolved: Mapping[str, Any], records: Mapping[str, Record], sensitivity: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The board of a plan. `records` are those of its cells that are published, train and score, by key.

    With the values of its networks under other settings it holds its sensitivity to them.
    """
    digest = plan_digest(resolved)
    resolved = {**resolved, "measures": _in_order(resolved["measures"])}
    ranked = models(resolved, records)
    agreement = agreement_rows(resolved, ranked)
    pooled_taus = pooled_rows(resolved, ranked)
    return {
        "schema": SCHEMA,
        "plan": resolved["plan"]["name"],
        "plan_digest": digest,
        **({"limit": resolved["plan"]["limit"]} if resolved["plan"].get("limit") else {}),
        **({"fewer_conditions": fewer} if (fewer := _with_fewer_conditions(resolved)) else {}),
        "estimator": resolved["plan"]["estimator"],
        "agreement": agreement,
        "metrics": metric_rows(resolved, ranked),
        "taps": tap_rows(resolved, ranked),
        "ends": end_rows(resolved, ranked),
        "ties": tie_rows(resolved, ranked),
        "models": _model_rows(resolved, ranked),
        "missing": _missing(resolved, records),
        "warnings": _warnings(resolved, records),
        "pooled": pooled_taus,
        **({"sensitivity": sensitivity_rows(resolved, ranked, sensitivity)} if sensitivity is not None else {}),
        "verdict": sentences(agreement, pooled_taus),
    }


def _with_fewer_conditions(resolved: Mapping[str, Any]) -> list[str]:
    """The suites that the machine had not the precision for to run in full."""
    return [entry["suite"] for entry in resolved["entries"] if entry.get("fewer_conditions")]


def _in_order(measures: Mapping[str, Any]) -> dict[str, Any]:
    """The headline measures first, the yardstick and the placebos last."""
    order = sorted(
        measures, key=lambda name: (name not in HEADLINES, measures[name]["placebo"], measures[name]["yardstick"])
    )
    return {name: measures[name] for name in order}


def _model_rows(resolved: Mapping[str, Any], ranked: Sequence[Model]) -> list[dict[str, Any]]:
    """A row for each model; a metric is compared with that of the condition before."""
    before: dict[tuple[Any, ...], Model] = {}
    rows = []
    for model in ranked:
        beside = (model.entry, model.recipe, model.inputs, model.scope)
        rows.append(_model_row(resolved, model, before.get(beside)))
        before[beside] = model
    return rows


def _model_row(resolved: Mapping[str, Any], model: Model, before: Model | None) -> dict[str, Any]:
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
    than = before and compared(number.mean, number.error, before.mean, before.error)
    return {"than_before": than, **({"per_tap": dict(number.per_tap)} if number.per_tap else {})}


def _number(number: Number) -> dict[str, Any]:
    beside = {"reason": number.reason, "standard_error": number.standard_error, "error": number.error}
    known = {name: value for name, value in beside.items() if value is not None}
    return {"mean": number.mean, "sd": number.sd, **known}


def _missing(resolved: Mapping[str, Any], records: Mapping[str, Record]) -> list[dict[str, str]]:
    """The cells without a record, and the networks that diverged; a network's absence speaks for its scores."""
    missing = []
    for cell in resolved["cells"]:
        record = records.get(cell["key"])
        if cell["work"] == "train" and record is None:
            missing.append({"key": cell["key"], "reason": "not trained"})
        elif cell["work"] == "train" and record is not None and record["outcome"] == "diverged":
            missing.append({"key": cell["key"], "reason": "diverged"})
        elif record is None and records.get(cell["train"], {}).get("outcome") == "done":
            missing.append({"key": cell["key"], "reason": "not scored"})
    return missing


def _warnings(resolved: Mapping[str, Any], records: Mapping[str, Record]) -> list[dict[str, str]]:
    """What scoring warned of: constant neurons, ties."""
    scored = [cell["key"] for cell in resolved["cells"] if cell["work"] == "score" and cell["key"] in records]
    return [{"key": key, "warning": warning} for key in scored for warning in records[key].get("warnings", [])]
