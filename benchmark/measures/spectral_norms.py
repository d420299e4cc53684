r"""Placebo: the sum of the logarithms of the spectral norms of all weight matrices.

$$\sum_l \ln\, \sigma_1(W_l)$$

$\sigma_1(W_l)$ is the largest singular value of weight matrix $l$; kernels of a convolution are the matrix (out, rest).
It knows of weights alone. What takes longer to fit has larger ones, so along one knob it may rank well: in a pilot it
did as well under a shortcut as any number from activations.
"""

from benchmark.estimator import Settings
from benchmark.measures._weight_spectra import NO_MATRIX, log_norm_product, singular_values
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """The logarithm of the product of the spectral norms; matrices of zeros are left out."""
    return Value(log_norm_product(outputs)) if singular_values(outputs) else NO_MATRIX


MEASURE = Measure(
    name="sum-log-spectral-norms",
    better={"heuristic": "either", "example-level": "either"},
    needs=(),
    compute=compute,
    reference="placebo: along one knob anything monotone ranks well; Bartlett, Foster, Telgarsky 2017",
    readings=("spectra",),
    on_request=True,
)
