r"""How steep a network is at its inputs, and how its loss bends there. Rivals of the two measures.

$$\frac{1}{S} \sum_{s=1}^{S} \left\lVert \nabla_x (z_{c} - \bar{z})(x_s) \right\rVert, \qquad
\ln \frac{1}{S} \sum_{s=1}^{S} \frac{\lVert \nabla_x l(x_s + h v_s) - \nabla_x l(x_s) \rVert^2}{h^2}$$

$z_c$ is the logit of the predicted class and $\bar{z}$ the mean of all logits. $l$ is the cross-entropy with the
predicted class, each number of $v_s$ is +1 or -1 by a seeded draw, and $h = 0.01$ in units of the inputs. The first
number is the input Jacobian, the second the input curvature, whose mean is taken before its logarithm.

They fail for texts, which have no gradients. The Jacobian grows with the scale of the logits, which a recipe sets. The
curvature is of sure predictions nearly 0, so a few unsure examples make up its mean.
"""

from math import log

from benchmark.estimator import Settings
from benchmark.measures._losses import mean
from benchmark.types import Measure, Outputs, Value


def jacobian(outputs: Outputs, settings: Settings) -> Value:
    """Mean norm of the gradient of the predicted class's logit above the mean logit."""
    return Value(mean(outputs.readings["gradients"]["jacobian"]))


def curvature(outputs: Outputs, settings: Settings) -> Value:
    """Logarithm of the mean curvature. Undefined where every loss is flat."""
    found = mean(outputs.readings["gradients"]["curvature"])
    return Value(log(found)) if found > 0 else Value(None, reason="the loss is flat at every input")


MEASURES = (
    Measure(
        name="input-jacobian",
        better={"heuristic": "high", "example-level": "low"},
        needs=(),
        compute=jacobian,
        reference="Novak et al. 2018, Sensitivity and generalization in neural networks",
        summary="Mean norm of the gradient of the predicted class's logit by the input. A rival of the two measures.",
        readings=("gradients",),
        on_request=True,
    ),
    Measure(
        name="input-curvature",
        better={"heuristic": "high", "example-level": "low"},
        needs=(),
        compute=curvature,
        reference="Garg, Ravikumar, Roy 2024, Memorization through the lens of curvature of loss function",
        summary="How the loss bends around the inputs, on a log scale. A rival of the two measures.",
        readings=("gradients",),
        on_request=True,
    ),
)
