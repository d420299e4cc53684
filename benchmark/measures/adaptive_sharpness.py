r"""By how much a little noise on the weights raises the loss on training examples: how sharp the minimum is. A rival.

$$\frac{1}{5 T} \sum_{d=1}^{5} \sum_{i=1}^{T} \left( \ell_i(w + 0.05 \, |w| \odot g_d) - \ell_i(w) \right)$$

$\ell_i$ is the cross-entropy, in nats, of one of at most 1,000 seeded training examples with the label as given, $w$
the weights of all matrices, $|w|$ their absolute values, one by one, and $g_d$ standard normal in five seeded draws. As
the noise on a weight is a share of it, a layer that is scaled up while the next is scaled down changes nothing.

It fails where one scale for all logits changes what noise does, as training for longer does: a network that is surer of
the same answers is sharper or flatter by that alone. That flat is good is the hypothesis of its source. Andriushchenko
et al. saw it follow the learning rate rather, and sharper networks do better under a shift.
"""

from benchmark.estimator import Settings
from benchmark.measures._losses import mean
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """The mean rise of the mean loss over the draws; the mean loss without noise stands in the details."""
    taken = outputs.readings["sharpness"]
    own = mean(taken["losses"])
    return Value(mean([mean(losses) for losses in taken["noisy"]]) - own, details={"loss": own})


MEASURE = Measure(
    name="adaptive-sharpness",
    better={"heuristic": "low", "example-level": "low"},
    needs=(),
    compute=compute,
    reference="Kwon et al. 2021, ASAM; on average over noise: Andriushchenko et al. 2023, A modern look at sharpness",
    readings=("sharpness",),
    on_request=True,
)
