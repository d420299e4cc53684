r"""Accuracy on the labelled evaluation examples.

$$\frac{1}{S} \sum_{s=1}^{S} \left[ c_s = y_s \right]$$

$c_s$ is the class with the largest logit, and $y_s$ the label.

It fails where classes are of unequal size: who always says the largest one is right as often as that class occurs.
"""

from benchmark.correctness import share_correct
from benchmark.types import Metric

METRIC = Metric(
    name="accuracy",
    higher_is_better=True,
    needs=("predictions", "labels"),
    compute=share_correct,
    reference="Bansal, Pruthi, Belinkov 2022, section 4",
    version=3,
)
