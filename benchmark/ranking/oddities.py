"""What is odd about the neurons of one network, whatever network it stands beside.

In: activations. Out: sentences, each of which names the tap.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from benchmark.measures._neurons import constant_neurons
from benchmark.types import Activations

DOMINATING = 30.0  # times the range of the median neuron
LEVELS = 256  # that quantized activations have at most
SOME = 0.05  # of the neurons of a tap


def oddities(activations: Activations) -> Iterator[str]:
    """What is odd about the neurons of one network, by its taps."""
    for tap, matrix in activations.by_tap.items():
        if matrix.shape[1] > matrix.shape[0]:
            yield f"tap {tap}: more neurons ({matrix.shape[1]}) than examples ({matrix.shape[0]}); is it transposed?"
    for tap, dead in constant_neurons(activations).items():
        if dead.mean() > SOME:
            yield f"tap {tap}: {dead.sum()} of {len(dead)} neurons are constant (entropy 0, MI 0)"
    for tap, matrix in activations.by_tap.items():
        yield from (f"tap {tap}: {said}" for said in _odd_values(matrix))


def _odd_values(matrix: NDArray[np.float32]) -> Iterator[str]:
    ranges = np.ptp(matrix.astype(np.float64), axis=0)
    middle = float(np.median(ranges))
    if middle > 0 and (times := float(ranges.max()) / middle) > DOMINATING:
        yield (
            f"neuron {int(ranges.argmax())} has {times:.0f} times the range of the median one, so that most others "
            "fall into few bins: mean entropy says little"
        )
    levels = len(np.unique(matrix))
    if 1 < levels <= LEVELS and levels < matrix.size // 4:
        yield f"only {levels} different values: quantized activations, of which kNN MI sees the steps"
