"""From models to the board: how each measure agrees with each metric, what is missing, and a verdict in words.

In: the content of plan.json and the score records. Out: the content of board.json, a pure function of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from statistics import fmean
from typing import Any

from benchmark.agreement import Agreement, Within, kendall, or_nan, oriented, regret, within_conditions
from benchmark.models import Model, models
from benchmark.types import Record
from leaderboard.verdict import pooled_rows, sentences

SCHEMA = 1


def build_board(resolved: Mapping[str, Any], records: Mapping[str, Record]) -> dict[str, Any]:
    """The board of a plan. `records` are those of its cells that are published, train and score, by key."""
    ranked = models(resolved, records)
    agreement = _oriented_rows(resolved, list(_rows(resolved, ranked)))
    pooled_taus = pooled_rows(resolved, ranked)
    return {
        "schema": SCHEMA,
        "plan": resolved["plan"]["name"],
        **({"limit": resolved["plan"]["limit"]} if resolved["plan"].get("limit") else {}),
        "estimator": resolved["plan"]["estimator"],
        "agreement": agreement,
        "models": [_model_row(resolved, model) for model in ranked],
        "missing": _missing(resolved, records),
        "warnings": _warnings(resolved, records),
        "pooled": pooled_taus,
        "verdict": sentences(agreement, pooled_taus),
    }


def _place(resolved: Mapping[str, Any], model: Model) -> dict[str, Any]:
    """The columns that say what a row is about."""
    entry = resolved["entries"][model.entry]
    place = {name: entry[name] for name in ("suite", "data", "origin", "family", "kind")}
    return {**place, "recipe": model.recipe, "inputs": model.inputs, "scope": model.scope}


def _model_row(resolved: Mapping[str, Any], model: Model) -> dict[str, Any]:
    return {
        **_place(resolved, model),
        "knob": resolved["entries"][model.entry]["knob"],
        "condition": model.condition,
        "seeds": list(model.seeds),
        "measures": {
            name: _number(number) | {"per_tap": dict(number.per_tap)} for name, number in model.measures.items()
        },
        "metrics": {name: _number(number) for name, number in model.metrics.items()},
    }


def _number(number: Any) -> dict[str, Any]:
    beside = {"reason": number.reason, "standard_error": number.standard_error}
    return {
        "mean": number.mean,
        "sd": number.sd,
        **{name: value for name, value in beside.items() if value is not None},
    }


def _rows(resolved: Mapping[str, Any], ranked: list[Model]) -> Iterator[dict[str, Any]]:
    """One row for each entry, recipe, inputs, scope, metric and measure; tau still with the measure as it is."""
    groups: dict[tuple[int, str, str], list[Model]] = {}
    for model in ranked:
        groups.setdefault((model.entry, model.inputs, model.scope), []).append(model)
    for (number, _, _), group in groups.items():
        entry = resolved["entries"][number]
        labels = [recipe["label"] for recipe in entry["recipes"]]
        for metric in entry["metrics"]:
            better = resolved["metrics"][metric]["higher_is_better"]
            for measure in resolved["measures"]:
                overall = _agree(group, measure, metric, better)
                for label in labels:
                    row = [model for model in group if model.recipe == label]
                    by_recipes = len(labels) > 2
                    within = _within(group if by_recipes else row, measure, metric, better, by_recipes)
                    paper = entry["paper"].get(metric, {}).get(measure) if label == labels[0] else None
                    yield {
                        **_place(resolved, row[0]),
                        "metric": metric,
                        "measure": measure,
                        "placebo": resolved["measures"][measure]["placebo"],
                        **_across(_agree(row, measure, metric, better), len(row)),
                        "regret": _regrets(row, measure, metric, better),
                        "within_condition": asdict(within),
                        "all_models": {"tau": overall.tau, "n": overall.n, "reason": overall.reason},
                        "paper": paper,
                        "as_in_paper": paper is not None and entry["as_in_paper"],
                    }


def _agree(group: list[Model], measure: str, metric: str, higher_is_better: bool) -> Agreement:
    """tau over the models for which both numbers are there."""
    pairs = [(model.measures[measure].mean, model.metrics[metric].mean) for model in group]
    whole = [(x, y) for x, y in pairs if x is not None and y is not None]
    return kendall([x for x, _ in whole], oriented([y for _, y in whole], higher_is_better))


def _across(found: Agreement, models_planned: int) -> dict[str, Any]:
    left_out = models_planned - found.n
    return {**asdict(found), "left_out": left_out}


def _regrets(group: list[Model], measure: str, metric: str, higher_is_better: bool) -> dict[int, float | None]:
    """What is lost by picking the model with the highest (1) or the lowest (-1) measure, in the metric's unit."""
    x = or_nan(model.measures[measure].mean for model in group)
    y = or_nan(model.metrics[metric].mean for model in group)
    turned = oriented(y, higher_is_better)
    return {sign: regret([sign * value for value in x], turned) for sign in (1, -1)}


def _within(group: list[Model], measure: str, metric: str, higher_is_better: bool, by_recipes: bool) -> Within:
    """The row within conditions: over recipes where there are three or more, else over the seeds of one recipe."""
    by_condition: dict[Any, list[Model]] = {}
    for model in group:
        by_condition.setdefault(model.condition, []).append(model)
    x, y = [], []
    for same in by_condition.values():
        if by_recipes:
            measured, judged = [m.measures[measure].mean for m in same], [m.metrics[metric].mean for m in same]
        else:
            measured, judged = list(same[0].measures[measure].by_seed), list(same[0].metrics[metric].by_seed)
        x.append(or_nan(measured))
        y.append(oriented(or_nan(judged), higher_is_better))
    return within_conditions(x, y, "recipes" if by_recipes else "seeds")


def _oriented_rows(resolved: Mapping[str, Any], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Turn each tau so that +1 means: the measure orders the models as generalization does.

    A measure has the sign of its hypothesis; a placebo, for each kind and metric, the one that maximizes its mean tau.
    """
    for row in rows:
        direction = resolved["measures"][row["measure"]]["better"][row["kind"]]
        if direction == "either":
            alike = [r["tau"] for r in rows if all(r[k] == row[k] for k in ("kind", "metric", "measure"))]
            row["sign"] = -1 if fmean([tau or 0.0 for tau in alike]) < 0 else 1
        else:
            row["sign"] = 1 if direction == "high" else -1
    return [_turned(row) for row in rows]


def _turned(row: dict[str, Any]) -> dict[str, Any]:
    sign = row["sign"]
    turn = {name: {**row[name], "tau": _times(sign, row[name]["tau"])} for name in ("within_condition", "all_models")}
    return {**row, **turn, "tau": _times(sign, row["tau"]), "regret": row["regret"][sign]}


def _times(sign: int, tau: float | None) -> float | None:
    return None if tau is None else sign * tau + 0.0  # + 0.0: no negative zero


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
