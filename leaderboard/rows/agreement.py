"""How each measure agrees with each metric, and each metric with the others, with all that says how sure that is.

In: the facts of measures and metrics, and the models. Out: the rows of the board's agreement, oriented: +1 = the
measure orders the models as the metric does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import combinations, product
from statistics import fmean
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from benchmark.measures import HEADLINES
from benchmark.plan.content import PlanEntry
from benchmark.results.models import Model
from benchmark.statistics.agreement import Agreement, kendall
from benchmark.statistics.errors import apart
from benchmark.statistics.factors import factor_levels, settings_of
from benchmark.statistics.noise import filtered_kendall, regret, seed_interval, sub_sample_range
from benchmark.statistics.ranks import or_nan, oriented, whole
from benchmark.statistics.selection import Selection, selects
from leaderboard.content.taus import AgreementRow, MetricRow, TapsRow
from leaderboard.rows.facts import Facts
from leaderboard.rows.grouping import SUITE, by_recipe, by_suite, grouped, place

Row = dict[str, Any]


def agreement_rows(facts: Facts, ranked: list[Model]) -> list[AgreementRow]:
    """One row for each entry, recipe, inputs, scope, metric and measure.

    A measure has the sign of its hypothesis. A placebo has, for each kind of memorization, the one that suits it best
    over the suites on those inputs.
    """
    rows = [row for group in grouped(ranked).values() for row in _rows(facts, group)]
    suits = _signs_that_suit(rows)
    for row in rows:
        direction = facts.measures[row["measure"]]["better"][row["kind"]]
        if direction == "either":
            row["sign"] = suits[_family_of_signs(row)]
        else:
            row["sign"] = 1 if direction == "high" else -1
    return [cast(AgreementRow, _turned(row)) for row in rows]


def metric_rows(facts: Facts, ranked: list[Model]) -> list[MetricRow]:
    """tau of each two metrics of a suite, for each recipe: the most that a measure could agree with both."""
    rows = []
    for models_of_suite in by_suite(ranked):
        suite = models_of_suite[0].suite
        # metrics are those of the evaluation examples, whatever the inputs of the measures
        group = next(iter(grouped(models_of_suite).values()))
        for recipe, models in by_recipe(group).items():
            for metric, other in combinations(suite["metrics"], 2):
                pairs = [(model.metrics[metric].mean, model.metrics[other].mean) for model in models]
                better = [facts.high_metric_is_better(name) for name in (metric, other)]
                about = {key: suite[key] for key in SUITE}
                found = agree(pairs, *better)
                left_out = len(models) - found.n
                which = {"recipe": recipe, "metric": metric, "with": other}
                rows.append(cast(MetricRow, {**about, **which, **asdict(found), "left_out": left_out}))
    return rows


def tap_rows(facts: Facts, ranked: list[Model]) -> list[TapsRow]:
    """tau of the headline measures tap by tap, with the metric read at that tap where it is read at taps."""
    rows = []
    for group in grouped(ranked).values():
        entry = group[0].suite
        for models, metric, measure in product(by_recipe(group).values(), entry["metrics"], HEADLINES):
            if measure not in facts.measures:
                continue
            better = facts.high_is_better(measure, entry["kind"])
            high = facts.high_metric_is_better(metric)
            taps = list(dict.fromkeys(tap for model in models for tap in model.measures[measure].per_tap))
            at_taps = any(model.metrics[metric].per_tap for model in models)
            found = []
            for tap in taps:
                judged = [m.metrics[metric].per_tap.get(tap) if at_taps else m.metrics[metric].mean for m in models]
                measured = [model.measures[measure].per_tap.get(tap) for model in models]
                one = agree(list(zip(measured, judged, strict=True)), better, high)
                shown = {"tau": one.tau, "p": one.p, "p_kind": one.p_kind, "n": one.n, "reason": one.reason}
                found.append({"tap": tap, **shown})
            about = {**place(models[0]), "metric": metric, "metric_at_tap": at_taps, "measure": measure}
            rows.append(cast(TapsRow, {**about, "taps": found}))
    return rows


def _rows(facts: Facts, group: list[Model]) -> Iterator[Row]:
    """The rows of one entry, kind of inputs and scope; tau still with the measure as it is."""
    entry = group[0].suite
    recipes = by_recipe(group)
    first = next(iter(recipes))
    for metric in entry["metrics"]:
        high = facts.high_metric_is_better(metric)
        differ = {recipe: apart([model.metrics[metric] for model in models]) for recipe, models in recipes.items()}
        for measure, about in facts.measures.items():
            # the knob drives both sides of all models together: a p would mean nothing
            pairs = [(m.measures[measure].mean, m.metrics[metric].mean) for m in group]
            overall = agree(pairs, True, high, with_p=False)
            over_recipes = _over_recipes(recipes, entry, measure, metric, high) if len(recipes) > 2 else None
            for recipe, models in recipes.items():
                across = agree([(m.measures[measure].mean, m.metrics[metric].mean) for m in models], True, high)
                noise = _noise(models, measure, metric, high, differ[recipe])
                paper = entry["paper"].get(metric, {}).get(measure) if recipe == first else None
                yield {
                    **place(models[0]),
                    "metric": metric,
                    "measure": measure,
                    "placebo": about["placebo"],
                    "yardstick": about["yardstick"],
                    **asdict(across),
                    "left_out": len(models) - across.n,
                    **noise,
                    "within_condition": over_recipes or _over_seeds(models, measure, metric, high),
                    "all_models": {"tau": overall.tau, "n": overall.n, "reason": overall.reason},
                    "paper": paper,
                    "as_in_paper": paper is not None and entry["as_in_paper"],
                }


def agree(pairs: list[tuple[float | None, float | None]], x_high: bool, y_high: bool, with_p: bool = True) -> Agreement:
    """Kendall's tau over those models that have both numbers."""
    known = [(x, y) for x, y in pairs if x is not None and y is not None]
    return kendall(oriented([x for x, _ in known], x_high), oriented([y for _, y in known], y_high), with_p)


