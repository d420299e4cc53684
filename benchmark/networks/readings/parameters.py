"""How many parameters a network has, and the sum of their squares.

The arrays are `count` and `squares`, of one number each, over all parameters, frozen ones too. One that several modules
share counts once.
"""

from math import fsum

import numpy as np

from benchmark.reading import Arrays, AtHand, Reading


def compute(at_hand: AtHand) -> Arrays:
    """Both numbers, each as an array (1,)."""
    parameters = [parameter.detach() for parameter in at_hand.network.parameters()]
    squares = fsum(float(parameter.double().square().sum()) for parameter in parameters)
    count = sum(parameter.numel() for parameter in parameters)
    return {"count": np.array([count], dtype=np.int64), "squares": np.array([squares])}


READING = Reading(
    name="parameters",
    axis="network",
    compute=compute,
    reference="Jiang, Neyshabur, Mobahi, Krishnan, Bengio 2020, Fantastic generalization measures, appendix C",
)
