r"""Meta-distribution energy: how unlike the examples' energies are. A rival of the two measures.

$$-\frac{1}{S} \sum_{s=1}^{S} \ln \frac{e^{E_s}}{\sum_{r=1}^{S} e^{E_r}}, \qquad E_s = -\ln \sum_{k=1}^{K} e^{z_{sk}}$$

$z_{sk}$ is the logit of class $k$ for example $s$, and $E_s$ is the free energy of the example. The number is $\ln S$
where all energies are equal, and larger by how far they are spread otherwise. So it is comparable only between networks
that are read on equally many examples.

It fails where logits differ in scale for other reasons, such as a longer training, since a larger scale spreads the
energies further. The sum over $r$ hangs on the few examples of highest energy, which are those with the smallest
logits.
"""

from math import fsum

import numpy as np
from scipy.special import logsumexp

from benchmark.estimator import Settings
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean over the examples of the negative logarithm of the softmax, over examples, of their free energies."""
    energies = -logsumexp(outputs.logits.astype(np.float64), axis=1)
    most = energies.max()
    return Value(float(most + np.log(fsum(np.exp(energies - most)))) - fsum(energies) / len(energies))


MEASURE = Measure(
    name="mde",
    better={"heuristic": "high", "example-level": "high"},
    needs=("predictions",),
    compute=compute,
    reference="Peng, Zou, Wang et al. 2024, Energy-based automated model evaluation, meta-distribution energy",
    on_request=True,
)
