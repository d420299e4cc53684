r"""How far a prediction half-way between two inputs is from half-way between their predictions. A rival.

$$\frac{1}{S} \sum_{s=1}^{S} \left\lVert P\!\left(\frac{x_s + x_s'}{2}\right) -
\frac{P(x_s) + P(x_s')}{2} \right\rVert_1$$

$P(x)$ are the softmax probabilities of an input, and $x_s'$ is another of the inputs that measures read, which one
seeded permutation puts beside $x_s$. The number lies between 0 and 2. No label is read.

It fails where inputs cannot be averaged, as texts. A network that is unsure everywhere is linear as well.
"""

import numpy as np

from benchmark.estimator import Settings
from benchmark.measures._losses import mean
from benchmark.measures._predictions import probabilities
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean distance of the two predictions, the sum over the classes of their differences."""
    taken = outputs.readings["transforms"].arrays
    if "mixup" not in taken:
        return Value(None, reason="inputs that are not numbers have no point half-way between two of them")
    half_way = (probabilities(outputs.logits) + probabilities(taken["mixup/partner"])) / 2
    return Value(mean(np.abs(probabilities(taken["mixup"]) - half_way).sum(axis=1)))


MEASURE = Measure(
    name="mixup-linearity",
    better={"heuristic": "high", "example-level": "low"},
    needs=("predictions",),
    compute=compute,
    reference="Zhang, Cisse, Dauphin, Lopez-Paz 2018, mixup; how far a network is from what it would train for",
    readings=("transforms",),
    on_request=True,
)
