r"""Placebo: the logarithm of the number of parameters.

$$\ln P$$

$P$ is how many parameters the network has, frozen ones too. It knows of nothing that is trained, and is the same in
all conditions: a measure that orders networks of unlike sizes no better than it may see their size alone.
"""

from math import log

from benchmark.estimator import Settings
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """The logarithm of the number of parameters."""
    count = int(outputs.readings["parameters"]["count"][0])
    return Value(log(count)) if count else Value(None, reason="the network has no parameters")


MEASURE = Measure(
    name="parameter-count",
    better={"heuristic": "either", "example-level": "either"},
    needs=(),
    compute=compute,
    reference="placebo: it is no measure of what was learned; Jiang et al. 2020, Fantastic generalization measures",
    readings=("parameters",),
    on_request=True,
)
