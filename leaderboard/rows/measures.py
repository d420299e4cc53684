"""The board of measures: which of them orders the networks of a panel, across its conditions and within them.

In: the facts of measures and metrics, the models and the oriented rows of agreement. Out: a row for each measure and
kind of inputs, none where no suite has three recipes. The hypotheses stand first,
then all others by the weakest of their mean taus, placebos, yardsticks and the baseline among them; what has no tau in
one of the suites stands behind what has one in each.

All p's are two-sided. They are corrected (Holm) for all rivals and suites together, in each way by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import cast

import numpy as np
from numpy.typing import NDArray

from benchmark.plain.keeping import kept
from benchmark.plan.content import MeasureFacts, PlanEntry
from benchmark.results.models import Model
from benchmark.statistics import LEVEL
from benchmark.statistics.agreement import holm
from benchmark.statistics.centred import doubly_centred
from benchmark.statistics.factors import factor_levels, settings_of
from benchmark.statistics.noise import regret
from benchmark.statistics.panels import across, overall
from benchmark.statistics.ranks import or_nan, whole
from benchmark.statistics.recipe_null import recipe_null, share_at_least
from benchmark.statistics.resampling import Panel
from benchmark.statistics.selection import selects
from benchmark.statistics.telling_apart import compare, groups
from benchmark.types import BASELINE
from leaderboard.content.measures import WAYS, MeanTaus, MeasureRow, Ordered, PanelColumns, Role
from leaderboard.content.taus import AgreementRow
from leaderboard.rows.facts import Facts
from leaderboard.rows.grouping import by_suite
from leaderboard.rows.settings_as_numbers import settings_as_numbers
from registry import Kind

FEWEST_RECIPES = 3
CENTRED = ("mean-mi", "mean-confidence")  # what the baseline is made of
Table = NDArray[np.float64]  # (conditions, recipes), turned so that more is better
Place = tuple[int, str]  # of a panel: an entry of the plan, and a metric


@dataclass(frozen=True, eq=False)
class _Panel:
    """One suite by one metric: the metric's table, and that of each measure."""

    entry: PlanEntry
    metric: str
    judged: Table
    measured: Mapping[str, Table]


def measure_rows(facts: Facts, ranked: list[Model], agreement: Sequence[AgreementRow]) -> list[MeasureRow]:
    """The rows of each kind of inputs and scope, in the order in which they stand on the board."""
    signs = {(row["inputs"], row["scope"], row["kind"], row["measure"]): row["sign"] for row in agreement}
    result = []
    for inputs, scope in dict.fromkeys((model.inputs, model.scope) for model in ranked):
        here = [model for model in ranked if (model.inputs, model.scope) == (inputs, scope)]
        panels = [
            _panel(facts, group, metric, {name: signs[inputs, scope, suite["kind"], name] for name in facts.measures})
            for group in by_suite(here)
            for suite in [group[0].suite]
            for metric in suite["metrics"]
            if len(suite["recipes"]) >= FEWEST_RECIPES
        ]
        if panels:
            result += _rows(facts, panels, inputs, scope)
    return result


def _panel(facts: Facts, group: Sequence[Model], metric: str, signs: Mapping[str, int]) -> _Panel:
    """The tables of one suite. The baseline has the sign of its parts already."""
    entry = group[0].suite
    there = {(model.condition, model.recipe): model for model in group}
    places = list(product(entry["conditions"], [recipe["label"] for recipe in entry["recipes"]]))
    shape = len(entry["conditions"]), len(entry["recipes"])

    def table(of: Mapping[tuple[float | str, str], float | None], sign: int) -> Table:
        return np.asarray(sign * np.array(or_nan(of.get(place) for place in places)).reshape(shape))

    measured = {
        name: table({place: model.measures[name].mean for place, model in there.items()}, sign)
        for name, sign in signs.items()
    }
    if set(CENTRED) <= measured.keys():
        mi = {place: model.measures[CENTRED[0]].mean for place, model in there.items()}
        logs = {place: float(np.log(value)) if value and value > 0 else None for place, value in mi.items()}
        measured[BASELINE] = doubly_centred(table(logs, signs[CENTRED[0]]), measured[CENTRED[1]])
    judged = {place: model.metrics[metric].mean for place, model in there.items()}
    high = 1 if facts.high_metric_is_better(metric) else -1
    return _Panel(entry, metric, table(judged, high), measured)


def _rows(facts: Facts, panels: Sequence[_Panel], inputs: str, scope: str) -> list[MeasureRow]:
    names = list(panels[0].measured)
    columns = {name: [_columns(panel, name) for panel in panels] for name in names}
    roles = {name: _role(name, facts.measures.get(name), facts.hypotheses) for name in names}
    _correct([columns[name] for name in names if roles[name] in ("hypothesis", "rival")])
    means = {name: _means(columns[name]) for name in names}
    weakest = {name: _weakest(means[name]) for name in names}
    order = sorted(
        names,
        key=lambda name: (
            roles[name] != "hypothesis",
            weakest[name] is None,
            _is_partial(columns[name]),
            -(weakest[name] or 0.0),
            name,
        ),
    )
    in_groups = _in_groups(panels, names)
    return [
        {
            "inputs": inputs,
            "scope": scope,
            "measure": name,
            "role": roles[name],
            "needs": list(CENTRED) if name == BASELINE else facts.measures[name].get("needs", []),
            "panels": columns[name],
            "means": means[name],
            "weakest": weakest[name],
            "partial": _is_partial(columns[name]),
            "groups": in_groups.get(name, []),
        }
        for name in order
    ]


