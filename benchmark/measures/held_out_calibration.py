r"""Calibration error on held-out examples that were drawn as the training set was. A rival of the two measures.

$$\sum_{b=1}^{15} \frac{n_b}{H} \left| a_b - q_b \right|$$

The $H$ held-out examples are put into 15 bins of one width by their largest softmax probability. $n_b$ is how many lie
in bin $b$, $a_b$ the share of them that is predicted as labelled, and $q_b$ their mean probability.

It fails under a shortcut, with which a network is as right as it is sure. With few examples it is too high.
"""

import numpy as np

from benchmark.estimator import Settings
from benchmark.measures._losses import mean
from benchmark.measures._predictions import probabilities
from benchmark.types import Measure, Outputs, Value

BINS = 15


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean distance of confidence and accuracy over the bins, by their examples; from 0 to 1."""
    source = outputs.readings["held-out-as-given"]
    predicted = probabilities(source["logits"])
    sure, right = predicted.max(axis=1), predicted.argmax(axis=1) == source["labels"]
    bins = np.minimum((sure * BINS).astype(np.int64), BINS - 1)
    members = [np.flatnonzero(bins == one) for one in np.unique(bins)]
    return Value(sum(len(rows) * abs(mean(right[rows] * 1.0) - mean(sure[rows])) for rows in members) / len(sure))


MEASURE = Measure(
    name="held-out-calibration-error",
    better={"heuristic": "low", "example-level": "low"},
    needs=(),
    compute=compute,
    reference="Guo, Pleiss, Sun, Weinberger 2017, On calibration of modern neural networks, with 15 bins",
    readings=("held-out-as-given",),
    on_request=True,
)
