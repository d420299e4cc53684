"""What is kept of one network once its activations have gone: its numbers, what figures show, and what is odd about it.

In: the activations of one network. Out: plain data, the same whenever they are read again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from benchmark.estimator import Settings
from benchmark.information.pairs import pair_count
from benchmark.measures import MEASURES
from benchmark.ranking.given import digest_of, examples_of
from benchmark.ranking.measuring import Measured, measured_on, sampled_outputs
from benchmark.ranking.oddities import Oddity, oddities
from benchmark.record import TapNumbers
from benchmark.scoring.score import tap_details
from benchmark.types import Activations, Outputs
from registry import Kind

CORRECTED = "mean-mi-corrected"  # mean MI less that of the same neurons, each permuted by itself


@dataclass(frozen=True)
class NetworkNumbers:
    """One network, measured.

    Attributes:
        widths: How many neurons each tap has.
        examples: How many there were; `settings.samples` of them were read.
        digest: Of all activations.
        settings: Under which it was measured.
        numbers: Each measure by its name.
        details: The entropies of neurons and the MI of pairs at each tap, as figures show them.
        odd: What is odd about its neurons.
        how: How it was read, in words; empty where activations were given.
    """

    widths: Mapping[str, int]
    examples: int
    digest: str
    settings: Settings
    numbers: Mapping[str, Measured]
    details: Mapping[str, TapNumbers]
    odd: tuple[Oddity, ...] = ()
    how: str = ""

    @property
    def pairs(self) -> int:
        """How many pairs of neurons it has within its taps."""
        return sum(map(pair_count, self.widths.values()))

    @property
    def pairs_read(self) -> int:
        """How many of them were read."""
        return self.pairs if self.settings.mi.pairs == "all" else min(self.pairs, self.settings.mi.pairs)


def numbers_of(
    name: str, activations: Activations, settings: Settings, corrected: bool = False, how: str = ""
) -> NetworkNumbers:
    """Measure one network.

    Args:
        name: Of the network, for messages.
        activations: (S, N) for each tap.
        settings: Of the estimators.
        corrected: Whether mean MI is estimated once more on permuted neurons, and what it is there subtracted.
        how: How it was read, in words.

    Raises:
        UserError: A measure, which may be anybody's code, raises.
    """
    read = sampled_outputs(name, activations, settings)
    numbers = measured_on(read, settings)
    if corrected:
        by_chance = measured_on(_permuted(read), settings)["mean-mi"]
        numbers[CORRECTED] = _corrected(numbers["mean-mi"], by_chance)
    return NetworkNumbers(
        widths={tap: matrix.shape[1] for tap, matrix in activations.by_tap.items()},
        examples=examples_of(activations),
        digest=digest_of(activations),
        settings=settings,
        numbers=numbers,
        details=tap_details(read.activations, settings),
        odd=tuple(oddities(activations, dumped=not how)),
        how=how,
    )


def high_is_better(measure: str, kind: Kind) -> bool:
    """Which way is good. Corrected or not, it is the same.

    >>> high_is_better("mean-mi-corrected", "heuristic"), high_is_better("mean-entropy", "heuristic")
    (False, True)
    """
    return MEASURES["mean-mi" if measure == CORRECTED else measure].better[kind] == "high"


def _corrected(plain: Measured, by_chance: Measured) -> Measured:
    """Mean MI less what the estimator finds where no two neurons share anything, on all examples and on each half."""
    per_tap = {tap: _less(value, by_chance.per_tap[tap]) for tap, value in plain.per_tap.items()}
    halves = tuple(_less(own, null) for own, null in zip(plain.halves, by_chance.halves, strict=True))
    return replace(plain, value=_less(plain.value, by_chance.value), per_tap=per_tap, halves=halves)


def _less(value: float | None, by_chance: float | None) -> float | None:
    return None if value is None or by_chance is None else value - by_chance


def _permuted(given: Outputs) -> Outputs:
    """The same neurons, each with its values on the examples in an order of its own."""
    generator = np.random.default_rng(0)
    by_tap = {tap: generator.permuted(matrix, axis=0) for tap, matrix in given.activations.by_tap.items()}
    return replace(given, activations=Activations(by_tap))
