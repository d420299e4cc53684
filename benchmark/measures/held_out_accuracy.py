r"""Yardstick: accuracy on held-out examples drawn as the training set was, labels and their noise included.

$$\frac{1}{S} \sum_{s=1}^{S} \left[ c_s = y_s \right]$$

$c_s$ is the class with the largest logit, and $y_s$ the label.

It fails under a shortcut: the examples on which it is read have the shortcut as well, so it points the wrong way.
"""

from benchmark.correctness import share_correct
from benchmark.estimator import Settings
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Share of the examples that are predicted as they are labelled."""
    return share_correct(outputs)


MEASURE = Measure(
    name="held-out-accuracy",
    better={"heuristic": "high", "example-level": "high"},
    needs=("predictions", "labels"),
    compute=compute,
    reference="Bansal, Pruthi, Belinkov 2022, appendix D.2: what one would select by where there are labels",
    yardstick=True,
    version=2,
)
