"""Active values and dormant units, counted by hand, and what scale and shift do to them."""

import numpy as np
import pytest
from made_outputs import A, B, outputs

from benchmark.estimator import Settings
from benchmark.measures.sparsity import compute_active, compute_dormant

MIXED = np.array([[1.0, -1.0, 0.0], [2.0, 3.0, -0.5]])
PAIR = np.array([[-1.0], [-2.0]])


def test_active_are_the_values_above_0_of_all_taps() -> None:
    found = compute_active(outputs(MIXED, PAIR), Settings())
    assert found.value == pytest.approx(3 / 8)
    assert found.per_tap == {"tap0": 0.5, "tap1": 0.0}
    assert compute_active(outputs(A, B), Settings()).value == pytest.approx(0.5, abs=0.05)
    assert compute_active(outputs(np.abs(A)), Settings()).value == 1


def test_dormant_are_those_up_to_a_fortieth_of_the_mean_of_their_own_tap() -> None:
    means = np.array([1.0] * 39 + [0.025, 1.975])
    at_least = np.vstack([2 * means, -means])  # behind the ReLU the mean over the two examples is `means`
    assert means.mean() == pytest.approx(1)
    above, below = at_least.copy(), at_least.copy()
    above[0, 39], below[0, 39] = 0.0502, 0.0498
    assert compute_dormant(outputs(above), Settings()).value == 0
    assert compute_dormant(outputs(below), Settings()).value == pytest.approx(1 / 41)
    both = compute_dormant(outputs(below, 1000 * above), Settings())
    assert both.value == pytest.approx(1 / 82)
    assert both.per_tap == pytest.approx({"tap0": 1 / 41, "tap1": 0})


def test_a_unit_that_is_never_above_0_is_dormant_however_much_it_moves() -> None:
    assert compute_dormant(outputs(np.column_stack([A, -9 - np.abs(A[:, 0])])), Settings()).value == pytest.approx(
        1 / 6
    )
    assert compute_dormant(outputs(-np.abs(A)), Settings()).value == 1
    assert compute_dormant(outputs(np.zeros((20, 3))), Settings()).value == 1


@pytest.mark.parametrize("compute", [compute_active, compute_dormant])
def test_order_and_scale_make_no_difference(compute) -> None:
    turned = 7 * MIXED[::-1, ::-1]
    assert compute(outputs(turned), Settings()).value == compute(outputs(MIXED), Settings()).value
