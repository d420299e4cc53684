"""The labels of near training examples against scikit-learn's neighbours, and of what lies where it is known."""

from typing import Any

import numpy as np
import pytest
import torch
from made_at_hand import INPUTS, TRAINING, at_hand, network, read_by, texts_at_hand
from sklearn.neighbors import NearestNeighbors
from torch import nn

from benchmark.networks.readings.training_neighbours import NEIGHBOURS, READING, compute
from benchmark.reading import Read
from registry import Examples

GENERATOR = np.random.default_rng(3)
MORE = Examples(GENERATOR.normal(size=(90, *INPUTS.shape[1:])).astype(np.float32), GENERATOR.integers(0, 3, 90))


def two_taps(model: nn.Module, inputs: np.ndarray[Any, Any]) -> Read:
    """The first linear map, and the logits as a second tap."""
    taps, logits = read_by(model, inputs)
    return {**taps, "4": logits}, logits


def by_scikit_learn(known: np.ndarray, own: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    found = NearestNeighbors(n_neighbors=count, algorithm="brute").fit(known.astype(float))
    return labels[found.kneighbors(own.astype(float), return_distance=False)]


@pytest.mark.parametrize(("training", "count"), [(MORE, 30), (TRAINING, 15)])
def test_at_each_tap_they_are_those_of_the_nearest_first_and_of_all_where_there_are_few(training, count) -> None:
    found = compute(at_hand(training=training, read_by=two_taps))
    assert list(found) == ["1", "4"]
    own, known = (two_taps(network(), inputs)[0] for inputs in (INPUTS, training.inputs))
    for tap, labels in found.items():
        assert labels.shape == (len(INPUTS), count)
        assert np.array_equal(labels, by_scikit_learn(known[tap], own[tap], training.labels, count))
    assert READING.axis == "examples"
    assert NEIGHBOURS == 30


def test_a_large_common_mean_hides_no_distance_and_a_shift_of_all_changes_nothing() -> None:
    """Powers of two, so that float32 holds the shifted activations exactly."""
    points = GENERATOR.permutation(512).astype(np.float32)
    training = Examples(points[:400, None], np.arange(400))
    linear = nn.Linear(1, 1)
    for shift in (0.0, 2.0**22):
        with torch.no_grad():
            linear.weight.fill_(1)
            linear.bias.fill_(shift)
        hand = at_hand(
            linear,
            inputs=points[400:, None],
            training=training,
            read_by=lambda one, given: ({"": (made := one(torch.from_numpy(given)).detach().numpy())}, made),
        )
        distances = np.abs(points[400:, None] - points[:400])
        for row, labels in enumerate(compute(hand)[""]):
            assert np.array_equal(distances[row][labels], np.sort(distances[row])[:30])


def test_an_input_that_is_a_training_example_has_its_own_label_first() -> None:
    training = Examples(MORE.inputs, np.arange(90))
    found = compute(at_hand(inputs=MORE.inputs[[7, 70]], training=training, read_by=two_taps))
    assert all(labels[:, 0].tolist() == [7, 70] for labels in found.values())


def test_texts_have_them_too() -> None:
    assert compute(texts_at_hand())[""].shape == (16, 8)
