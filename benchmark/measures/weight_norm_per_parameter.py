r"""Placebo: the norm of the weights by the number of parameters, which is the root mean square of a parameter.

$$\sqrt{\frac{1}{P} \sum_{j=1}^{P} \theta_j^2}$$

$\theta_j$ are all $P$ parameters, frozen ones too. The norm of the weights grows with the number of parameters; this
does not. It knows of weights alone, and shrinks with the width, as the weights of a wide layer begin smaller.
"""

from math import sqrt

from benchmark.estimator import Settings
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """The root of the mean square of all parameters."""
    taken = outputs.readings["parameters"]
    count = int(taken["count"][0])
    return Value(sqrt(float(taken["squares"][0]) / count)) if count else Value(None, reason="there are no parameters")


MEASURE = Measure(
    name="weight-norm-per-parameter",
    better={"heuristic": "either", "example-level": "either"},
    needs=(),
    compute=compute,
    reference="placebo: as weight-norm; divided: Jiang et al. 2020, Fantastic generalization measures",
    readings=("parameters",),
    on_request=True,
)
