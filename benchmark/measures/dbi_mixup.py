r"""Davies-Bouldin index of the classes in the first tap, times the loss half-way between two of one class. A rival.

$$D(h_1, y) \cdot \frac{1}{K} \sum_{k=1}^{K} \frac{1}{|M_k|} \sum_{(i, j) \in M_k}
-\ln\, p_k\!\left(\frac{x_i + x_j}{2}\right)$$

$D$ is the Davies-Bouldin index of the activations $h_1$ of the first tap on at most 1,000 seeded training examples,
negative ones set to 0, with the classes that the labels $y$ as given make. The other factor is `mixup-midpoints`, and
both stand in the details. This product won PGDL 2020.

It fails where inputs cannot be averaged, as texts. Both factors are small in a network whose classes are compact and
apart, but nothing says that their product is in a unit that different networks share.
"""

import numpy as np

from benchmark.estimator import Settings
from benchmark.measures._clusters import davies_bouldin_index
from benchmark.measures._midpoints import midpoint_loss
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """The product. Undefined as each factor is: without midpoints, and with one class or one centre of two classes."""
    taken = outputs.readings["training-set"]
    loss, labels = midpoint_loss(taken), taken["labels"]
    if loss.value is None:
        return loss
    members = [np.flatnonzero(labels == label) for label in np.unique(labels)]
    features = np.maximum(taken["first-tap"], 0).astype(np.float64)
    apart = davies_bouldin_index(features, members) if len(members) > 1 else None
    if apart is None:
        return Value(None, reason="the first tap does not set the classes of the training set apart")
    return Value(apart * loss.value, details={"davies-bouldin": apart, "mixup-midpoints": loss.value})


MEASURE = Measure(
    name="pgdl-dbi-mixup",
    better={"heuristic": "high", "example-level": "low"},
    needs=(),
    compute=compute,
    reference="Natekar, Sharma 2020, Representation based complexity measures for predicting generalization",
    readings=("training-set",),
    on_request=True,
)
