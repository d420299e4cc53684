r"""Whether answers stay under a little noise on the weights: how flat the network is. A rival of the two measures.

$$\frac{1}{3 S} \sum_{d=1}^{3} \sum_{s=1}^{S} \left[ c_s = c_s^{(d)} \right]$$

$c_s$ is the predicted class of example $s$, and $c_s^{(d)}$ that of the network with Gaussian noise on each weight
matrix, of a tenth of its root mean square, in three seeded draws.

It fails where a shortcut makes the answer sure: noise on the weights then changes none. Weights that a following
normalization makes irrelevant get noise all the same.
"""

from benchmark.estimator import Settings
from benchmark.measures._answers import agreement, answers
from benchmark.measures._losses import mean
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean share of unchanged answers."""
    own, noisy = answers(outputs.logits), outputs.readings["weight-noise"].arrays
    return Value(mean([agreement(own, answers(logits)) for logits in noisy.values()]))


MEASURE = Measure(
    name="weight-noise-stability",
    better={"heuristic": "high", "example-level": "high"},
    needs=("predictions",),
    compute=compute,
    reference="Neyshabur et al. 2017, Exploring generalization in deep learning: sharpness relative to the weights",
    readings=("weight-noise",),
    on_request=True,
)
