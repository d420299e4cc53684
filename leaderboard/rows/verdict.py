"""What a board claims, in words, by a fixed rule, and the statistics behind it.

In: the oriented rows of agreement and the models. Out: the pooled taus, and a sentence for each headline measure.

Rule, for each kind of inputs and scope, at .05:
- "follows the knob": the pooled tau over the suites has a p, one-sided and corrected for the two measures (Holm), up to
  .05. It says that the measure orders the conditions, no more.
- "beats" a placebo: in more suites ahead of it than behind, with a sign test's p, corrected for all placebos and both
  measures, up to .05. A suite in which either has no tau does not count.
- "selects models within a condition" of a suite: the within row's p, corrected for all suites and both measures, is
  up to .05 and its tau is positive; with a negative tau the measure "points the wrong way" there.
"""

from collections.abc import Iterator, Mapping
from statistics import fmean
from typing import Any

from benchmark.agreement import Column, holm, pooled, sign_test
from benchmark.measures import HEADLINES
from benchmark.models import Model
from benchmark.ranks import or_nan, oriented

LEVEL = 0.05

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


def sentences(rows: list[Row], pooled_taus: list[Row]) -> list[str]:
    """The verdict. `rows` are those of the board's agreement, oriented."""
    result = []
    for inputs, scope in dict.fromkeys((row["inputs"], row["scope"]) for row in rows):
        here = [row for row in rows if (row["inputs"], row["scope"]) == (inputs, scope)]
        pooled_here = [row for row in pooled_taus if (row["inputs"], row["scope"]) == (inputs, scope)]
        measures = [row for name in HEADLINES for row in pooled_here if row["measure"] == name]
        names = [row["measure"] for row in measures]
        beaten, within = _against_placebos(here, names), _within(here, names)
        for row in measures:
            name = row["measure"]
            parts = [_follows(row), beaten[name], within[name]]
            result.append(f"{inputs} inputs, scope {scope}: {name} {'; '.join(parts)}.")
    return result


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


def _follows(row: Row) -> str:
    if row["tau"] is None:
        return "has no tau in any suite"
    says = "follows the knob" if row["p_holm"] <= LEVEL else "is not shown to follow the knob"
    left_out = f", {row['left_out']} left out" if row["left_out"] else ""
    return f"{says} (pooled tau {row['tau']:.2f} over {_count(row['suites'], 'suite')}{left_out}, {_p(row['p_holm'])})"


def _against_placebos(rows: list[Row], measures: list[str]) -> dict[str, str]:
    """For each measure the part of the sentence about the placebos."""
    placebos = sorted({row["measure"] for row in rows if row["placebo"]})
    duels = {(name, placebo): _duel(rows, name, placebo) for name in measures for placebo in placebos}
    corrected = dict(zip(duels, holm([sign_test(won, lost) for won, lost, _ in duels.values()]), strict=True))
    said = {}
    for name in measures:
        sure: list[str] = []
        unsure: list[str] = []
        for placebo in placebos:
            (won, _, counted), p = duels[name, placebo], corrected[name, placebo]
            text = f"{placebo} (ahead in {won} of {_count(counted, 'suite')}" + (")" if p is None else f", {_p(p)})")
            (sure if p is not None and p <= LEVEL else unsure).append(text)
        parts = [f"beats {', '.join(sure)}"] if sure else []
        parts += [f"is not shown to beat {', '.join(unsure)}"] if unsure else []
        said[name] = "; ".join(parts) or "has no placebo beside it"
    return said


def _duel(rows: list[Row], measure: str, placebo: str) -> tuple[int, int, int]:
    """In how many suites the measure is ahead and behind, and how many count: mean tau over recipes and metrics."""
    by_suite: dict[tuple[str, ...], dict[str, list[float | None]]] = {}
    for row in rows:
        place = (row["suite"], row["data"], row["family"])
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


def _within(rows: list[Row], measures: list[str]) -> dict[str, str]:
    """For each measure the part of the sentence about choosing within a condition."""
    tests = {(row["measure"], _column(row)): row for row in _within_rows(rows) if row["measure"] in measures}
    corrected = dict(zip(tests, holm([row["within_condition"]["p"] for row in tests.values()]), strict=True))
    said = {}
    for name in measures:
        right: list[str] = []
        wrong: list[str] = []
        for (measure, column), p in corrected.items():
            if measure == name and p is not None and p <= LEVEL:
                tau = tests[measure, column]["within_condition"]["tau"]
                (right if tau > 0 else wrong).append(f"{column} (tau {tau:.2f}, {_p(p)})")
        parts = [f"selects models within a condition of {', '.join(right)}"] if right else []
        parts += [f"points the wrong way within a condition of {', '.join(wrong)}"] if wrong else []
        said[name] = "; ".join(parts) or "is not shown to select models within a condition"
    return said


def _within_rows(rows: list[Row]) -> Iterator[Row]:
    """One row for each suite, metric and measure; over recipes they all hold the same."""
    seen = set()
    for row in rows:
        place = (_column(row), row["measure"], "" if row["within_condition"]["unit"] == "recipes" else row["recipe"])
        if place not in seen:
            seen.add(place)
            yield row


def _column(row: Row) -> str:
    recipe = row["recipe"] if row["within_condition"]["unit"] == "seeds" and row["recipe"] else ""
    return "/".join(filter(None, [row["suite"], row["metric"], recipe]))


def _count(number: int, word: str) -> str:
    return f"{number} {word}" + ("" if number == 1 else "s")


def _p(value: float) -> str:
    return "p < .001" if value < 0.0005 else f"p = {value:.3f}".replace("0.", ".")
