r"""Class-distance normalized variance (CDNV) of the last tap: how far predicted classes are from being points.

$$\frac{2}{K (K - 1)} \sum_{a < b} \frac{v_a + v_b}{2 \lVert m_a - m_b \rVert^2}, \qquad
v_a = \frac{1}{n_a} \sum_{s \in a} \lVert x_s - m_a \rVert^2$$

$x_s$ is the last tap on example $s$, and $m_a$ is its mean over the $n_a$ examples that the network predicts as class
$a$. The paper has the true classes. $K$ is how many classes are predicted for at least two examples; others are left
out.

It fails under a shortcut, whose classes collapse as those of the task do. Two classes that nearly coincide decide the
mean alone. Taps are read as the family gives them, mostly before the ReLU. Low is good for both kinds: that is the
paper's claim for features that transfer to other data. It is undefined with fewer than two such classes, and where two
of them have the same mean.
"""

import numpy as np
from scipy.spatial.distance import pdist

from benchmark.estimator import Settings
from benchmark.measures._canonical import canonical_taps
from benchmark.measures._spectra import last_tap
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean over the pairs of predicted classes of their variance over their squared distance; no unit."""
    last = canonical_taps(outputs.activations)[last_tap(outputs.activations)]
    matrix, predicted = last.matrix.astype(np.float64), outputs.logits[last.examples].argmax(axis=1)
    classes, sizes = np.unique(predicted, return_counts=True)
    parts = [matrix[predicted == c] for c in classes[sizes >= 2]]
    if len(parts) < 2:
        return Value(None, reason="fewer than two classes are predicted for two examples each")
    means = np.stack([part.mean(axis=0) for part in parts])
    variances = np.array([((part - mean) ** 2).sum(axis=1).mean() for part, mean in zip(parts, means, strict=True)])
    distances = pdist(means, "sqeuclidean")
    if not distances.all():
        return Value(None, reason="two predicted classes have the same mean")
    one, other = np.triu_indices(len(parts), 1)
    return Value(float(((variances[one] + variances[other]) / (2 * distances)).mean()))


MEASURE = Measure(
    name="cdnv-last",
    better={"heuristic": "low", "example-level": "low"},
    needs=("activations", "predictions"),
    compute=compute,
    reference="Galanti, György, Hutter 2022, On the role of neural collapse in transfer learning",
    on_request=True,
)
