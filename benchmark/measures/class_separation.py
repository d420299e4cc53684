r"""How far apart the predicted classes lie: dispersion at the last tap, Davies-Bouldin index at the first. Rivals.

$$\ln \frac{\sum_{k=1}^{K} n_k \lVert \mu_k - \mu \rVert^2}{K - 1}, \qquad
\frac{1}{\lvert A \rvert} \sum_{k \in A} \max_{l \in A, \, l \neq k} \frac{d_k + d_l}{\lVert \mu_k - \mu_l \rVert}$$

$\mu$ is the mean of the activations over all examples, $\mu_k$ that over the $n_k$ examples whose predicted class is
$k$, $d_k$ is the mean distance of these examples to $\mu_k$, and $A$ are the classes that are predicted at all. The
first number is dispersion, of the last tap. The second is the Davies-Bouldin index, of the first tap, which is small
where classes are compact and far apart. Negative activations are set to 0 in both, as a ReLU behind the tap does.

For dispersion high is good, as in its source. For the index low is the hypothesis under wrong labels, where a network
that fits single examples finds no classes in its first layer. Under a shortcut high is: a shortcut is simple, and
separates the classes in the first layer already.

They fail where one class alone is predicted, for which they are undefined. A network without ReLUs, as a transformer
is, loses half of its activations. Dispersion grows with the scale of the activations and with the number of examples.
"""

from math import log

import numpy as np
from numpy.typing import NDArray

from benchmark.estimator import Settings
from benchmark.measures._clusters import davies_bouldin_index, mean_row, norms
from benchmark.types import Measure, Outputs, Value

ONE_CLASS = Value(None, reason="one class is predicted for all examples")
ONE_CENTRE = Value(None, reason="predicted classes have the same mean activations")


def dispersion(outputs: Outputs, settings: Settings) -> Value:
    """Logarithm of the variance between the predicted classes at the last tap; a class without examples adds 0."""
    features, members = _by_class(outputs, list(outputs.activations.by_tap)[-1])
    if len(members) == 1:
        return ONE_CLASS
    mean, counts = mean_row(features), np.array([len(rows) for rows in members])
    between = (counts * norms(np.stack([mean_row(features[rows]) for rows in members]) - mean) ** 2).sum()
    return Value(log(between / (outputs.logits.shape[1] - 1))) if between > 0 else ONE_CENTRE


def davies_bouldin(outputs: Outputs, settings: Settings) -> Value:
    """Mean over the predicted classes of the likeness to the class that is most like it, at the first tap."""
    features, members = _by_class(outputs, next(iter(outputs.activations.by_tap)))
    if len(members) == 1:
        return ONE_CLASS
    found = davies_bouldin_index(features, members)
    return ONE_CENTRE if found is None else Value(found)


def _by_class(outputs: Outputs, tap: str) -> tuple[NDArray[np.float64], list[NDArray[np.int64]]]:
    """Activations (S, N) after a ReLU, and the examples of each predicted class."""
    features = np.maximum(outputs.activations.by_tap[tap], 0).astype(np.float64)
    predicted = outputs.logits.argmax(axis=1)
    return features, [np.flatnonzero(predicted == one) for one in np.unique(predicted)]


MEASURES = (
    Measure(
        name="davies-bouldin",
        better={"heuristic": "high", "example-level": "low"},
        needs=("activations", "predictions"),
        compute=davies_bouldin,
        reference="Davies, Bouldin 1979, A cluster separation measure; to predict generalization: Natekar, Sharma 2020",
        summary="Davies-Bouldin index of the predicted classes at the first tap: low where they are apart. A rival.",
        on_request=True,
    ),
    Measure(
        name="dispersion",
        better={"heuristic": "high", "example-level": "high"},
        needs=("activations", "predictions"),
        compute=dispersion,
        reference="Xie, Wei, Feng, Cao, An 2023, On the importance of feature separability, dispersion score",
        summary="Dispersion of the predicted classes' mean activations at the last tap. A rival of the two measures.",
        on_request=True,
    ),
)
