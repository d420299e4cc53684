"""Activations to measure speed on: seeded, and hard in the way that their name says."""

import numpy as np

from benchmark.performance.inputs import hard, mixture


def test_a_mixture_is_seeded_and_its_neurons_depend_on_each_other() -> None:
    one, again, other = mixture(500, 20), mixture(500, 20), mixture(500, 20, seed=1)
    assert one.shape == (500, 20)
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)
    related = abs(np.corrcoef(one, rowvar=False)[np.triu_indices(20, 1)])
    assert np.median(related) > 3 / 500**0.5  # beyond what independent neurons have
    assert related.max() < 0.99


def test_each_hard_input_is_what_its_name_says() -> None:
    plain = mixture(500, 20)
    found = hard(plain)
    assert {matrix.shape for matrix in found.values()} == {plain.shape}
    assert 0.3 < (found["after ReLU"] == 0).mean() < 0.7
    assert abs(found["heavy tails"]).max() > 1000
    assert (abs(found["saturated tanh"]) > 0.999).mean() > 0.5
    spread = found["one rogue scale"].std(axis=0)
    assert spread[0] > 1e5 * spread[1:].max()
    assert max(len(np.unique(column)) for column in found["coarse grid"].T) < 30
    assert np.array_equal(found["each neuron twice"][:, ::2], found["each neuron twice"][:, 1::2])
    assert np.array_equal(np.ptp(found["every other constant"], axis=0) == 0, np.arange(20) % 2 == 0)
    correlated = np.corrcoef(found["r = .99"], rowvar=False)
    assert correlated[0].min() > 0.95
