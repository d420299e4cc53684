"""What is odd about the neurons of one network names the tap, and nothing is said of plain ones."""

import numpy as np

from benchmark.ranking.oddities import oddities
from benchmark.types import Activations

DRAWN = np.random.default_rng(0).normal(size=(300, 20)).astype(np.float32)


def test_of_plain_neurons_nothing_is_said() -> None:
    assert list(oddities(Activations({"fc": DRAWN}))) == []


def test_each_oddity_is_of_its_own_tap() -> None:
    dominated = DRAWN.copy()
    dominated[:, 3] *= 1000
    by_tap = {"relu": np.maximum(DRAWN, 0), "dead": np.where(np.arange(20) < 2, 1, DRAWN), "far": dominated}
    by_tap["steps"] = np.round(4 * DRAWN) / 4
    found = {odd.tap: odd.kind for odd in oddities(Activations({**by_tap, "plain": DRAWN}))}
    assert found == {"relu": "tied", "dead": "constant", "far": "dominating", "steps": "quantized"}


def test_more_neurons_than_examples_may_be_a_matrix_that_lies_on_its_side() -> None:
    on_its_side = Activations({"fc": DRAWN.T})
    assert next(oddities(on_its_side)).words == "more neurons (300) than examples (20); is it transposed?"
    assert list(oddities(on_its_side, dumped=False)) == []
