"""What is taken on held-out examples."""

import numpy as np
import pytest
from made_at_hand import HELD_OUT, at_hand, read_by

from benchmark.networks.readings.held_out_as_given import READING, compute
from benchmark.reading import NotForThese


def test_logits_and_labels_are_those_of_the_held_out_examples_in_their_order() -> None:
    hand = at_hand()
    found = compute(hand)
    assert np.array_equal(found["logits"], read_by(hand.network, HELD_OUT.inputs)[1])
    assert np.array_equal(found["labels"], HELD_OUT.labels)
    assert READING.axis == "network"


def test_where_none_is_left_there_is_no_such_reading() -> None:
    with pytest.raises(NotForThese, match="no held-out example is left beside those that are judged"):
        compute(at_hand(held_out=HELD_OUT.at(np.arange(0))))