def _noise(models: list[Model], measure: str, metric: str, high: bool, differ: NDArray[np.bool_] | None) -> Row:
    """What noise leaves of the ranking of some models, and what it costs to follow it.

    `differ` says which two models' metrics do. Regret is by the sign of the measure; it is lost in the metric's unit.
    """
    measured, judged = [m.measures[measure] for m in models], [m.metrics[metric] for m in models]
    x = or_nan(number.mean for number in measured)
    y = oriented(or_nan(number.mean for number in judged), high)
    x_seeds = _even([number.by_seed for number in measured])
    y_seeds = [oriented(row, high) for row in _even([number.by_seed for number in judged])]
    halves = [or_nan(half) for half in zip(*(number.sub_samples for number in measured), strict=False)]
    return {
        "filtered": asdict(filtered_kendall(x, y, differ)),
        "interval": {"seeds": seed_interval(x_seeds, y_seeds), "sub_samples": sub_sample_range(halves, y)},
        "regret": {sign: regret([sign * value for value in x], y) for sign in (1, -1)},
    }


def _even(rows: Sequence[Sequence[float | None]]) -> list[list[float]]:
    """Rows of one length, nan where a number is missing: joined runs may have a model in fewer seeds than another."""
    longest = max(map(len, rows))
    return [or_nan([*row, *[None] * (longest - len(row))]) for row in rows]


def _over_seeds(models: list[Model], measure: str, metric: str, high: bool) -> Row:
    """The row within conditions over the seeds of one recipe; nothing is picked among seeds."""
    a_rows = [or_nan(model.measures[measure].by_seed) for model in models]
    b_rows = [oriented(or_nan(model.metrics[metric].by_seed), high) for model in models]
    return _selection(selects(a_rows, b_rows, "seeds"), "seeds") | {"regret": {}, "chance_regret": None}


def _over_recipes(recipes: Mapping[str, list[Model]], entry: PlanEntry, measure: str, metric: str, high: bool) -> Row:
    """The row within conditions over the recipes of each; of a grid the levels of its factors are permuted.

    With what picking a recipe by the measure loses, on average over the conditions, by the sign of the measure, and
    what a pick by chance loses.
    """
    there = {(model.condition, label): model for label, models in recipes.items() for model in models}
    conditions = list(dict.fromkeys(condition for condition, _ in there))
    table = [[there.get((condition, label)) for label in recipes] for condition in conditions]
    a_rows = [or_nan(None if model is None else model.measures[measure].mean for model in row) for row in table]
    b_rows = [
        oriented(or_nan(None if model is None else model.metrics[metric].mean for model in row), high) for row in table
    ]
    settings = zip(entry["recipes"], settings_of(entry), strict=True)
    levels = factor_levels([setting for recipe, setting in settings if recipe["label"] in recipes])
    found = selects(a_rows, b_rows, "recipes" if levels is None else "levels", levels)
    lost = {
        sign: _mean(regret([sign * value for value in a], b) for a, b in zip(a_rows, b_rows, strict=True))
        for sign in (1, -1)
    }
    by_chance = _mean(max(row) - fmean(row) if whole(row, row) else None for row in b_rows)
    return _selection(found, "recipes") | {"regret": lost, "chance_regret": by_chance}


def _selection(found: Selection, unit: str) -> Row:
    """What was ranked is the unit; what was permuted may be the levels of the recipes' factors."""
    return {**asdict(found), "unit": unit, "permuted": found.unit}


def _mean(values: Iterable[float | None]) -> float | None:
    """The mean over those conditions that have a value; None where no condition has one."""
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def _family_of_signs(row: Row) -> tuple[str, ...]:
    return row["kind"], row["measure"], row["inputs"], row["scope"]


def _signs_that_suit(rows: Sequence[Row]) -> dict[tuple[str, ...], int]:
    """The sign with which the suites' mean taus have the larger sum, for all rows that share one."""
    suites: dict[tuple[str, ...], dict[tuple[str, ...], list[float]]] = {}
    for row in rows:
        own = suites.setdefault(_family_of_signs(row), {}).setdefault(tuple(row[key] for key in SUITE), [])
        own += [] if row["tau"] is None else [row["tau"]]
    return {family: -1 if sum(map(fmean, filter(None, own.values()))) < 0 else 1 for family, own in suites.items()}


def _turned(row: Row) -> Row:
    sign = row["sign"]
    parts = ("within_condition", "all_models", "filtered")
    turn = {name: {**row[name], "tau": _times(sign, row[name]["tau"])} for name in parts}
    within = turn["within_condition"]
    within["regret"] = within["regret"].get(sign)
    if sign < 0:
        within |= {"p_above": within["p_below"], "p_below": within["p_above"]}
    interval = {name: ends and sorted(sign * end + 0.0 for end in ends) for name, ends in row["interval"].items()}
    return {**row, **turn, "tau": _times(sign, row["tau"]), "interval": interval, "regret": row["regret"][sign]}


def _times(sign: int, tau: float | None) -> float | None:
    return None if tau is None else sign * tau + 0.0  # + 0.0: no negative zero
