r"""The margin that a tenth of the training examples stays below, over the product of the spectral norms. A rival.

$$\frac{Q_{0.1}\left(z_{i y_i} - \max_{k \neq y_i} z_{ik}\right)}{\prod_l \sigma_1(W_l)}$$

$z_{ik}$ is the logit of class $k$ for training example $i$ with the label $y_i$ as given, $Q_{0.1}$ the 10 % quantile
over at most 1,000 seeded training examples, and $\sigma_1(W_l)$ the largest singular value of weight matrix $l$.
The margin by itself stands in the details.

It fails under a shortcut, which gives training examples a large margin. Only networks of one form are comparable: a
deeper one has more factors.
"""

from math import exp

from benchmark.estimator import Settings
from benchmark.measures._losses import low_margin
from benchmark.measures._weight_spectra import NO_MATRIX, log_norm_product, singular_values
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """The 10 % quantile of the normalized margins of training examples."""
    if not singular_values(outputs):
        return NO_MATRIX
    found = low_margin(outputs)
    return Value(found * exp(-log_norm_product(outputs)), details={"margin": found})


MEASURE = Measure(
    name="training-margin",
    better={"heuristic": "high", "example-level": "high"},
    needs=(),
    compute=compute,
    reference="Bartlett, Foster, Telgarsky 2017, Spectrally-normalized margin bounds; quantile: Jiang et al. 2019",
    readings=("spectra", "training-set"),
    on_request=True,
)
