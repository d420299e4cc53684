r"""How often a training example's prediction changes from one epoch to the next. A rival of the two measures.

$$\frac{1}{(E - 1) M} \sum_{e=2}^{E} \sum_{i=1}^{M} \left[ c_i^{(e)} \neq c_i^{(e-1)} \right]$$

$c_i^{(e)}$ is the predicted class of one of at most 1,000 seeded training examples after epoch $e$ of $E$. Its source
stops a training where the changes are fewest, before wrong labels are fitted; here it is averaged over all epochs.

It fails where a recipe makes large steps, which change predictions of whatever is learned. It needs one more training.
"""

from benchmark.estimator import Settings
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean share of changed predictions. Undefined for a training of one epoch."""
    predictions = outputs.readings["epochs"]["predictions"]
    if len(predictions) == 1:
        return Value(None, reason="the training had one epoch")
    return Value(float((predictions[1:] != predictions[:-1]).mean()))


MEASURE = Measure(
    name="prediction-changes",
    better={"heuristic": "low", "example-level": "low"},
    needs=(),
    compute=compute,
    reference="Yuan, Feng, Liu 2024, Early stopping against label noise without validation data (Label Wave)",
    readings=("epochs",),
    on_request=True,
)
