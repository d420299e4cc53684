r"""Accuracy on unlabelled inputs, estimated from confidence and from labelled held-out examples. Rivals.

$$\frac{1}{S} \sum_{s=1}^{S} \left[ p_s \geq t \right] \text{ with } t \text{ so that }
\frac{1}{H} \sum_{h=1}^{H} \left[ p_h < t \right] = \frac{1}{H} \sum_{h=1}^{H} \left[ c_h \neq y_h \right], \qquad
\frac{1}{H} \sum_{h=1}^{H} \left( \left[ c_h = y_h \right] - p_h \right) + \frac{1}{S} \sum_{s=1}^{S} p_s$$

$p$ is the largest softmax probability. Examples $h$ are held out, drawn as the training set was, with labels $y_h$ as
given; examples $s$ are those that measures read. The first number is average thresholded confidence (ATC), the second
difference of confidences (DoC). None of the examples $h$ is one that metrics are computed on.

They fail under a shortcut: both split confidence where it is right with the shortcut, and carry that to inputs without
it. They need labels of the network's own task, noise included.
"""

import numpy as np

from benchmark.estimator import Settings
from benchmark.measures._losses import accuracy, log_odds, mean
from benchmark.measures._predictions import probabilities
from benchmark.types import Measure, Outputs, Value


def thresholded(outputs: Outputs, settings: Settings) -> Value:
    """Share of the inputs above the threshold; compared as log-odds, which do not saturate."""
    source = outputs.readings["held-out-as-given"]
    wrong = int((source["logits"].argmax(axis=1) != source["labels"]).sum())
    threshold = [*np.sort(log_odds(source["logits"])), np.inf][wrong]
    return Value(float((log_odds(outputs.logits) >= threshold).mean()))


def difference(outputs: Outputs, settings: Settings) -> Value:
    """Accuracy on the held-out examples, less by how much the mean confidence falls from them to the inputs."""
    source = outputs.readings["held-out-as-given"]
    before, now = (mean(probabilities(logits).max(axis=1)) for logits in (source["logits"], outputs.logits))
    return Value(accuracy(source["logits"], source["labels"]) - (before - now))


MEASURES = (
    Measure(
        name="atc",
        better={"heuristic": "high", "example-level": "high"},
        needs=("predictions",),
        compute=thresholded,
        reference="Garg et al. 2022, Leveraging unlabeled data to predict out-of-distribution performance",
        summary="Average thresholded confidence, with a threshold from held-out labels as given. A rival.",
        readings=("held-out-as-given",),
        on_request=True,
    ),
    Measure(
        name="doc",
        better={"heuristic": "high", "example-level": "high"},
        needs=("predictions",),
        compute=difference,
        reference="Guillory et al. 2021, Predicting with confidence on unseen distributions",
        summary="Held-out accuracy as given, less the fall of confidence from there to the inputs. A rival.",
        readings=("held-out-as-given",),
        on_request=True,
    ),
)