def _columns(panel: _Panel, name: str) -> PanelColumns:
    """How one measure orders the panel of one suite."""
    x, y = panel.measured[name], panel.judged
    trainings = settings_of(panel.entry)
    levels = factor_levels(trainings)
    over, inside, every = (
        across(x, y),
        selects(list(x), list(y), "recipes" if levels is None else "levels", levels),
        overall(x, y),
    )
    lost = [regret(a, b) for a, b in zip(x, y, strict=True)]
    by_chance = [
        float(b.max() - b.mean()) if own is not None and whole(b, b) else None for own, b in zip(lost, y, strict=True)
    ]
    return {
        "suite": panel.entry["suite"],
        "data": panel.entry["data"],
        "family": panel.entry["family"],
        "kind": panel.entry["kind"],
        "metric": panel.metric,
        "across": _ordered(over.tau, over.p, over.reason),
        "within": _ordered(inside.tau, inside.p, inside.reason),
        "all": _ordered(every.tau, every.p, every.reason),
        "recipe_null": _share_of_recipes(trainings, x, y, inside.tau),
        "regret": _mean(lost),
        "chance_regret": _mean(by_chance),
        "wrong": [],
    }


def _share_of_recipes(trainings: Sequence[Mapping[str, object]], x: Table, y: Table, tau: float | None) -> float | None:
    """The share of random functions of the recipe that order the recipes as well."""
    if tau is None:
        return None
    settings = settings_as_numbers(trainings)
    counted = np.where(np.isfinite(x).all(axis=1, keepdims=True), y, np.nan)
    try:
        return share_at_least(tau, _null((settings.shape, settings.tobytes()), (counted.shape, counted.tobytes())))
    except ValueError:  # no setting differs, or no condition is left
        return None


@kept(most=16)
def _null(settings: tuple[tuple[int, ...], bytes], metric: tuple[tuple[int, ...], bytes]) -> NDArray[np.float64]:
    """`recipe_null` of two tables by their shapes and bytes, which most measures of a suite have in common."""
    own, judged = (np.frombuffer(content).reshape(shape) for shape, content in (settings, metric))
    return recipe_null(own, judged)


def _ordered(tau: float | None, p: float | None, reason: str | None) -> Ordered:
    return {"tau": tau, "p": p, "p_holm": None, "reason": reason}


def _correct(rows: Sequence[Sequence[PanelColumns]]) -> None:
    """Write the corrected p's, and which ways are surely the wrong ones, into the columns of all rivals."""
    for way in WAYS:
        tests = [columns[way] for row in rows for columns in row]
        for test, p in zip(tests, holm([test["p"] for test in tests]), strict=True):
            test["p_holm"] = p
    for columns in (columns for row in rows for columns in row):
        columns["wrong"] = [way for way in WAYS if _is_wrong(columns[way])]


def _is_wrong(found: Ordered) -> bool:
    return found["p_holm"] is not None and found["p_holm"] <= LEVEL and (found["tau"] or 0.0) < 0


def _means(columns: Sequence[PanelColumns]) -> dict[Kind, MeanTaus]:
    """The mean taus over the suites of each kind that the plan has; the metrics of a suite are averaged first."""
    found: dict[Kind, MeanTaus] = {}
    for kind in dict.fromkeys(column["kind"] for column in columns):
        suites: dict[tuple[str, ...], list[PanelColumns]] = {}
        for column in columns:
            if column["kind"] == kind:
                suites.setdefault((column["suite"], column["data"], column["family"]), []).append(column)
        means = {way: _mean([_mean([column[way]["tau"] for column in own]) for own in suites.values()]) for way in WAYS}
        found[kind] = cast(MeanTaus, means)
    return found


def _is_partial(columns: Sequence[PanelColumns]) -> bool:
    """Whether a tau is missing in one of the suites, so that the means are of fewer."""
    return any(column[way]["tau"] is None for column in columns for way in WAYS)


def _weakest(means: Mapping[Kind, MeanTaus]) -> float | None:
    """The smallest mean tau across and within, over the kinds: what a measure that is right everywhere has above 0."""
    values = [tau for mean in means.values() for tau in (mean["across"], mean["within"])]
    return None if None in values else min(tau for tau in values if tau is not None)


def _in_groups(panels: Sequence[_Panel], names: Sequence[str]) -> dict[str, list[int]]:
    """The numbers of the groups, from 1, in which each measure cannot be told from the others over all networks.

    None where the suites do not share their recipes.
    """
    recipes = {tuple(recipe["label"] for recipe in panel.entry["recipes"]) for panel in panels}
    if len(recipes) > 1:
        return {}
    made = [Panel(np.stack([panel.measured[name] for name in names]), panel.judged) for panel in panels]
    found = compare(made, "all")
    known = [place for place in range(len(names)) if np.isfinite(found.score[place])]
    order = sorted(known, key=lambda place: (-found.score[place], names[place]))
    result: dict[str, list[int]] = {}
    for number, group in enumerate(groups(order, found.differs), start=1):
        for place in group:
            result.setdefault(names[place], []).append(number)
    return result


def _role(name: str, facts: MeasureFacts | None, hypotheses: Sequence[str]) -> Role:
    if facts is None:
        return "baseline"
    if facts["placebo"]:
        return "placebo"
    if facts["yardstick"]:
        return "yardstick"
    return "hypothesis" if name in hypotheses else "rival"


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
