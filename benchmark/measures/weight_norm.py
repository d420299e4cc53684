r"""Placebo: the Euclidean norm of all parameters at the end of training.

$$\sqrt{\sum_j \theta_j^2}$$

$\theta_j$ are all parameters, frozen ones too. It knows nothing of activations. What takes longer to fit has larger
weights, so along one knob it may rank well.
"""

from benchmark.estimator import Settings
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Euclidean norm of all parameters after the last epoch."""
    return Value(outputs.history.weight_norms[-1])


MEASURE = Measure(
    name="weight-norm",
    better={"heuristic": "either", "example-level": "either"},
    needs=("history",),
    compute=compute,
    reference="placebo: along one knob anything monotone ranks well",
)
