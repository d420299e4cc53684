r"""Nuclear norm of the prediction matrix: confident and spread over the classes. A rival of the two measures.

$$\frac{\lVert P \rVert_*}{\sqrt{\min(S, K) \, S}}$$

$P$ has the softmax probability of class $k$ for example $s$ in row $s$ and column $k$. Its nuclear norm is the sum of
its singular values.

It fails as mean confidence does, under a shortcut. It is largest where all classes are predicted equally often, so
where they are not equally frequent a network that is right has less than the most.
"""

from math import sqrt

import numpy as np

from benchmark.estimator import Settings
from benchmark.measures._predictions import class_products, probabilities
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Sum of the singular values of the softmax probabilities (S, K) over its largest possible value, up to 1."""
    predicted = probabilities(outputs.logits)
    samples, classes = predicted.shape
    # singular values from the K x K product: the order of the examples changes no bit
    squares = np.linalg.eigvalsh(class_products(predicted))
    return Value(float(np.sqrt(np.maximum(squares, 0)).sum()) / sqrt(min(samples, classes) * samples))


MEASURE = Measure(
    name="nuclear-norm",
    better={"heuristic": "high", "example-level": "high"},
    needs=("predictions",),
    compute=compute,
    reference="Deng, Suh, Gould, Zheng 2023, Confidence and dispersity speak, section 3",
)
