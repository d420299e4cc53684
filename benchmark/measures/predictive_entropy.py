r"""How sure predictions are by their entropy, alone and beside that of their mean. Rivals of the two measures.

$$H(p) = -\sum_{k=1}^{K} p_k \ln p_k, \qquad -\frac{1}{S} \sum_{s=1}^{S} H(p_s), \qquad
H\left(\frac{1}{S} \sum_{s=1}^{S} p_s\right) - \frac{1}{S} \sum_{s=1}^{S} H(p_s)$$

$p_s$ are the softmax probabilities of the $K$ classes for example $s$. The second formula is negative entropy, from
$-\ln K$ to 0 nats. The third is information maximization, from 0 to $\ln K$ nats. It is the mutual information between
an example and its class, where the class is drawn from the probabilities.

They fail as mean confidence does, under a shortcut. Information maximization is largest where all classes are predicted
equally often, so where they are not equally frequent a network that is right has less than the most.
"""

from math import fsum

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_softmax, xlogy

from benchmark.estimator import Settings
from benchmark.measures._predictions import mean_probabilities, probabilities
from benchmark.types import Measure, Outputs, Value


def negative_entropy(outputs: Outputs, settings: Settings) -> Value:
    """Mean over the examples of the negative entropy of their softmax probabilities, in nats."""
    return Value(_mean_negative(outputs.logits))


def information(outputs: Outputs, settings: Settings) -> Value:
    """Entropy of the mean softmax probabilities less their mean entropy, in nats."""
    mean = mean_probabilities(probabilities(outputs.logits))
    return Value(_mean_negative(outputs.logits) - fsum(xlogy(mean, mean)))


def _mean_negative(logits: NDArray[np.float32]) -> float:
    """From logarithms of the logits: a probability that is rounded to 1 has an entropy yet."""
    logs = log_softmax(logits.astype(np.float64), axis=1)
    return fsum((np.exp(logs) * logs).sum(axis=1)) / len(logs)


MEASURES = (
    Measure(
        name="negative-entropy",
        better={"heuristic": "high", "example-level": "high"},
        needs=("predictions",),
        compute=negative_entropy,
        reference="Grandvalet, Bengio 2004, Semi-supervised learning by entropy minimization; "
        "as a validator: Musgrave et al. 2022, Three new validators",
        summary="Negative mean entropy of the predictions: how sure they are. A rival.",
        on_request=True,
    ),
    Measure(
        name="information-maximization",
        better={"heuristic": "high", "example-level": "high"},
        needs=("predictions",),
        compute=information,
        reference="Bridle et al. 1991, Unsupervised classifiers, mutual information and phantom targets; "
        "as a validator: Musgrave et al. 2022, Three new validators",
        summary="Entropy of the mean prediction less their mean entropy: sure and spread over classes. A rival.",
        on_request=True,
    ),
)
