r"""Agreement with the consensus of all candidates: how often a network answers as their summed probabilities do.

$$\frac{1}{S} \sum_{s=1}^{S} \left[ c_s = \arg\max_k \sum_{q=1}^{Q} p_{sk}^{(q)} \right]$$

$c_s$ is the class with the largest logit for example $s$, and $p_{sk}^{(q)}$ the softmax probability of class $k$ that
candidate $q$ gives. The $Q$ candidates are all networks of the plan on the same suite that were read on the same
inputs, the network itself among them; anchors are none. The candidates thus have one consensus, which is the same
for all.

It fails where those that memorize are many and agree, as networks that all take the same shortcut do: the consensus is
theirs then. It moves with what else a plan trains, so that numbers of two plans do not compare.
"""

import numpy as np

from benchmark.estimator import Settings
from benchmark.measures._candidates import candidates
from benchmark.measures._predictions import probabilities
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Share of the examples on which the network's class is that of the sum of all probabilities, from 0 to 1."""
    summed = np.zeros(outputs.logits.shape)
    for one in candidates(outputs):
        summed += probabilities(one.logits)
    same = outputs.logits.argmax(axis=1) == summed.argmax(axis=1)
    return Value(int(same.sum()) / len(same))


MEASURE = Measure(
    name="consensus",
    better={"heuristic": "high", "example-level": "high"},
    needs=("predictions",),
    compute=compute,
    reference="Hu et al. 2024, EnsV",
    over="candidates",
    on_request=True,
)
