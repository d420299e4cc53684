r"""How far the largest logit is ahead: of the second one, and of all others together. Rivals of the two measures.

$$\operatorname{median}_s \left(z_{s(1)} - z_{s(2)}\right), \qquad
\frac{1}{S} \sum_{s=1}^{S} \ln \frac{p_{s(1)}}{1 - p_{s(1)}}
= \frac{1}{S} \sum_{s=1}^{S} \left(z_{s(1)} - \ln \sum_{k=2}^{K} e^{z_{s(k)}}\right)$$

$z_{s(k)}$ is the $k$-th largest logit of example $s$, and $p_{s(1)}$ is its largest softmax probability. The first
number is the logit margin, the second the mean log-odds. Both tell sure predictions apart whose probability is rounded
to 1, which mean confidence does not. With two classes a log-odds is a margin.

They fail as mean confidence does, under a shortcut. Nothing is divided by the norm of weights or activations, so they
grow with the scale of the logits, and so with the length of the training.
"""

from math import fsum

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from benchmark.estimator import Settings
from benchmark.types import Measure, Outputs, Value

ONE_CLASS = Value(None, reason="there is one class")


def logit_margin(outputs: Outputs, settings: Settings) -> Value:
    """Median over the examples of the largest logit less the second largest."""
    ahead = _descending(outputs.logits)
    return Value(float(np.median(ahead[:, 0] - ahead[:, 1]))) if ahead.shape[1] > 1 else ONE_CLASS


def mean_log_odds(outputs: Outputs, settings: Settings) -> Value:
    """Mean over the examples of the log-odds of the predicted class, in nats."""
    ahead = _descending(outputs.logits)
    if ahead.shape[1] == 1:
        return ONE_CLASS
    return Value(fsum(ahead[:, 0] - logsumexp(ahead[:, 1:], axis=1)) / len(ahead))


def _descending(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    return -np.sort(-logits.astype(np.float64), axis=1)


MEASURES = (
    Measure(
        name="logit-margin",
        better={"heuristic": "high", "example-level": "high"},
        needs=("predictions",),
        compute=logit_margin,
        reference="Jiang, Krishnan, Mobahi, Bengio 2019, Predicting the generalization gap with margin distributions; "
        "without its normalization, and of unlabelled inputs",
        summary="Median margin between the two largest logits. A rival of the two measures.",
        on_request=True,
    ),
    Measure(
        name="mean-log-odds",
        better={"heuristic": "high", "example-level": "high"},
        needs=("predictions",),
        compute=mean_log_odds,
        reference="Hendrycks, Gimpel 2017, A baseline for detecting misclassified examples; on the scale of log-odds",
        summary="Mean log-odds of the predicted class: mean confidence that does not saturate. A rival.",
        on_request=True,
    ),
)
