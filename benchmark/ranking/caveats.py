"""What to mistrust about a ranking: of the networks that were given, and of the measures themselves.

In: the activations and the orders. Out: sentences, each with what it was seen by.
"""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from benchmark.measures._neurons import constant_neurons
from benchmark.ranking.measuring import Measured
from benchmark.ranking.order import Order
from benchmark.statistics.ranks import pair_signs, tau_b
from benchmark.types import Activations

FEW = 200  # examples
DOMINATING = 30.0  # times the range of the median neuron
LEVELS = 256  # that quantized activations have at most
SOME = 0.05  # of the neurons of a tap


def caveats(given: Mapping[str, Activations], numbers: Mapping[str, Mapping[str, Measured]]) -> list[str]:
    """What is odd about these networks. `numbers` are those of each measure, by network."""
    return [*_few(given), *_unlike(given), *_odd_neurons(given), *_undefined(numbers)]


def disagreement(mean_mi: Order, mean_entropy: Order) -> list[str]:
    """Whether the paper's two measures order the same networks in opposite ways."""
    ranks = mean_mi.ranks(), mean_entropy.ranks()
    both = [name for name in mean_mi.names if name in ranks[1]]
    first, second = ([float(sum(own[name])) for name in both] for own in ranks)
    tau = tau_b(pair_signs(np.array(first)), pair_signs(np.array(second))) if len(both) > 1 else None
    if tau is None or tau >= 0:
        return []
    return [f"mean MI and mean entropy disagree about the order (tau {tau:+.2f}): one of them is wrong here"]


def _few(given: Mapping[str, Activations]) -> Iterator[str]:
    examples = min(len(matrix) for one in given.values() for matrix in one.by_tap.values())
    if examples < FEW:
        yield f"only {examples} examples: both measures move with their number, and a few hundred are needed"


def _unlike(given: Mapping[str, Activations]) -> Iterator[str]:
    """Networks of other taps or widths."""
    (first, one), *others = given.items()
    for name, other in others:
        if len(other.by_tap) == len(one.by_tap) and list(other.by_tap) != list(one.by_tap):
            here, there = (", ".join(own.by_tap) for own in (one, other))
            yield f"{first} is read at {here} and {name} at {there}: are these the same?"
            break
    for name, other in others:
        if len(other.by_tap) != len(one.by_tap):
            yield (
                f"{first} has {len(one.by_tap)} taps and {name} {len(other.by_tap)}: networks of unlike depth are not "
                "comparable"
            )
            return
        widths = [[matrix.shape[1] for matrix in own.by_tap.values()] for own in (one, other)]
        if widths[0] != widths[1]:
            yield (
                f"{first} has {_listed(widths[0])} neurons and {name} {_listed(widths[1])}: networks of unlike width "
                "are not comparable"
            )
            return


def _listed(widths: list[int]) -> str:
    return " + ".join(map(str, widths))


def _odd_neurons(given: Mapping[str, Activations]) -> Iterator[str]:
    for name, one in given.items():
        for tap, matrix in one.by_tap.items():
            if matrix.shape[1] > matrix.shape[0]:
                examples, neurons = matrix.shape
                yield f"{name}, tap {tap}: more neurons ({neurons}) than examples ({examples}); is it transposed?"
        for tap, dead in constant_neurons(one).items():
            if dead.mean() > SOME:
                yield f"{name}, tap {tap}: {dead.sum()} of {len(dead)} neurons are constant (entropy 0, MI 0)"
        for tap, matrix in one.by_tap.items():
            yield from (f"{name}, tap {tap}: {said}" for said in _odd_values(matrix))


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


def _undefined(numbers: Mapping[str, Mapping[str, Measured]]) -> Iterator[str]:
    for measure, by_network in numbers.items():
        for name, one in by_network.items():
            if one.value is None:
                yield f"{measure} of {name} is undefined: {one.reason}"
