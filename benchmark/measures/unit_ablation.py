r"""Whether answers stay when half of a layer's units are set to zero: how few units they hang on. A rival.

$$\frac{1}{3 L S} \sum_{l=1}^{L} \sum_{d=1}^{3} \sum_{s=1}^{S} \left[ c_s = c_s^{(l, d)} \right]$$

$c_s$ is the predicted class of example $s$, and $c_s^{(l, d)}$ that of the network with half of the units of tap $l$
of $L$ set to zero, one tap at a time, in three seeded draws. Its source has training examples and all shares of units,
and saw networks that memorize lose their answers sooner.

It fails where a shortcut stands in many units alike: answers stay, as each half has it. Width, dropout and weight decay
spread what is known over units, whatever it is. Where a tap is read before its ReLU, zero is off; after a normalization
it is the mean, and no unit is off.
"""

from benchmark.estimator import Settings
from benchmark.measures._answers import agreement, answers
from benchmark.measures._losses import mean
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean share of unchanged answers, over the draws of each tap and over the taps."""
    own, kept = answers(outputs.logits), dict[str, list[float]]()
    for name, logits in outputs.readings["unit-ablation"].arrays.items():
        kept.setdefault(name.rpartition("/")[0], []).append(agreement(own, answers(logits)))
    per_tap = {tap: mean(shares) for tap, shares in kept.items()}
    return Value(mean(list(per_tap.values())), per_tap=per_tap)


MEASURE = Measure(
    name="unit-ablation",
    better={"heuristic": "high", "example-level": "high"},
    needs=("predictions",),
    compute=compute,
    reference="Morcos et al. 2018, On the importance of single directions for generalization",
    readings=("unit-ablation",),
    on_request=True,
)
