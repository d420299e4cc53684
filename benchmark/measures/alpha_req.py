r"""Decay of the spectrum of the first tap (alpha-ReQ): how fast its eigenvalues fall with their rank.

$$\alpha = - \frac{\sum_{r=10}^{R} (\ln\, r - m) \ln\, \lambda_r}{\sum_{r=10}^{R} (\ln\, r - m)^2}, \qquad
R = \min(100, P)$$

$\lambda_r$ is the eigenvalue number $r$ of the covariance of the neurons of the first tap, the largest being number 1.
$P$ is how many eigenvalues are above 0, and $m$ is the mean of $\ln\, r$ over the ranks 10 to $R$. So $\alpha$ is minus
the slope of the least-squares line through the eigenvalues on logarithmic axes.

It fails where the eigenvalues do not lie on a line, as then the slope hangs on the range of ranks, and where taps have
unlike widths, whose ranges differ. It is undefined where fewer than 20 eigenvalues are above 0. Its sign was fixed
beforehand from a pilot: a high value is good for both kinds of suites. Agrawal et al. themselves take values near 1
of the last layer to be best.
"""

import numpy as np

from benchmark.estimator import Settings
from benchmark.measures._spectra import eigenvalues, first_tap
from benchmark.types import Measure, Outputs, Value

FIRST_RANK, LAST_RANK = 10, 100
FEWEST = 20


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Minus the slope of log eigenvalue on log rank, ranks 10 to 100, of the first tap; no unit."""
    values = eigenvalues(outputs.activations, first_tap(outputs.activations))
    positive = int((values > 0).sum())
    if positive < FEWEST:
        return Value(None, reason=f"{positive} eigenvalues are above 0, and {FEWEST} are needed")
    ranks = np.arange(FIRST_RANK, min(LAST_RANK, positive) + 1)
    logs = np.log(ranks) - np.log(ranks).mean()
    return Value(-float(logs @ np.log(values[ranks - 1]) / (logs @ logs)))


MEASURE = Measure(
    name="alpha-req-first",
    better={"heuristic": "high", "example-level": "high"},
    needs=("activations",),
    compute=compute,
    reference="Agrawal, Mondal, Ghosh, Richards 2022, alpha-ReQ: assessing representation quality in SSL",
    on_request=True,
)
