r"""How fast a network would fit random labels, averaged over its training. A rival of the two measures.

$$\frac{1}{E} \sum_{e=1}^{E} \left( L(\theta_e) - L(\theta_e - \eta \nabla L(\theta_e)) \right)$$

$L$ is the mean cross-entropy on one batch of 100 of the inputs that measures read, with labels drawn at random once for
all epochs, and $\theta_e$ are the parameters after epoch $e$ of $E$. $\eta = 0.05$ for every recipe.

It fails where the logits are large: one step of that size then raises the loss instead. Its source selects among
networks of high training accuracy alone. It needs one more training.
"""

from benchmark.estimator import Settings
from benchmark.measures._losses import mean
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean fall of the loss on the batch with random labels, in nats."""
    return Value(mean(outputs.readings["epochs"]["susceptibility"]))


MEASURE = Measure(
    name="susceptibility",
    better={"heuristic": "low", "example-level": "low"},
    needs=(),
    compute=compute,
    reference="Forouzesh, Sedghi, Thiran 2023, Leveraging unlabeled data to track memorization",
    readings=("epochs",),
    on_request=True,
)
