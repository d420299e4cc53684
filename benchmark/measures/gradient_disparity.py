r"""How far the gradients of two training batches are apart, averaged over the training. A rival of the two measures.

$$\frac{1}{10 E} \sum_{e=1}^{E} \sum_{i < j} \lVert \nabla L_i(\theta_e) - \nabla L_j(\theta_e) \rVert$$

$L_i$ is the mean cross-entropy on one of five batches of 100 training examples with labels as given, the same after
every epoch, and $\theta_e$ are the parameters after epoch $e$ of $E$. Its source takes batches of the recipe's own
size, and stops a training where this rises.

It fails where the training set is fitted: all gradients are nearly zero then, whatever was memorized, so that the last
epochs tell nothing and a recipe that stops late has a low number. The norm grows with the number of parameters and with
the scale of the logits. It needs one more training.
"""

from benchmark.estimator import Settings
from benchmark.measures._losses import mean
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean distance of the gradients; that of the first and of the last epoch stand in the details."""
    found = outputs.readings["epochs"]["disparity"]
    return Value(mean(found), details={"first": float(found[0]), "last": float(found[-1])})


MEASURE = Measure(
    name="gradient-disparity",
    better={"heuristic": "low", "example-level": "low"},
    needs=(),
    compute=compute,
    reference="Forouzesh, Thiran 2021, Disparity between batches as a signal for early stopping",
    readings=("epochs",),
    on_request=True,
)
