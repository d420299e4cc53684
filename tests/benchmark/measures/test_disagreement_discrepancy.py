"""The discrepancy of the best critic, off held-out accuracy; what critics do is tested with the reading."""

import numpy as np
import pytest
from made_readings import one_hot, read, value

from benchmark.types import Value

LABELS = np.arange(20) % 3
LOGITS = one_hot(np.where(np.arange(20) < 5, (LABELS + 1) % 3, LABELS), 3)  # 15 of 20 are right


def of(held_out: list[float], inputs: list[float]) -> Value:
    critic = {"held_out": np.array(held_out), "inputs": np.array(inputs)}
    return value(
        "disagreement-discrepancy", read(held_out_as_given={"logits": LOGITS, "labels": LABELS}, critic=critic)
    )


def test_the_critic_with_the_largest_difference_is_taken_off() -> None:
    found = of([0.5, 0.1, 0.0], [0.6, 0.4, 0.2])
    assert found.value == pytest.approx(0.75 - 0.3)
    assert found.details == pytest.approx({"held_out_accuracy": 0.75, "discrepancy": 0.3})


def test_where_critics_disagree_less_on_the_inputs_the_network_itself_is_the_best_one() -> None:
    found = of([0.5, 0.3], [0.1, 0.2])
    assert found.value == 0.75
    assert found.details["discrepancy"] == 0.0
