"""What the tests behind the claims read: each measure's columns suite by suite, and its taus beside a placebo's.

In: the facts of measures and metrics, and the models. Out: the suites and pairs of
`benchmark.statistics.claims`, oriented, and over how many seeds each suite's numbers are means.
"""

from dataclasses import dataclass
from statistics import fmean

from benchmark.results.models import Model
from benchmark.statistics.claims import Column, Pair, Suite
from benchmark.statistics.ranks import or_nan, oriented, tau_b
from benchmark.statistics.stakes import data_group
from leaderboard.rows.facts import Facts


@dataclass(frozen=True)
class Evidence:
    """One measure in one suite: its columns with the tau of each, and the fewest seeds that a model there has."""

    suite: Suite
    taus: tuple[float | None, ...]
    seeds: int

    @property
    def tau(self) -> float | None:
        """The mean over the columns that have a tau."""
        known = [tau for tau in self.taus if tau is not None]
        return fmean(known) if known else None


def evidence(facts: Facts, ranked: list[Model], inputs: str, scope: str, measure: str) -> list[Evidence]:
    """A measure on one kind of inputs and scope in each suite of the plan, one column for each metric and recipe."""
    found = []
    for number, entry in facts.suites.items():
        own = [model for model in ranked if (model.entry, model.inputs, model.scope) == (number, inputs, scope)]
        better = facts.measures[measure]["better"][entry["kind"]]
        columns = [
            _column([model for model in own if model.recipe == recipe["label"]], measure, metric, better, high)
            for metric in entry["metrics"]
            for high in [facts.high_metric_is_better(metric)]
            for recipe in entry["recipes"]
        ]
        suite = Suite(tuple(columns), data_group(entry), entry["kind"] if better == "either" else None)
        taus = tuple(None if signs is None else tau_b(*signs) for signs in (column.signs() for column in columns))
        found.append(Evidence(suite, taus, min((len(model.seeds) for model in own), default=0)))
    return found


def pair_of(ours: Evidence, other: Evidence) -> Pair | None:
    """The mean taus of two measures over the columns in which both have one, None where there is none."""
    both = [(a, b) for a, b in zip(ours.taus, other.taus, strict=True) if a is not None and b is not None]
    if not both:
        return None
    return Pair(fmean(a for a, _ in both), fmean(b for _, b in both), ours.suite.data, other.suite.free)


def _column(models: list[Model], measure: str, metric: str, better: str, high: bool) -> Column:
    x, y = [m.measures[measure].mean for m in models], [m.metrics[metric].mean for m in models]
    return Column(oriented(or_nan(x), better != "low"), oriented(or_nan(y), high))
