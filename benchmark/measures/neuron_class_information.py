r"""Information of the neurons of the first tap about the predicted class: how early the prediction is made.

$$\frac{1}{N} \sum_{i=1}^{N} -\frac{1}{2} \ln(1 - \eta_i^2), \qquad
\eta_i^2 = \frac{\sum_c n_c (m_{ic} - m_i)^2}{\sum_s (a_{is} - m_i)^2}$$

$a_{is}$ is the activation of neuron $i$ of the first tap on example $s$, and $m_i$ is its mean. $m_{ic}$ is the mean
over the $n_c$ examples that the network predicts as class $c$. So $\eta_i^2$, the correlation ratio, is the share of
the variance that lies between the classes. It counts as at most $1 - 10^{-6}$, and as 0 for a constant neuron.

It fails where a class shows in the spread of a neuron or in several neurons together, as it reads the mean of single
ones. Noise alone gives about $(K - 1) / 2S$ nats with $K$ classes and $S$ examples. Its sign is one hypothesis for each
kind: a shortcut is at hand in the first tap, so low is good in heuristic suites, and high in example-level ones. A
network that predicts one class has 0. It is undefined where all neurons of the tap are constant.
"""

import numpy as np

from benchmark.estimator import Settings
from benchmark.measures._canonical import canonical_taps
from benchmark.measures._spectra import constant_reason, first_tap
from benchmark.types import Measure, Outputs, Value

MOST = 1 - 1e-6  # of a correlation ratio


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean Gaussian information of the neurons of the first tap about the predicted class, in nats."""
    tap = first_tap(outputs.activations)
    first = canonical_taps(outputs.activations)[tap]
    matrix, predicted = first.matrix.astype(np.float64), outputs.logits[first.examples].argmax(axis=1)
    centred = matrix - matrix.mean(axis=0)
    total = (centred**2).sum(axis=0)
    if not total.any():
        return Value(None, reason=constant_reason(outputs.activations, tap))
    inside = [centred[predicted == c] for c in np.unique(predicted)]
    between = sum(len(part) * part.mean(axis=0) ** 2 for part in inside)
    ratio = np.minimum(between / np.where(total > 0, total, 1), MOST)
    return Value(float(-0.5 * np.log1p(-ratio).mean()))


MEASURE = Measure(
    name="neuron-class-information-first",
    better={"heuristic": "low", "example-level": "high"},
    needs=("activations", "predictions"),
    compute=compute,
    reference="none: correlation ratios; cf. Shwartz-Ziv, Tishby 2017, Opening the black box, and Saxe et al. 2018",
    on_request=True,
)
