r"""Loss half-way between two training inputs that are labelled alike, as the winner of PGDL 2020 had it, written anew.

$$\frac{1}{K} \sum_{k=1}^{K} \frac{1}{|M_k|} \sum_{(i, j) \in M_k}
-\ln\, p_k\!\left(\frac{x_i + x_j}{2}\right)$$

$M_k$ are pairs of training inputs with the label $k$ as given: each of at most 1,000 seeded examples with the one that
a permutation of its class puts beside it. $p_k(x)$ is the softmax probability of $k$. A network that has learned single
wrong labels is wrong between them, so a low loss is good there. One that relies on a shortcut is right as long as both
inputs have it, so a high loss is good there.

It fails where inputs cannot be averaged, as texts. It needs the training set, and knowing which kind to expect.
"""

from benchmark.estimator import Settings
from benchmark.measures._midpoints import midpoint_loss
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean over the classes of the mean cross-entropy of their midpoints, in nats.

    A class without a pair is left out; undefined where none has any.
    """
    return midpoint_loss(outputs.readings["training-set"])


MEASURE = Measure(
    name="mixup-midpoints",
    better={"heuristic": "high", "example-level": "low"},
    needs=(),
    compute=compute,
    reference="Natekar, Sharma 2020, Representation based complexity measures for predicting generalization",
    readings=("training-set",),
    on_request=True,
)
