r"""Evidence of the training labels by a Laplace approximation of the last layer, for each example. A rival.

$$\max_{\delta} \frac{1}{T} \left( \sum_{i=1}^{T} \ln p_{i y_i} - \frac{\delta}{2} \lVert W \rVert_F^2 -
\frac{1}{2} \sum_{h=1}^{H} \sum_{k=1}^{K} \ln \left( 1 + \frac{\alpha_h \beta_k}{\delta} \right) \right)$$

It is the logarithm of the marginal likelihood, in nats, of the labels $y_i$ as given of at most 1,000 seeded training
examples, with a normal prior of precision $\delta$ on the weights $W$ of the last layer, its bias being the weight of a
constant. Of the precisions on a grid of ten in a decade, from $10^{-4}$ to $10^4$, the one with the largest evidence is
taken. $p_{i k}$ are softmax probabilities. The curvature is the generalized Gauss-Newton matrix as one Kronecker
product: $\alpha_h$ are the eigenvalues of the mean of $\phi_i \phi_i^\top$ with the inputs $\phi_i$ of the last layer,
$\beta_k$ those of $\sum_i C_i$ with $C_i = \mathrm{diag}(p_i) - p_i p_i^\top$. That is exact where all examples have
the same $C_i$. The whole matrix of a layer of 257 inputs and 10 classes would take seconds.

It fails where the features have taken the shortcut, or the noise, in already: the last layer then needs little to say
the labels, and all before it counts for nothing. The evidence tells how well a prior explains the training set, which
need not be how well a trained network does elsewhere (Lotfi et al. 2022).
"""

from math import fsum

import numpy as np
from numpy.typing import NDArray

from benchmark.estimator import Settings
from benchmark.measures._losses import losses
from benchmark.measures._predictions import probabilities
from benchmark.types import Measure, Outputs, Taken, Value

PRECISIONS = np.logspace(-4, 4, 81)  # of the prior


def compute(outputs: Outputs, settings: Settings) -> Value:
    """The largest evidence on the grid; the mean loss and the precision of the prior stand in the details."""
    taken = outputs.readings["last-layer"]
    count, loss = len(taken["labels"]), fsum(losses(taken["logits"], taken["labels"]))
    size = sum(
        float((taken[part].astype(np.float64) ** 2).sum()) for part in ("weight", "bias") if part in taken.arrays
    )
    growth = np.log1p(_curvatures(taken)[:, None] / PRECISIONS).sum(axis=0)
    evidence = -loss - PRECISIONS * size / 2 - growth / 2
    best = int(evidence.argmax())
    return Value(
        float(evidence[best]) / count, details={"loss": loss / count, "prior-precision": float(PRECISIONS[best])}
    )


def _curvatures(taken: Taken) -> NDArray[np.float64]:
    """The eigenvalues (D,) of the Kronecker-factored Gauss-Newton matrix of all D weights of the last layer."""
    features, predicted = taken["features"].astype(np.float64), probabilities(taken["logits"])
    if "bias" in taken.arrays:
        features = np.column_stack([features, np.ones(len(features))])
    before = np.linalg.eigvalsh(features.T @ features / len(features))
    behind = np.linalg.eigvalsh(np.diag(predicted.sum(axis=0)) - predicted.T @ predicted)
    return np.outer(before.clip(0), behind.clip(0)).ravel()


MEASURE = Measure(
    name="laplace-evidence",
    better={"heuristic": "high", "example-level": "high"},
    needs=(),
    compute=compute,
    reference="Immer et al. 2021, Scalable marginal likelihood estimation for model selection in deep learning",
    readings=("last-layer",),
    on_request=True,
)
