r"""Placebo: how evenly the classes are predicted.

$$-\sum_{k=1}^{K} \left\lvert \frac{1}{S} \sum_{s=1}^{S} p_{sk} - \frac{1}{K} \right\rvert$$

$p_{sk}$ is the softmax probability of class $k$ for example $s$. The number is 0 where all classes are predicted
equally often, and $-2 + 2 / K$ where one class always is. It knows nothing of whether a prediction is right. It fails
where the classes are not equally frequent.
"""

from math import fsum

import numpy as np

from benchmark.estimator import Settings
from benchmark.measures._predictions import mean_probabilities, probabilities
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Minus the sum of how far the mean softmax probability of each class is from 1 / K."""
    mean = mean_probabilities(probabilities(outputs.logits))
    return Value(0.0 - fsum(np.abs(mean - 1 / len(mean))))


MEASURE = Measure(
    name="class-balance",
    better={"heuristic": "either", "example-level": "either"},
    needs=("predictions",),
    compute=compute,
    reference="placebo: the part of information maximization and softmax correlation that is not confidence",
    on_request=True,
)
