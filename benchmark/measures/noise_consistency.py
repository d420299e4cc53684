r"""Whether answers stay under a little noise on the input. A rival of the two measures.

$$\frac{1}{S} \sum_{s=1}^{S} \left[ c(x_s) = c(x_s + 0.1 \, \sigma \, g_s) \right]$$

$c$ is the predicted class, $g_s$ is standard normal, and $\sigma$ is the standard deviation of all inputs.

It fails under a shortcut, which noise leaves there. It depends on the size of the noise, which is one for all networks.
"""

from benchmark.estimator import Settings
from benchmark.measures._answers import agreement, answers
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Share of unchanged answers. Undefined for texts, to which no noise can be added."""
    noisy = outputs.readings["transforms"].arrays.get("noise")
    if noisy is None:
        return Value(None, reason="no noise can be added to inputs that are not numbers")
    return Value(agreement(answers(outputs.logits), answers(noisy)))


MEASURE = Measure(
    name="noise-consistency",
    better={"heuristic": "high", "example-level": "high"},
    needs=("predictions",),
    compute=compute,
    reference="Novak et al. 2018, Sensitivity and generalization; with answers in place of gradients",
    readings=("transforms",),
    on_request=True,
)
