r"""Exponent of the power law in the tail of the weights' eigenvalues, averaged over the layers. A rival.

$$\hat{\alpha}_l = 1 + n \left( \sum_{r=1}^{n} \ln \frac{\lambda_r}{\lambda_n} \right)^{-1}$$

$\lambda_r = \sigma_r(W_l)^2$ are the eigenvalues of $W_l^\top W_l$, the largest first. It is the maximum-likelihood
estimate (Hill's) on the largest $n$ of them, where $n$ is that one from 10 on for which the tail is nearest to its
power law, by the Kolmogorov-Smirnov distance. A heavy tail has a small exponent.

It fails for small matrices: those with fewer than 50 eigenvalues are left out. What is a power law in large networks
may be none here.
"""

import numpy as np
from numpy.typing import NDArray

from benchmark.estimator import Settings
from benchmark.measures._losses import mean
from benchmark.measures._weight_spectra import singular_values
from benchmark.types import Measure, Outputs, Value

FEWEST = 50  # eigenvalues of a matrix
SHORTEST = 10  # eigenvalues of a tail
SMALLEST = 1e-6  # of the largest singular value: what is below is 0, up to rounding


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean exponent over the layers. Undefined where no weight matrix has 50 eigenvalues."""
    layers = [values[values > SMALLEST * values[0]] ** 2 for values in singular_values(outputs)]
    found = [_exponent(eigenvalues) for eigenvalues in layers if len(eigenvalues) >= FEWEST]
    known = [alpha for alpha in found if alpha is not None]
    return Value(mean(known)) if known else Value(None, reason=f"no weight matrix has {FEWEST} unequal eigenvalues")


def _exponent(eigenvalues: NDArray[np.float64]) -> float | None:
    """That of the best tail of eigenvalues (R,), the largest first; None where all of them are equal."""
    logs = np.log(eigenvalues)
    tails: list[tuple[float, float]] = []
    for n in range(SHORTEST, len(logs) + 1):
        above = logs[:n] - logs[n - 1]
        if total := float(above.sum()):
            alpha = 1 + n / total
            power_law = np.exp(-(alpha - 1) * above)  # the share above each of them
            off = np.abs(power_law - np.arange(1, n + 1) / n).max()
            tails.append((float(off), alpha))
    return min(tails)[1] if tails else None


MEASURE = Measure(
    name="weight-watcher-alpha",
    better={"heuristic": "low", "example-level": "low"},
    needs=(),
    compute=compute,
    reference="Martin, Peng, Mahoney 2021, Predicting trends in the quality of networks; tail: Clauset et al. 2009",
    readings=("spectra",),
    on_request=True,
)
