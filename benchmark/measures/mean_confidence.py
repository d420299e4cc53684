"""Mean confidence: how sure a network is of its predictions, which needs no label. A rival of the two measures."""

from math import fsum

from benchmark.estimator import Settings
from benchmark.measures._predictions import probabilities
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean over the examples of the largest softmax probability, from 1 / K to 1."""
    largest = probabilities(outputs.logits).max(axis=1)
    return Value(fsum(largest) / len(largest))


MEASURE = Measure(
    name="mean-confidence",
    better={"heuristic": "high", "example-level": "high"},
    needs=("predictions",),
    compute=compute,
    reference="Hendrycks, Gimpel 2017; as an estimate of accuracy: Guillory et al. 2021, average confidence",
)
