r"""Placebo: the mean of the logarithms of the spectral norms of the weight matrices.

$$\frac{1}{L} \sum_{l=1}^{L} \ln\, \sigma_1(W_l)$$

$\sigma_1(W_l)$ is the largest singular value of weight matrix $l$ of $L$; kernels of a convolution are the matrix (out,
rest). It is `sum-log-spectral-norms` by the number of matrices, so that a deep network and a shallow one of equal
layers have the same. It knows of weights alone, and how large the norm of a layer begins still hangs on its width.
"""

from benchmark.estimator import Settings
from benchmark.measures._weight_spectra import NO_MATRIX, log_norm_product, singular_values
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """The logarithm of the geometric mean of the spectral norms; matrices of zeros are left out."""
    matrices = len(singular_values(outputs))
    return Value(log_norm_product(outputs) / matrices) if matrices else NO_MATRIX


MEASURE = Measure(
    name="mean-log-spectral-norm",
    better={"heuristic": "either", "example-level": "either"},
    needs=(),
    compute=compute,
    reference="placebo: as sum-log-spectral-norms; by layer: Jiang et al. 2020, Fantastic generalization measures",
    readings=("spectra",),
    on_request=True,
)
