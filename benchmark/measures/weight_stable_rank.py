r"""Mean stable rank of the weight matrices. A rival of the two measures.

$$\frac{1}{L} \sum_{l=1}^{L} \frac{\sum_r \sigma_r(W_l)^2}{\sigma_1(W_l)^2}$$

$\sigma_r(W_l)$ are the singular values of weight matrix $l$, the largest first; kernels of a convolution are the matrix
(out, rest). A matrix of one direction has 1.

It fails where most of the weights are still those of the start, which has a high stable rank: a short training then
looks worse than a long one.
"""

from benchmark.estimator import Settings
from benchmark.measures._losses import mean
from benchmark.measures._weight_spectra import NO_MATRIX, singular_values
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean over the matrices of the squared Frobenius norm over the squared spectral norm; zeros are left out."""
    ranks = [float(((values / values[0]) ** 2).sum()) for values in singular_values(outputs)]
    return Value(mean(ranks)) if ranks else NO_MATRIX


MEASURE = Measure(
    name="stable-rank-of-weights",
    better={"heuristic": "low", "example-level": "low"},
    needs=(),
    compute=compute,
    reference="Sanyal, Torr, Dokania 2020, Stable rank normalization for improved generalization",
    readings=("spectra",),
    on_request=True,
)
