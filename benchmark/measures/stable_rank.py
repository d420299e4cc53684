r"""Stable rank: all variance of a tap over that of its largest direction. Of the first tap, and of the last.

$$\frac{\sum_r \lambda_r}{\lambda_1}$$

$\lambda_r$ are the eigenvalues of the covariance of the neurons of the tap, and $\lambda_1$ is the largest. The number
is between 1 and $\min(S - 1, N)$, where $S$ is how many examples and $N$ how many neurons there are. It is the same
number as NESum, the sum of the eigenvalues normalised by the largest (He, Ozay 2022).

It fails under shortcuts that are spread over several directions, as it tells of the largest one alone. Its sign at the
first tap is one hypothesis for each kind: a shortcut is one strong direction, so high is good in heuristic suites, and
low is good in example-level ones. At the last tap no sign was fixed, and both kinds have that of NESum as a measure of
features that have not collapsed: high is good. It is undefined where all neurons of the tap are constant.
"""

from benchmark.estimator import Settings
from benchmark.measures._spectra import constant_reason, eigenvalues, first_tap, last_tap
from benchmark.types import Activations, Measure, Outputs, Value

REFERENCE = "He, Ozay 2022, Exploring the gap between collapsed and whitened features in self-supervised learning"


def compute_first(outputs: Outputs, settings: Settings) -> Value:
    """Trace of the covariance of the first tap over its largest eigenvalue."""
    return _stable_rank(outputs.activations, first_tap(outputs.activations))


def compute_last(outputs: Outputs, settings: Settings) -> Value:
    """Trace of the covariance of the last tap over its largest eigenvalue."""
    return _stable_rank(outputs.activations, last_tap(outputs.activations))


def _stable_rank(activations: Activations, tap: str) -> Value:
    values = eigenvalues(activations, tap)
    if not values.any():
        return Value(None, reason=constant_reason(activations, tap))
    return Value(float(values.sum() / values[0]))


MEASURES = (
    Measure(
        name="stable-rank-first",
        better={"heuristic": "high", "example-level": "low"},
        needs=("activations",),
        compute=compute_first,
        reference=REFERENCE,
        summary="Stable rank of the first tap: all variance over that of its largest direction.",
        on_request=True,
    ),
    Measure(
        name="stable-rank-last",
        better={"heuristic": "high", "example-level": "high"},
        needs=("activations",),
        compute=compute_last,
        reference=REFERENCE,
        summary="Stable rank of the last tap (NESum): all variance over that of its largest direction.",
        on_request=True,
    ),
)
