r"""Intrinsic dimension of the last tap (TwoNN): how many directions it has around an example.

$$d = \frac{\sum_{s=1}^{m} -\ln(1 - s / n) \, \ln\, \mu_s}{\sum_{s=1}^{m} (\ln\, \mu_s)^2}, \qquad
\mu_s = \frac{r_{s2}}{r_{s1}}, \qquad m = \lfloor 0.9\, n \rfloor$$

$r_{s1}$ and $r_{s2}$ are the Euclidean distances of an example to its nearest and its second nearest neighbour in the
last tap. The $n$ examples are numbered from the smallest ratio $\mu_s$ to the largest. This is the paper's own form: a
line through the origin, without the largest tenth of the ratios. It reads at most 2,000 seeded examples, of which those
that are equal count once.

It fails where dimensions are many: with a few thousand examples the number is too low from about ten dimensions on.
Noise at the scale of the nearest neighbours counts as dimensions. Low is good for both kinds, as Ansuini et al. (2019)
found for the last layers of networks that generalize. It is undefined for fewer than 10 different examples, and where
the two neighbours of all of them are at the same distance.
"""

import numpy as np
from numpy.typing import NDArray

from benchmark.estimator import Settings
from benchmark.measures._seeded_rows import seeded_rows
from benchmark.measures._spectra import last_tap
from benchmark.types import Measure, Outputs, Value

EXAMPLES, FEWEST = 2000, 10
KEPT = 0.9  # of the ratios


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Intrinsic dimension of the last tap by the ratio of two distances; no unit."""
    matrix = outputs.activations.by_tap[last_tap(outputs.activations)]
    different = np.unique(seeded_rows(matrix, EXAMPLES), axis=0)
    count = len(different)
    if count < FEWEST:
        return Value(None, reason=f"{count} examples differ, and {FEWEST} are needed")
    first, second = _two_nearest(different)
    kept = int(KEPT * count)
    ratios = np.sort(np.log(second / first))[:kept]
    if not ratios.any():
        return Value(None, reason="both neighbours of all examples are at the same distance")
    heights = -np.log1p(-np.arange(1, kept + 1) / count)
    return Value(float(heights @ ratios / (ratios @ ratios)))


def _two_nearest(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Distances (2, S) of each point to its two nearest others."""
    centred = points - points.mean(axis=0)
    lengths = (centred**2).sum(axis=1)
    squares = lengths[:, None] + lengths - 2 * centred @ centred.T
    np.fill_diagonal(squares, np.inf)
    nearest = np.argpartition(squares, 1, axis=1)[:, :2].T
    # from the differences, as the squares of points close to each other are mostly rounding
    return np.sort(np.sqrt(((points[nearest] - points) ** 2).sum(axis=2)), axis=0)


MEASURE = Measure(
    name="two-nn-last",
    better={"heuristic": "low", "example-level": "low"},
    needs=("activations",),
    compute=compute,
    reference="Facco, d'Errico, Rodriguez, Laio 2017, Estimating the intrinsic dimension of datasets",
    on_request=True,
)
