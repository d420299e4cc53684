"""Placebo: how many optimizer steps the training took.

It is $T$, how often the weights were updated until training stopped. It knows nothing of activations. Wrong labels take
more steps to fit, so along one knob it may rank well. Where all networks take equally many steps it says nothing.
"""

from benchmark.estimator import Settings
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """How many steps the optimizer has made."""
    return Value(float(outputs.history.steps))


MEASURE = Measure(
    name="steps",
    better={"heuristic": "either", "example-level": "either"},
    needs=("history",),
    compute=compute,
    reference="placebo: along one knob anything monotone ranks well",
)
