r"""Spectral meta-learner: how much better than chance a network is, from how the answers of all candidates covary.

$$Q_{ij} = \frac{1}{S} \sum_{s=1}^{S} (f_s^{(i)} - \bar f^{(i)}) (f_s^{(j)} - \bar f^{(j)}) \approx v_i v_j
\quad (i \ne j)$$

$f_s^{(i)}$ is 1 or -1, as candidate $i$ answers with the second or the first of two classes, and $\bar f^{(i)}$ its
mean. Where the candidates err independently given the label, $v_i = \sqrt{1 - b^2} \, (2 \pi_i - 1)$, with $\pi_i$ the
balanced accuracy of candidate $i$ and $b$ the difference of the shares of the two classes, so that $v$ orders them as
balanced accuracy does. $v$ is the leading eigenvector times the root of its eigenvalue, of $Q$ with a diagonal that is
$v_i^2$ itself: from the variances on it is imputed anew until none moves by more than $10^{-9}$, and at most 200 times.
The sign is the one by which the candidates are better than chance on average. The candidates are those of `consensus`.

It fails where errors are not independent, as those of networks that all take the same shortcut, which then fill the
leading eigenvector. It is undefined for more than two classes and for fewer than three candidates, and where no two of
them covary.
"""

import numpy as np

from benchmark.estimator import Settings
from benchmark.measures._candidates import Votes, votes
from benchmark.plain.keeping import kept
from benchmark.types import Measure, Outputs, Value

CLASSES, FEWEST = 2, 3
MOST_ROUNDS, MOVED = 200, 1e-9


def compute(outputs: Outputs, settings: Settings) -> Value:
    """The network's entry of v, from about -1 to about 1."""
    given, own = votes(outputs)
    if given.classes != CLASSES:
        return Value(None, reason=f"it is for two classes, and these are {given.classes}")
    if given.candidates < FEWEST:
        return Value(None, reason=f"it needs {FEWEST} candidates, and these are {given.candidates}")
    found = leading(given)
    return Value(found[own]) if any(found) else Value(None, reason="no two candidates covary")


@kept(most=4)
def leading(given: Votes) -> tuple[float, ...]:
    """v of all candidates; zeros where no two of them covary."""
    covariance = np.cov(2.0 * given.predicted - 1, bias=True)
    beside = covariance - np.diag(np.diag(covariance))
    diagonal = np.diag(covariance)
    if not beside.any():
        return (0.0,) * given.candidates
    for _ in range(MOST_ROUNDS):
        values, vectors = np.linalg.eigh(beside + np.diag(diagonal))
        v = np.sqrt(max(values[-1], 0.0)) * vectors[:, -1]
        if np.abs(v**2 - diagonal).max() <= MOVED:
            break
        diagonal = v**2
    return tuple((v if v.sum() >= 0 else -v).tolist())


MEASURE = Measure(
    name="spectral-meta-learner",
    better={"heuristic": "high", "example-level": "high"},
    needs=("predictions",),
    compute=compute,
    reference="Parisi, Strino, Nadler, Kluger 2014, equations 2 to 4",
    over="candidates",
    on_request=True,
)
