r"""Training speed: the sum of the training losses of all epochs, small where a network learned fast. A rival.

$$\sum_{t=1}^{T} \ell_t$$

$\ell_t$ is the mean training loss of epoch $t$ of $T$. Wrong labels are slow to fit, so low is good under them. A
shortcut is quick to learn, so under one high is good.

It fails where recipes differ: a higher learning rate makes the sum small whatever is learned. Networks that stop early
have fewer terms, where the sources compare equally many.
"""

from math import fsum

from benchmark.estimator import Settings
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Sum of the mean training losses of all epochs."""
    losses = outputs.history.losses
    return Value(fsum(losses)) if losses else Value(None, reason="no epoch was trained")


MEASURE = Measure(
    name="training-speed",
    better={"heuristic": "high", "example-level": "low"},
    needs=("history",),
    compute=compute,
    reference="Lyle et al. 2020, A Bayesian perspective on training speed; Ru et al. 2021, Speedy performance",
    on_request=True,
)
