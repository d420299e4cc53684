r"""Whether answers stay where the task does: the share of unchanged ones, and how sure they are. Rivals.

$$\frac{1}{|A| \, S} \sum_{T \in A} \sum_{s=1}^{S} \left[ c_s = c_{T s} \right], \qquad
\frac{1}{|A| \, S} \sum_{T \in A} \sum_{s=1}^{S} \left[ c_s = c_{T s} \right] \sqrt{p_s \, p_{T s}}$$

$A$ are the transforms of the suite that keep its task, as shifts of an image by one pixel. $c_s$ is the predicted class
of example $s$ and $p_s$ its softmax probability; $c_{T s}$ and $p_{T s}$ are those of the transformed input. The first
number is shift consistency, the second effective invariance.

They fail under a shortcut that survives the transforms, as a colour does: a network that relies on it is the most
consistent of all. A network that gives one answer to everything is wholly consistent as well.
"""

import numpy as np

from benchmark.estimator import Settings
from benchmark.measures._answers import agreement, answers, undeclared, under
from benchmark.measures._losses import mean
from benchmark.measures._predictions import probabilities
from benchmark.types import Measure, Outputs, Value


def consistency(outputs: Outputs, settings: Settings) -> Value:
    """Mean share of unchanged answers. Undefined where the suite declares no transform that keeps its task."""
    own, kept = answers(outputs.logits), under(outputs.readings["transforms"], "keeping")
    return Value(mean([agreement(own, answers(one)) for one in kept.values()])) if kept else undeclared("keeping")


def invariance(outputs: Outputs, settings: Settings) -> Value:
    """Mean over transforms and examples of the geometric mean of both confidences, 0 where the answer changes."""
    own, kept = probabilities(outputs.logits), under(outputs.readings["transforms"], "keeping")
    found = []
    for moved in map(probabilities, kept.values()):
        same = own.argmax(axis=1) == moved.argmax(axis=1)
        found.append(mean(same * np.sqrt(own.max(axis=1) * moved.max(axis=1))))
    return Value(mean(found)) if kept else undeclared("keeping")


MEASURES = (
    Measure(
        name="shift-consistency",
        better={"heuristic": "high", "example-level": "high"},
        needs=("predictions",),
        compute=consistency,
        reference="Aithal et al. 2021, Robustness to augmentations; Ng et al. 2023, neighborhood invariance",
        summary="Share of answers that stay where the task does, as under shifts by a pixel. A rival.",
        readings=("transforms",),
        on_request=True,
    ),
    Measure(
        name="effective-invariance",
        better={"heuristic": "high", "example-level": "high"},
        needs=("predictions",),
        compute=invariance,
        reference="Deng, Gould, Zheng 2022, On the strong correlation between model invariance and generalization",
        summary="How sure the answers are that stay where the task does. A rival of the two measures.",
        readings=("transforms",),
        on_request=True,
    ),
)
