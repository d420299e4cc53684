"""The two ends of every suite: its least memorizing condition against its most memorizing one.

In: the facts of measures and metrics, and the models. Out: rows of differences, least less most, with what the
hypothesis says of the measures (the paper's H1 and H2: their declared directions) and what is seen beyond noise.
"""

from collections.abc import Iterator
from typing import Any, cast

from benchmark.measures import HEADLINES
from benchmark.plan.content import PlanEntry
from benchmark.results.models import Model, Number
from benchmark.statistics.errors import at_tap, difference
from leaderboard.content.models import EndRow
from leaderboard.rows.facts import Facts
from leaderboard.rows.grouping import by_recipe, grouped, named, place

Row = dict[str, Any]


def end_rows(facts: Facts, ranked: list[Model]) -> list[EndRow]:
    """For each entry, recipe, kind of inputs and scope a row for each metric and headline measure."""
    rows: list[EndRow] = []
    for group in grouped(ranked).values():
        entry = group[0].suite
        for same in by_recipe(group).values():
            least, most = same[0], same[-1]
            if least is most:
                continue
            about = {
                **place(least),
                "least": named(entry, least.condition),
                "most": named(entry, most.condition),
            }
            rows += [cast(EndRow, {**about, **row}) for row in _numbers(facts, entry, least, most)]
    return rows


def _numbers(facts: Facts, entry: PlanEntry, least: Model, most: Model) -> Iterator[Row]:
    for name in entry["metrics"]:
        high = facts.high_metric_is_better(name)
        yield {"number": name, "is": "metric", **_against(least.metrics[name], most.metrics[name], high)}
    for name in (one for one in HEADLINES if one in facts.measures):
        high = facts.high_is_better(name, entry["kind"])
        yield {"number": name, "is": "measure", **_against(least.measures[name], most.measures[name], high)}


def _against(least: Number, most: Number, high_is_better: bool) -> Row:
    """One number at both ends of a suite, over all taps and at each tap at which it is known."""
    expected = "higher" if high_is_better else "lower"
    taps = [{"tap": tap, **_difference(at_tap(least, tap), at_tap(most, tap), expected)} for tap in least.per_tap]
    return {
        "expected": expected,
        "values": [least.mean, most.mean],
        **_difference(least, most, expected),
        "taps": taps,
    }


def _difference(least: Number, most: Number, expected: str) -> Row:
    """Least less most with its error, and whether it goes the way that is expected; None where not known."""
    found = difference(least, most)
    words = {None: None, "undecided": "undecided", expected: "as expected"}
    return {
        "difference": found.value,
        "error": found.error,
        "df": found.df,
        "p": found.p,
        "interval_95": found.interval and list(found.interval),
        "seen": words.get(found.seen, "the other way"),
        "about": found.about,
    }
