r"""How much surer a network is of its training examples than of the inputs that measures read. Rivals.

$$\frac{1}{M} \sum_{i=1}^{M} p_i - \frac{1}{S} \sum_{s=1}^{S} p_s, \qquad
\frac{1}{M S} \sum_{i=1}^{M} \sum_{s=1}^{S} \left( \left[ p_i > p_s \right] + \frac{\left[ p_i = p_s \right]}{2}
\right)$$

$p_i$ is the largest softmax probability of one of at most 1,000 seeded training examples, and $p_s$ that of an input
that measures read. The first number is the confidence gap. The second is the area under the curve of an attack that
tells members of the training set by the network's confidence, 0.5 where it cannot.

They fail where the inputs that are read differ from the training set by more than not being in it: they then measure
the shift. Under a shortcut a large gap is good, as the network is unsure where the shortcut is missing.
"""

from scipy.stats import rankdata

from benchmark.estimator import Settings
from benchmark.measures._losses import log_odds, mean
from benchmark.measures._predictions import probabilities
from benchmark.types import Measure, Outputs, Value


def gap(outputs: Outputs, settings: Settings) -> Value:
    """Mean confidence in training examples, less that in the inputs that measures read."""
    training = probabilities(outputs.readings["training-set"]["logits"])
    return Value(mean(training.max(axis=1)) - mean(probabilities(outputs.logits).max(axis=1)))


def area(outputs: Outputs, settings: Settings) -> Value:
    """How often a training example has the greater confidence; compared as log-odds, which do not saturate."""
    training, read = log_odds(outputs.readings["training-set"]["logits"]), log_odds(outputs.logits)
    ranks = rankdata([*training, *read])[: len(training)]
    above = float(ranks.sum()) - len(training) * (len(training) + 1) / 2
    return Value(above / (len(training) * len(read)))


MEASURES = (
    Measure(
        name="confidence-gap",
        better={"heuristic": "high", "example-level": "low"},
        needs=("predictions",),
        compute=gap,
        reference="Yeom et al. 2018, Privacy risk in machine learning; Salem et al. 2019, ML-Leaks",
        summary="Mean confidence in training examples, less that in the inputs that are read. A rival.",
        readings=("training-set",),
        on_request=True,
    ),
    Measure(
        name="membership-auc",
        better={"heuristic": "high", "example-level": "low"},
        needs=("predictions",),
        compute=area,
        reference="Salem et al. 2019, ML-Leaks: membership by the largest posterior alone",
        summary="How well confidence tells training examples from the inputs that are read. A rival.",
        readings=("training-set",),
        on_request=True,
    ),
)
