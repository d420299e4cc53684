r"""Soft neighbourhood density: how many other examples have nearly the same prediction. A rival of the two measures.

$$-\frac{1}{S} \sum_{s=1}^{S} \sum_{r \neq s} w_{sr} \ln w_{sr}, \qquad
w_{sr} = \frac{e^{c_{sr} / \tau}}{\sum_{q \neq s} e^{c_{sq} / \tau}}, \qquad
c_{sr} = \frac{p_s^\top p_r}{\lVert p_s \rVert \lVert p_r \rVert}$$

$p_s$ are the softmax probabilities of example $s$, as in the source, and $\tau = 0.05$. It is the mean entropy of how
an example's weight is spread over the other ones, from 0 to $\ln(S - 1)$ nats. Of more than 1,000 examples a seeded
sample is read, the same one of every network. The number grows with how many are read, so it is comparable only between
networks that are read on equally many examples.

It fails where one class is predicted for all examples, which then are all neighbours: the number is then largest. It
hangs on $\tau$, which is that of the source.
"""

from math import fsum

import numpy as np
from scipy.special import log_softmax

from benchmark.estimator import Settings
from benchmark.measures._predictions import probabilities
from benchmark.types import Measure, Outputs, Value

TEMPERATURE = 0.05
EXAMPLES = 1000  # at most: time and memory grow with their square


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean entropy of the softmax over the other examples of the cosines between predictions, in nats."""
    predicted = probabilities(outputs.logits)
    if len(predicted) == 1:
        return Value(None, reason="one example has no neighbour")
    if len(predicted) > EXAMPLES:
        predicted = predicted[np.random.default_rng(0).permutation(len(predicted))[:EXAMPLES]]
    directions = predicted / np.linalg.norm(predicted, axis=1, keepdims=True)
    # neither by a matrix product nor unsorted: up to EXAMPLES the order of the examples changes no bit
    cosines = np.einsum("sk,rk->sr", directions, directions)
    others = np.sort(cosines[~np.eye(len(cosines), dtype=bool)].reshape(len(cosines), -1), axis=1)
    logs = log_softmax(others / TEMPERATURE, axis=1)
    return Value(0.0 - fsum((np.exp(logs) * logs).sum(axis=1)) / len(logs))


MEASURE = Measure(
    name="snd",
    better={"heuristic": "high", "example-level": "high"},
    needs=("predictions",),
    compute=compute,
    reference="Saito, Kim, Teterwak et al. 2021, Tune it the right way: soft neighborhood density",
    on_request=True,
)
