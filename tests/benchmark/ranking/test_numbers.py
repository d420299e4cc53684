"""What is kept of a network tells it from others and says what was read."""

import numpy as np
import pytest

from benchmark.estimator import Settings
from benchmark.information import binned, pairs
from benchmark.information.bias import null_corrected
from benchmark.ranking.numbers import CORRECTED, numbers_of
from benchmark.types import Activations

DRAWN = np.random.default_rng(0).normal(size=(400, 12)).astype(np.float32)
FEW = Settings(sub_samples=2, samples=300)


def test_it_says_how_many_examples_and_pairs_there_were_and_which_were_read() -> None:
    found = numbers_of("a", Activations({"one": DRAWN, "two": DRAWN[:, :4]}), FEW, how="by hand")
    assert (found.examples, found.pairs, found.pairs_read, found.how) == (400, 66 + 6, 66 + 6, "by hand")
    few = FEW.model_copy(update={"mi": FEW.mi.model_copy(update={"pairs": 5})})
    assert numbers_of("a", Activations({"one": DRAWN}), few).pairs_read == 5


def test_the_digest_is_that_of_the_activations_whatever_taps_are_called() -> None:
    digests = [numbers_of("a", Activations({tap: DRAWN}), FEW).digest for tap in ("one", "two")]
    assert digests[0] == digests[1]
    assert numbers_of("a", Activations({"one": DRAWN + 1}), FEW).digest != digests[0]


def test_the_correction_is_that_of_the_information_measures() -> None:
    settings = Settings(mi={"kind": "binned", "bins": 10, "edges": "per-neuron"}, sub_samples=2)  # type: ignore[arg-type]
    found = numbers_of("a", Activations({"one": DRAWN}), settings, corrected=True).numbers[CORRECTED]
    expected = pairs.pair_summary(null_corrected(binned.pair_information, DRAWN, repeats=5)).mean
    assert found.value == pytest.approx(expected, abs=0.005)  # other permutations: .1 are subtracted in both
    assert found.per_tap == {"one": pytest.approx(found.value)}
    assert len(found.halves) == 2
    assert CORRECTED not in numbers_of("a", Activations({"one": DRAWN}), settings).numbers
