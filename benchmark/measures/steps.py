"""Placebo: how many optimizer steps the training took."""

from benchmark.estimator import Settings
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Optimizer steps."""
    return Value(float(outputs.history.steps))


MEASURE = Measure(
    name="steps",
    better={"heuristic": "either", "example-level": "either"},
    needs=("history",),
    compute=compute,
    reference="placebo: along one knob anything monotone ranks well",
)
