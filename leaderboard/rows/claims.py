"""What a board claims of each headline measure, by a fixed rule, and the statistics behind it.

In: the oriented rows of agreement and the models. Out: the pooled taus, and a row of claims for each headline measure.

Rule, for each kind of inputs and scope, at .05. Every p is two-sided, so that a measure can also point the other way.
- `orders`: the pooled tau over the suites has a p, corrected for the two measures (Holm), up to .05: "yes" if it is
  positive, "reversed" if it is negative. It says that the measure orders the conditions, no more.
- `beats`, for each placebo: over the suites in which both have a tau, the sign test of who is ahead, corrected for all
  placebos and both measures. A suite in which either has no tau does not count.
- `within`, for each suite and metric: the p of choosing within a condition, corrected for all suites and both measures:
  "selects" if tau is positive, "reversed" if it is negative.
"""

from collections.abc import Mapping
from statistics import fmean
from typing import Any

from benchmark.agreement import Column, holm, pooled, sign_test
from benchmark.measures import HEADLINES, LEVEL
from benchmark.models import Model
from benchmark.ranks import or_nan, oriented
from leaderboard.rows.grouping import SUITE

Row = dict[str, Any]


def pooled_rows(resolved: Mapping[str, Any], ranked: list[Model]) -> list[Row]:
    """T of each measure for each kind of inputs and scope, with its p; that of the headline measures also corrected."""
    rows: list[Row] = []
    for inputs, scope in dict.fromkeys((model.inputs, model.scope) for model in ranked):
        here = [model for model in ranked if (model.inputs, model.scope) == (inputs, scope)]
        found = {name: pooled(_suites(resolved, here, name)) for name in resolved["measures"]}
        headlines = [name for name in HEADLINES if name in found]
        corrected = dict(zip(headlines, holm([found[name].p for name in headlines]), strict=True))
        for name, one in found.items():
            counts = {"suites": one.suites, "left_out": one.left_out}
            place = {"inputs": inputs, "scope": scope, "measure": name}
            rows.append({**place, "tau": one.tau, "p": one.p, "p_holm": corrected.get(name), **counts})
    return rows


def claim_rows(rows: list[Row], pooled_taus: list[Row]) -> list[Row]:
    """One row for each kind of inputs, scope and headline measure. `rows` are those of the board's agreement."""
    result = []
    for inputs, scope in dict.fromkeys((row["inputs"], row["scope"]) for row in rows):
        here = [row for row in rows if (row["inputs"], row["scope"]) == (inputs, scope)]
        own = [row for row in pooled_taus if (row["inputs"], row["scope"]) == (inputs, scope)]
        measures = [row for name in HEADLINES for row in own if row["measure"] == name]
        names = [row["measure"] for row in measures]
        beats, within = _against_placebos(here, names), _within(here, names)
        for row in measures:
            orders = _shown(row["tau"], row["p_holm"], "yes", "reversed")
            name = row["measure"]
            result.append({**row, "orders": orders, "beats": beats[name], "within": within[name]})
    return result


def _shown(effect: float | None, p: float | None, right: str, wrong: str) -> str:
    """A word for what an effect with its corrected p shows."""
    if effect is None or p is None:
        return "undefined"
    if p > LEVEL:
        return "not shown"
    return right if effect > 0 else wrong


def _suites(resolved: Mapping[str, Any], models: list[Model], measure: str) -> list[list[Column]]:
    """For each suite its columns, one for each recipe and metric."""
    suites = []
    for number, entry in enumerate(resolved["entries"]):
        own = [model for model in models if model.entry == number]
        better = resolved["measures"][measure]["better"][entry["kind"]]
        columns = []
        for metric in entry["metrics"]:
            high = resolved["metrics"][metric]["higher_is_better"]
            group = f"{entry['kind']} {metric}" if better == "either" else None
            for recipe in entry["recipes"]:
                row = [model for model in own if model.recipe == recipe["label"]]
                x, y = [m.measures[measure].mean for m in row], [m.metrics[metric].mean for m in row]
                columns.append(Column(oriented(or_nan(x), better != "low"), oriented(or_nan(y), high), group))
        suites.append(columns)
    return suites


def _against_placebos(rows: list[Row], measures: list[str]) -> dict[str, list[Row]]:
    """For each measure a row for each placebo, with the corrected p."""
    placebos = sorted({row["measure"] for row in rows if row["placebo"]})
    duels = {(name, placebo): _duel(rows, name, placebo) for name in measures for placebo in placebos}
    corrected = dict(zip(duels, holm([sign_test(won, lost) for won, lost, _ in duels.values()]), strict=True))
    beats: dict[str, list[Row]] = {name: [] for name in measures}
    for (name, placebo), (won, lost, counted) in duels.items():
        p = corrected[name, placebo]
        shown = _shown(won - lost, p, "beats", "beaten")
        beats[name].append(
            {"placebo": placebo, "ahead": won, "behind": lost, "suites": counted, "p": p, "shown": shown}
        )
    return beats


def _duel(rows: list[Row], measure: str, placebo: str) -> tuple[int, int, int]:
    """In how many suites the measure is ahead and behind, and how many count: mean tau over recipes and metrics."""
    by_suite: dict[tuple[str, ...], dict[str, list[float | None]]] = {}
    for row in rows:
        place = tuple(row[key] for key in SUITE)
        by_suite.setdefault(place, {}).setdefault(row["measure"], []).append(row["tau"])
    won = lost = counted = 0
    for taus in by_suite.values():
        ours, theirs = taus.get(measure, [None]), taus.get(placebo, [None])
        if None in ours or None in theirs:
            continue
        gap = fmean(tau for tau in ours if tau is not None) - fmean(tau for tau in theirs if tau is not None)
        counted += 1
        won += gap > 1e-9
        lost += gap < -1e-9
    return won, lost, counted


def _within(rows: list[Row], measures: list[str]) -> dict[str, list[Row]]:
    """For each measure a row for each suite, metric and (where seeds are ranked) recipe, with the corrected p."""
    tests = {(row["measure"], *_place(row)): row for row in rows if row["measure"] in measures}
    corrected = dict(zip(tests, holm([row["within_condition"]["p"] for row in tests.values()]), strict=True))
    within: dict[str, list[Row]] = {name: [] for name in measures}
    twice = len({row["suite"] for row in rows}) < len({tuple(row[key] for key in SUITE) for row in rows})
    for test, p in corrected.items():
        tau = tests[test]["within_condition"]["tau"]
        place = dict(zip((*SUITE, "metric", "recipe"), test[1:], strict=True))
        shown = {"tau": tau, "p": p, "shown": _shown(tau, p, "selects", "reversed")}
        within[test[0]].append({"column": _column(place, twice), **place, **shown})
    return within


def _place(row: Row) -> tuple[str, ...]:
    """Suite, data, family, metric and recipe of a row within conditions; over recipes they all hold the same row."""
    recipe = row["recipe"] if row["within_condition"]["unit"] == "seeds" else ""
    return *(row[key] for key in SUITE), row["metric"], recipe


def _column(place: Mapping[str, str], twice: bool) -> str:
    """The name of a column of Table 2; with data and family where a suite stands there twice."""
    suite = "/".join(place[key] for key in SUITE) if twice else place["suite"]
    return "/".join(filter(None, [suite, place["metric"], place["recipe"]]))
