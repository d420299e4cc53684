r"""MaNo with softmax: the norm of order 4 of the matrix of predictions. A rival of the two measures.

$$\left(\frac{1}{S K} \sum_{s=1}^{S} \sum_{k=1}^{K} p_{sk}^4\right)^{1/4}$$

$p_{sk}$ is the softmax probability of class $k$ for example $s$. The number lies between $1 / K$ and $K^{-1/4}$.

The source makes logits positive by one of two formulas: the exponential, as here, if the mean of $-\ln p_{sk}$ is above
5, and otherwise $1 + z + z^2 / 2$. So the number of a network could jump where another one's does not. Here all
networks have the same formula. It is the exponential because it ranks the classes as the logits $z$ do, and is the same
if all logits of an example grow by the same amount, as the prediction is. The other formula grows again below
$z = -1$, and does change by that amount.

It fails as mean confidence does, under a shortcut: the formula that the source has against networks that are too sure
is the other one.
"""

from math import fsum

from benchmark.estimator import Settings
from benchmark.measures._predictions import probabilities
from benchmark.types import Measure, Outputs, Value

ORDER = 4


def compute(outputs: Outputs, settings: Settings) -> Value:
    """The norm of order 4 of the softmax probabilities, over that of as many ones."""
    predicted = probabilities(outputs.logits)
    return Value((fsum((predicted**ORDER).ravel()) / predicted.size) ** (1 / ORDER))


MEASURE = Measure(
    name="mano",
    better={"heuristic": "high", "example-level": "high"},
    needs=("predictions",),
    compute=compute,
    reference="Xie, Odonnat, Feofanov et al. 2024, MaNo: exploiting matrix norm, with softmax for all networks",
    on_request=True,
)
