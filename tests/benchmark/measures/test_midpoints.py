"""What is half-way between training inputs is one number, for the measure of its own and for the product."""

import numpy as np
from made_readings import number, read

from benchmark.measures._midpoints import midpoint_loss


def test_the_measure_is_that_number() -> None:
    logits, labels = np.random.default_rng(0).normal(size=(20, 3)).astype(np.float32), np.arange(20) % 3
    given = read(training_set={"midpoints": logits, "midpoint-labels": labels})
    assert midpoint_loss(given.readings["training-set"]).value == number("mixup-midpoints", given)
