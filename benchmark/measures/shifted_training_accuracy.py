r"""Accuracy on transformed training inputs, with labels as given. A rival of the two measures.

$$\frac{1}{|A| \, M} \sum_{T \in A} \sum_{i=1}^{M} \left[ c(T x_i) = y_i \right]$$

$x_i$ are at most 1,000 seeded training inputs with the labels $y_i$ as given, $c$ is the predicted class, and $A$ are
the transforms of the suite that keep its task, as shifts of an image by one pixel. A wrong label that was learned with
its one input is lost when the input moves.

It fails under a shortcut that survives the transforms, as a colour does.
"""

from benchmark.estimator import Settings
from benchmark.measures._answers import undeclared, under
from benchmark.measures._losses import accuracy, mean
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean share of right answers. Undefined where the suite declares no transform that keeps its task."""
    taken = outputs.readings["training-set"]
    kept = under(taken, "keeping")
    return Value(mean([accuracy(one, taken["labels"]) for one in kept.values()])) if kept else undeclared("keeping")


MEASURE = Measure(
    name="shifted-training-accuracy",
    better={"heuristic": "high", "example-level": "high"},
    needs=(),
    compute=compute,
    reference="Aithal, Kashyap, Subramanyam 2021, Robustness to augmentations as a generalization metric (PGDL 2020)",
    readings=("training-set",),
    on_request=True,
)
