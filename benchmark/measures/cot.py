r"""Confidence by optimal transport: mean probability of a class if each class gets as many examples. A rival.

$$1 - \frac{1}{2} \min_{\pi} \sum_{s=1}^{S} \sum_{k=1}^{K} \pi_{sk} \lVert p_s - e_k \rVert_1
= \max_{\pi} \sum_{s=1}^{S} \sum_{k=1}^{K} \pi_{sk} \, p_{sk}, \qquad
\sum_{k=1}^{K} \pi_{sk} = \frac{1}{S}, \quad \sum_{s=1}^{S} \pi_{sk} = \frac{1}{K}$$

$p_s$ are the softmax probabilities of example $s$, $e_k$ is the certain prediction of class $k$, and $\pi_{sk} \geq 0$
says how much of the example goes to the class. The number lies between $1 / K$ and 1, and is never above mean
confidence. The source gives each class its frequency among the training labels. No label is read here, so the classes
are taken to be equally frequent.

It fails as mean confidence does, under a shortcut, and where classes are not equally frequent.
"""

from math import fsum

from benchmark.estimator import Settings
from benchmark.measures._predictions import probabilities
from benchmark.measures._transport import equal_shares
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean probability of the classes under the best assignment that gives each class an equal share of examples."""
    predicted = probabilities(outputs.logits)
    return Value(fsum((equal_shares(predicted) * predicted).ravel()) / predicted.size)


MEASURE = Measure(
    name="cot",
    better={"heuristic": "high", "example-level": "high"},
    needs=("predictions",),
    compute=compute,
    reference="Lu, Qin, Zhai et al. 2023, Characterizing out-of-distribution error via optimal transport, COT",
    on_request=True,
)
