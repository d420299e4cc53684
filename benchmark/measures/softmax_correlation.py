r"""Softmax correlation: how near the products of the classes' probabilities are to the identity. A rival.

$$\frac{\operatorname{tr} C}{\lVert C \rVert_F \sqrt{K}}, \qquad C = \frac{1}{S} P^\top P$$

$P$ has the softmax probability of class $k$ for example $s$ in row $s$ and column $k$. The number is the cosine between
$C$ and the identity, the product of sure predictions of $K$ equally frequent classes. It lies between $1 / \sqrt{K}$
and 1. The source takes the frequency of the classes from another network, which needs their names, where there is the
identity here.

It fails as mean confidence does, under a shortcut. It is largest where all classes are predicted equally often, so
where they are not equally frequent a network that is right has less than the most.
"""

from math import sqrt

import numpy as np

from benchmark.estimator import Settings
from benchmark.measures._predictions import class_products, probabilities
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Cosine between the product of the softmax probabilities (K, K) and the identity."""
    product = class_products(probabilities(outputs.logits))
    return Value(float(np.trace(product) / np.linalg.norm(product)) / sqrt(len(product)))


MEASURE = Measure(
    name="softmax-correlation",
    better={"heuristic": "high", "example-level": "high"},
    needs=("predictions",),
    compute=compute,
    reference="Tu, Deng, Zheng, Gedeon 2024, What does softmax probability tell us: SoftmaxCorr",
    on_request=True,
)
