"""Networks that exist only as right and wrong answers, and how often what is said of them is true.

An example has a difficulty, a network a skill, both together something of their own; what is above a threshold is
right. `python -m tests.made_networks` prints the whole table of docs/reading-a-board.md, 2,000 boards for each line;
with words such as `3` or `2-10`, models of so many seeds each.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from benchmark.statistics.errors import difference, of_seeds_and_examples
from benchmark.statistics.intervals import of_number
from benchmark.statistics.number import Number, mean, spread

Floats = NDArray[np.float64]
EQUAL = [(1,), (2,), (3,), (5,)]  # numbers of seeds, alike in both models


@dataclass(frozen=True)
class Setting:
    """`examples` test examples; variances of `seed` and `both` beside that of the difficulty, which is 1.

    `shared` is the share of the difficulty that two models have in common: 1 errs on the same examples, 0 on others.
    """

    accuracy: float
    examples: int
    seeds: tuple[int, int]
    shared: float
    seed: float
    both: float


@dataclass(frozen=True)
class Rates:
    """Shares of boards on which equal accuracies are called different, and on which 95 % intervals hold the truth."""

    called_different: float
    difference_covered: float
    single_covered: float
    sd_of_seeds: float


def model(right: Floats) -> Number:
    """The accuracy of a model, from right (1) and wrong (0) answers (seeds, examples)."""
    by_seed = [float(value) for value in right.mean(axis=1)]
    found = of_seeds_and_examples(by_seed, list(right))
    assert found is not None
    return Number(
        tuple(by_seed),
        mean(by_seed),
        spread(by_seed),
        {},
        error=found.error,
        df=found.df,
        error_of=found.of,
        by_example=tuple(right),
        examples="all",
    )


def boards(setting: Setting, count: int) -> Iterator[tuple[list[Floats], list[float]]]:
    """The answers of two models of one accuracy, and the accuracy of each.

    With one seed the accuracy is that of this network: what it would be over all examples.
    """
    generator = np.random.default_rng(0)
    scale = np.sqrt(1 + setting.seed + setting.both)
    threshold = ndtri(setting.accuracy) * scale
    for _ in range(count):
        common = generator.standard_normal(setting.examples)
        answers, truths = [], []
        for seeds in setting.seeds:
            own = generator.standard_normal(setting.examples)
            difficulty = np.sqrt(setting.shared) * common + np.sqrt(1 - setting.shared) * own
            skill = np.sqrt(setting.seed) * generator.standard_normal((seeds, 1)) if seeds > 1 else np.zeros((1, 1))
            both = np.sqrt(setting.both) * generator.standard_normal((seeds, setting.examples))
            answers.append(np.asarray(threshold + difficulty + skill + both > 0, dtype=np.float64))
            truths.append(setting.accuracy if seeds > 1 else float(ndtr(threshold / np.sqrt(1 + setting.both))))
        yield answers, truths


def rates(setting: Setting, count: int) -> Rates:
    """How often what is said of two models of one accuracy is true."""
    different, covered, single, spreads = 0, 0, 0, []
    for answers, truths in boards(setting, count):
        one, other = (model(right) for right in answers)
        found = difference(one, other)
        assert found.interval
        alone = of_number(one)
        assert alone
        different += found.seen != "undecided"
        low, high = found.interval
        covered += low <= truths[0] - truths[1] <= high
        low, high = alone
        single += low <= truths[0] <= high
        spreads.append(one.sd or 0.0)
    return Rates(different / count, covered / count, single / count, float(np.sqrt(np.mean(np.square(spreads)))))


def main() -> None:
    """Print the table."""
    print("seeds examples accuracy err-on seed-var both-var sd-of-seeds different difference-covered single-covered")
    asked = [tuple(map(int, word.split("-"))) for word in sys.argv[1:]] or EQUAL
    seeds = [(one[0], one[-1]) for one in asked]
    for k, examples, accuracy, shared in product(seeds, (400, 1000), (0.5, 0.7, 0.9, 0.97), (1.0, 0.0)):
        for seed, both in (
            ((0.0, 0.3), (0.005, 0.3), (0.02, 0.3), (0.1, 0.3)) if min(k) > 1 else ((0.0, 0.3), (0.0, 1.0))
        ):
            found = rates(Setting(accuracy, examples, k, shared, seed, both), 2000)
            on = "same" if shared else "other"
            said = f"{found.sd_of_seeds:.4f} {found.called_different:.3f} {found.difference_covered:.3f}"
            print(
                "-".join(map(str, k)),
                examples,
                accuracy,
                on,
                seed,
                both,
                said,
                f"{found.single_covered:.3f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
