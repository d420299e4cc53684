r"""Diffusion spectral entropy of the last tap: into how many parts a random walk over the examples falls.

$$-\sum_{k=1}^{S} p_k \ln\, p_k, \qquad p_k = \frac{|\lambda_k|}{\sum_l |\lambda_l|}, \qquad
P_{st} = \frac{G_{st}}{\sum_u G_{su}}, \qquad G_{st} = e^{-\lVert x_s - x_t \rVert^2 / 2 w^2}$$

$\lambda_k$ are the eigenvalues of the matrix $P$ of one step of the walk, and $x_s$ is the last tap on example $s$. The
width $w$ of the kernel is the median of the distances between two examples, so that the scale of the tap makes no
difference; the paper has a fixed width. At most 1,000 seeded examples are read, and one step is taken ($t = 1$).

It fails where the width does not suit the data: with a small one every example is a part by itself, with a large one
all are one. It grows with the number of examples and with the dimension of the noise around each class. Liao et al. saw
it grow in training, so high is taken to be good for both kinds, which no source claims. It is undefined where more than
half of the pairs of examples are equal.
"""

import numpy as np
from scipy.spatial.distance import pdist, squareform

from benchmark.estimator import Settings
from benchmark.measures._seeded_rows import seeded_rows
from benchmark.measures._spectra import last_tap
from benchmark.types import Measure, Outputs, Value

EXAMPLES = 1000


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Entropy in nats of the spectrum of the diffusion matrix of the last tap, from 0 to ln S."""
    matrix = seeded_rows(outputs.activations.by_tap[last_tap(outputs.activations)], EXAMPLES)
    distances = pdist(matrix)
    width = float(np.median(distances)) if len(distances) else 0.0
    if not width:
        return Value(None, reason="half of the pairs of examples are equal")
    kernel = np.exp(-((squareform(distances) / width) ** 2) / 2)
    roots = np.sqrt(kernel.sum(axis=1))
    # symmetric, with the eigenvalues of P
    values = np.abs(np.linalg.eigvalsh(kernel / np.outer(roots, roots)))
    shares = values[values > 0] / values.sum()
    return Value(-float(shares @ np.log(shares)))


MEASURE = Measure(
    name="diffusion-spectral-entropy-last",
    better={"heuristic": "high", "example-level": "high"},
    needs=("activations",),
    compute=compute,
    reference="Liao et al. 2023, Assessing neural network representations during training, diffusion spectral entropy",
    on_request=True,
)
