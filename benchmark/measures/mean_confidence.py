r"""Mean confidence: how sure a network is of its predictions, which needs no label. A rival of the two measures.

$$\frac{1}{S} \sum_{s=1}^{S} \max_k p_{sk}, \qquad p_{sk} = \frac{e^{z_{sk}}}{\sum_l e^{z_{sl}}}$$

$z_{sk}$ is the logit of class $k$ for example $s$.

It fails under a shortcut: a network that relies on one is sure where the shortcut is, and wrong where it misleads.
"""

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
