"""What is odd about the neurons of one network, whatever network it stands beside.

In: activations. Out: what is odd at which tap, in words.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmark.measures._neurons import constant_neurons
from benchmark.types import Activations

DOMINATING = 30.0  # times the range of the median neuron
LEVELS = 256  # that quantized activations have at most
ZEROS = 0.1  # of the values of a tap
SOME = 0.05  # of the neurons of a tap


class Oddity(NamedTuple):
    """What is odd at one tap. Oddities of one `kind` are told together."""

    kind: Literal["transposed", "constant", "dominating", "quantized", "tied"]
    tap: str
    words: str


def oddities(activations: Activations, dumped: bool = True) -> Iterator[Oddity]:
    """What is odd about the neurons of one network.

    Args:
        activations: Of the network.
        dumped: Whether somebody has made the arrays by hand, so that they may lie on their side.
    """
    dead = constant_neurons(activations)
    for tap, matrix in activations.by_tap.items():
        examples, neurons = matrix.shape
        if dumped and neurons > examples:
            yield Oddity("transposed", tap, f"more neurons ({neurons}) than examples ({examples}); is it transposed?")
        if dead[tap].mean() > SOME:
            yield Oddity("constant", tap, f"{dead[tap].sum()} of {neurons} neurons are constant (entropy 0, MI 0)")
        yield from _odd_values(tap, matrix)


def _odd_values(tap: str, matrix: NDArray[np.float32]) -> Iterator[Oddity]:
    ranges = np.ptp(matrix.astype(np.float64), axis=0)
    middle = float(np.median(ranges))
    if middle > 0 and (times := float(ranges.max()) / middle) > DOMINATING:
        yield Oddity(
            "dominating",
            tap,
            f"neuron {int(ranges.argmax())} has {times:.0f} times the range of the median one, so that most others "
            "fall into few bins: mean entropy says little",
        )
    levels = len(np.unique(matrix))
    if 1 < levels <= LEVELS and levels < matrix.size // 4:
        words = f"only {levels} different values: quantized activations, of which kNN MI sees the steps"
        yield Oddity("quantized", tap, words)
    elif levels > 1 and (zeros := float((matrix == 0).mean())) > ZEROS:
        words = (
            f"{zeros:.0%} of the values are 0, as behind a ReLU: entropy counts them as one bin, and MI moves equal "
            "values apart by a tiny random bit: compare only with networks read at the same place"
        )
        yield Oddity("tied", tap, words)
