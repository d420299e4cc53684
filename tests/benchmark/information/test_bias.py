"""Null correction and the sample-size curve, where the truth is known."""

from functools import partial

import numpy as np
import pytest
import torch

from benchmark.information import _matrix, bias, binned, nearest, pairs


def mean(information: pairs.PairInformation) -> float:
    return pairs.pair_summary(information).mean


@pytest.mark.parametrize("bins", [5, 20])
def test_independent_neurons_share_nothing_once_the_null_is_taken_off(bins: int) -> None:
    activations = np.random.default_rng(0).normal(size=(300, 40))
    estimator = partial(binned.pair_information, bins=bins)
    known = mean(estimator(activations))
    assert known > 0.02
    assert abs(mean(bias.null_corrected(estimator, activations, repeats=3))) < 0.05 * known


def test_the_null_takes_off_what_ties_add_and_leaves_what_is_shared() -> None:
    generator = np.random.default_rng(1)
    relu = np.maximum(generator.normal(size=(1000, 12)), 0)
    plain = partial(nearest.pair_information, ties="plain")
    assert mean(plain(relu)) < -0.5
    assert abs(mean(bias.null_corrected(plain, relu))) < 0.02
    jitter = nearest.pair_information
    assert abs(mean(jitter(relu))) < 0.02
    assert abs(mean(bias.null_corrected(jitter, relu))) < 0.02
    pair = generator.multivariate_normal([0, 0], [[1, 0.8], [0.8, 1]], size=1000)
    truth = -0.5 * np.log(1 - 0.8**2)
    assert mean(bias.null_corrected(nearest.pair_information, pair, repeats=4)) == pytest.approx(truth, abs=0.1)


def test_it_is_seeded_and_keeps_what_a_neuron_shares_with_itself() -> None:
    activations = np.random.default_rng(2).normal(size=(200, 6))
    one, two, other = (
        pairs.matrix(bias.null_corrected(binned.pair_information, activations, seed=seed)) for seed in (0, 0, 1)
    )
    assert np.array_equal(one, two)
    assert not np.array_equal(one, other)
    assert np.array_equal(np.diag(one), binned.entropy(activations, 10, "per-neuron"))


def test_the_curve_of_bins_falls_as_the_known_bias_and_that_of_neighbours_is_flat() -> None:
    activations = np.random.default_rng(3).uniform(size=(8000, 10))
    curve = bias.sample_size_curve(binned.pair_information, activations, sizes=(500, 2000, 8000))
    assert [point.samples for point in curve] == [500, 2000, 8000]
    for point in curve:
        assert point.mean == pytest.approx(81 / (2 * point.samples), rel=0.15)
    assert curve[0].deviation < 0.1 * curve[0].mean
    assert np.isnan(curve[2].deviation)
    flat = bias.sample_size_curve(nearest.pair_information, activations, sizes=(500, 2000), repeats=3, pairs=20)
    assert all(abs(point.mean) < 0.02 for point in flat)


def test_tensors_are_permuted_and_drawn_as_arrays_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_matrix, "TENSOR_DEVICES", ("cpu", "cuda"))
    activations = np.random.default_rng(4).normal(size=(200, 6))
    tensor = torch.tensor(activations)
    found, expected = (mean(bias.null_corrected(binned.pair_information, a)) for a in (tensor, activations))
    assert found == expected
    found, expected = (bias.sample_size_curve(binned.pair_information, a, (50, 100)) for a in (tensor, activations))
    assert found == expected


def test_refusals() -> None:
    activations = np.zeros((20, 3))
    for estimate in (bias.null_corrected, partial(bias.sample_size_curve, sizes=(5,))):
        with pytest.raises(ValueError, match="repeats must be at least 1, got 0"):
            estimate(binned.pair_information, activations, repeats=0)
    with pytest.raises(ValueError, match="a size must be from 2 to the 20 samples there are, got 21"):
        bias.sample_size_curve(binned.pair_information, activations, sizes=(21,))
    with pytest.raises(ValueError, match="3 samples are too few: this estimator needs at least 4"):
        bias.sample_size_curve(nearest.pair_information, activations, sizes=(3,))
