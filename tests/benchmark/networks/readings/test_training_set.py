"""What is taken on the training set, against the same by hand."""

from collections import Counter

import numpy as np
from made_at_hand import TRAINING, at_hand, read_by, texts_at_hand

from benchmark.networks.readings.training_set import READING, compute


def test_logits_and_labels_are_those_of_the_training_examples_in_their_order() -> None:
    hand = at_hand()
    found = compute(hand)
    first, logits = read_by(hand.network, TRAINING.inputs)
    assert np.array_equal(found["logits"], logits)
    assert np.array_equal(found["first-tap"], first["1"])
    assert np.array_equal(found["labels"], TRAINING.labels)
    assert READING.axis == "network"


def test_midpoints_are_of_two_that_are_labelled_alike() -> None:
    """Every point half-way between two of one label, read by itself: each midpoint is one of them, with that label."""
    hand = at_hand()
    found = compute(hand)
    known = {}
    for one in range(15):
        for other in range(one):
            if TRAINING.labels[one] == TRAINING.labels[other]:
                point = (TRAINING.inputs[[one]] + TRAINING.inputs[[other]]) / 2
                known[tuple(hand.logits(point)[0].round(4))] = TRAINING.labels[one]
    seen = [tuple(row.round(4)) for row in found["midpoints"]]
    assert [known[point] for point in seen] == found["midpoint-labels"].tolist()
    assert max(Counter(seen).values()) <= 2  # i beside j and j beside i
    assert len(seen) >= 10


def test_kept_transforms_are_of_the_training_inputs() -> None:
    hand, up = at_hand(), np.zeros_like(TRAINING.inputs)
    up[:, :, :3] = TRAINING.inputs[:, :, 1:]
    found = compute(hand)
    assert np.array_equal(found["keeping/shift-up"], hand.logits(up))
    assert sum(name.startswith("keeping/") for name in found) == 4


def test_texts_have_no_midpoints() -> None:
    found = compute(texts_at_hand())
    assert not {"midpoints", "midpoint-labels"} & set(found)
    assert found["logits"].shape == (8, 2)
