"""What a board needs to know of its measures and metrics: which way is good, and which measures are hypotheses.

In: the content of plan.json. Out: `Facts`, from which the rows about measures and metrics are made, beside the models.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from benchmark.measures import HEADLINES
from benchmark.plan.content import MeasureFacts, MetricFacts, ResolvedContent
from benchmark.plan.hypotheses import declared
from registry import Kind


@dataclass(frozen=True)
class Facts:
    """Measures and metrics by name, in the order of the board, and those measures that the plan declares."""

    hypotheses: tuple[str, ...]
    measures: Mapping[str, MeasureFacts]
    metrics: Mapping[str, MetricFacts]

    def high_is_better(self, measure: str, kind: Kind) -> bool:
        """Whether a high value of a measure speaks for little memorization; not so where a suite's sign is chosen."""
        return self.measures[measure]["better"][kind] == "high"

    def high_metric_is_better(self, metric: str) -> bool:
        """Whether a high value of a metric is good."""
        return self.metrics[metric]["higher_is_better"]


def facts_of(resolved: ResolvedContent) -> Facts:
    """The facts of a plan: the hypotheses first, then the paper's two measures, the yardstick and the placebos last."""
    measures = resolved["measures"]
    hypotheses = tuple(name for name in declared(resolved["plan"]) if name in measures)
    first = [*hypotheses, *HEADLINES]
    places = {name: number for number, name in reversed(list(enumerate(first)))}
    order = sorted(
        measures,
        key=lambda name: (places.get(name, len(first)), measures[name]["placebo"], measures[name]["yardstick"]),
    )
    return Facts(hypotheses, {name: measures[name] for name in order}, resolved["metrics"])
