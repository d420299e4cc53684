r"""The margin that a tenth of the training examples stays below, over the spectral complexity of the network. A rival.

$$\frac{Q_{0.1}\left(m_i\right)}{\prod_l \sigma_1(W_l)}
\left( \sum_l \sum_r \frac{\sigma_r(W_l)^2}{\sigma_1(W_l)^2} \right)^{-1/2}$$

$m_i$ are margins of training examples as in `training-margin`, and $\sigma_r(W_l)$ the singular values of weight matrix
$l$, the largest first. The sum is that of the stable ranks, so how many directions and layers a network has counts
too, which `training-margin` leaves out. A further factor of the bound that it is from, of depth and width, is left out.

It fails as `training-margin` does under a shortcut, and still shrinks with each layer whose norm is above 1.
"""

from math import exp, log

from benchmark.estimator import Settings
from benchmark.measures._losses import low_margin
from benchmark.measures._weight_spectra import NO_MATRIX, log_norm_product, singular_values
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """The 10 % quantile of the margins of training examples over the spectral complexity."""
    if not (layers := singular_values(outputs)):
        return NO_MATRIX
    ranks = sum(float(((values / values[0]) ** 2).sum()) for values in layers)
    return Value(low_margin(outputs) * exp(-log_norm_product(outputs) - log(ranks) / 2))


MEASURE = Measure(
    name="complexity-margin",
    better={"heuristic": "high", "example-level": "high"},
    needs=(),
    compute=compute,
    reference="Neyshabur, Bhojanapalli, Srebro 2018, A PAC-Bayesian approach to spectrally-normalized margin bounds",
    readings=("spectra", "training-set"),
    on_request=True,
)
