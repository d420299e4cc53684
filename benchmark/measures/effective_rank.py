r"""Effective rank of the last tap, in two forms: RankMe and the participation ratio of the eigenvalues.

$$\mathrm{RankMe} = \exp\left( - \sum_{k=1}^{\min(S, N)} p_k \ln\, p_k \right), \qquad
p_k = \frac{\sigma_k}{\sum_l \sigma_l} + 10^{-7}$$

$$\mathrm{PR} = \frac{\left( \sum_r \lambda_r \right)^2}{\sum_r \lambda_r^2}$$

$\sigma_k$ are the singular values of the activations of $S$ examples and $N$ neurons as they are, without centring.
$\lambda_r$ are the eigenvalues of their covariance. Both are between 1 and about $\min(S, N)$.

They fail under classification: a network that learned its task well maps a class to a point, so that its last tap has
about as many directions as there are classes. Means that are far from 0 make RankMe small whatever the rest does.
RankMe was proposed for self-supervised networks with "high is good", which is taken for both kinds and for both forms
here. RankMe is undefined where all activations are 0, the participation ratio where all neurons are constant.
"""

import numpy as np

from benchmark.estimator import Settings
from benchmark.measures._canonical import canonical_taps
from benchmark.measures._spectra import constant_reason, eigenvalues, last_tap
from benchmark.types import Measure, Outputs, Value

EPSILON = 1e-7  # the paper's


def compute_rankme(outputs: Outputs, settings: Settings) -> Value:
    """The exponential of the entropy of the singular values of the last tap, from 1 to about min(S, N)."""
    matrix = canonical_taps(outputs.activations)[last_tap(outputs.activations)].matrix.astype(np.float64)
    singular = np.linalg.svd(matrix, compute_uv=False)
    if not singular.any():
        return Value(None, reason="all activations are 0")
    shares = singular / singular.sum() + EPSILON
    return Value(float(np.exp(-shares @ np.log(shares))))


def compute_participation(outputs: Outputs, settings: Settings) -> Value:
    """The squared sum of the eigenvalues of the last tap over the sum of their squares, from 1 to min(S - 1, N)."""
    tap = last_tap(outputs.activations)
    values = eigenvalues(outputs.activations, tap)
    if not values.any():
        return Value(None, reason=constant_reason(outputs.activations, tap))
    shares = values / values.sum()
    return Value(float(1 / (shares @ shares)))


MEASURES = (
    Measure(
        name="rankme-last",
        better={"heuristic": "high", "example-level": "high"},
        needs=("activations",),
        compute=compute_rankme,
        reference="Garrido, Balestriero, Najman, LeCun 2023, RankMe, equations 1 and 2",
        summary="Effective rank of the last tap: exponential of the entropy of its singular values (RankMe).",
        on_request=True,
    ),
    Measure(
        name="participation-ratio-last",
        better={"heuristic": "high", "example-level": "high"},
        needs=("activations",),
        compute=compute_participation,
        reference="Gao et al. 2017, A theory of multineuronal dimensionality, dynamics and measurement",
        summary="Participation ratio of the eigenvalues of the last tap: how many directions it uses.",
        on_request=True,
    ),
)
