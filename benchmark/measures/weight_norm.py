"""Placebo: the Euclidean norm of all parameters at the end of training."""

from benchmark.estimator import Settings
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Norm of all parameters."""
    return Value(outputs.history.weight_norms[-1])


MEASURE = Measure(
    name="weight-norm",
    better={"heuristic": "either", "example-level": "either"},
    needs=("history",),
    compute=compute,
    reference="placebo: along one knob anything monotone ranks well",
)
