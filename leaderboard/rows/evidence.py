"""What the tests behind the claims read: each measure's columns suite by suite, and its taus beside a placebo's.

In: the suites that count, the facts of measures and metrics, and the models. Out: for each kind of inputs, scope
and measure the suites of `benchmark.statistics.claims`, oriented, and the fewest seeds that a model there has.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean

from benchmark.plan.content import PlanEntry
from benchmark.results.models import Model
from benchmark.statistics.claims import Column, Pair, Suite
from benchmark.statistics.ranks import or_nan, oriented, tau_b
from benchmark.statistics.stakes import data_group
from leaderboard.rows.facts import Facts
from leaderboard.rows.grouping import grouped

Key = tuple[str, str, str]  # inputs, scope and measure


@dataclass(frozen=True)
class Evidence:
    """One measure in one suite: its columns with the tau of each, and the fewest seeds that a model there has."""

    entry: PlanEntry
    suite: Suite
    taus: tuple[float | None, ...]
    seeds: int

    @property
    def tau(self) -> float | None:
        """The mean over the columns that have a tau."""
        known = [tau for tau in self.taus if tau is not None]
        return fmean(known) if known else None


def evidence(suites: Mapping[int, PlanEntry], facts: Facts, ranked: list[Model]) -> dict[Key, list[Evidence]]:
    """What each measure shows in each of the suites, which go by number in the plan, whether or not one has models."""
    groups = grouped(ranked)
    return {
        (inputs, scope, name): [
            _in_suite(entry, facts, groups.get((number, inputs, scope), []), name) for number, entry in suites.items()
        ]
        for inputs, scope in dict.fromkeys((model.inputs, model.scope) for model in ranked)
        for name in facts.measures
    }


def pair_of(ours: Evidence, other: Evidence) -> Pair | None:
    """The mean taus of two measures over the columns in which both have one, None where there is none."""
    both = [(a, b) for a, b in zip(ours.taus, other.taus, strict=True) if a is not None and b is not None]
    if not both:
        return None
    return Pair(fmean(a for a, _ in both), fmean(b for _, b in both), ours.suite.data, other.suite.free)


def _in_suite(entry: PlanEntry, facts: Facts, group: list[Model], measure: str) -> Evidence:
    """A measure in one suite, of which the group are the models: one column for each metric and recipe."""
    better = facts.measures[measure]["better"][entry["kind"]]
    columns = [
        _column([model for model in group if model.recipe == recipe["label"]], measure, metric, better, high)
        for metric in entry["metrics"]
        for high in [facts.high_metric_is_better(metric)]
        for recipe in entry["recipes"]
    ]
    suite = Suite(tuple(columns), data_group(entry), entry["kind"] if better == "either" else None)
    taus = tuple(None if signs is None else tau_b(*signs) for signs in (column.signs() for column in columns))
    return Evidence(entry, suite, taus, min((len(model.seeds) for model in group), default=0))


def _column(models: list[Model], measure: str, metric: str, better: str, high: bool) -> Column:
    x, y = [m.measures[measure].mean for m in models], [m.metrics[metric].mean for m in models]
    return Column(oriented(or_nan(x), better != "low"), oriented(or_nan(y), high))
