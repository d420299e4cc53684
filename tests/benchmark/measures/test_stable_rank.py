"""The stable rank against norms of the centred matrix, in closed form, and of the taps that it is of."""

import numpy as np
import pytest
from made_outputs import A, B, outputs

from benchmark.estimator import Settings
from benchmark.measures.stable_rank import compute_first, compute_last


def plain(matrix: np.ndarray) -> float:
    centred = matrix.astype(np.float32) - matrix.astype(np.float32).mean(axis=0, dtype=float)
    return float(np.linalg.norm(centred) ** 2 / np.linalg.norm(centred, 2) ** 2)


def test_it_is_the_frobenius_over_the_spectral_norm_squared_of_the_first_and_the_last_tap() -> None:
    given = outputs(A + 3, A, B)
    assert compute_first(given, Settings()).value == pytest.approx(plain(A), rel=1e-6)
    assert compute_last(given, Settings()).value == pytest.approx(plain(B), rel=1e-9)


def test_equal_directions_are_counted_and_a_line_is_1() -> None:
    equal, line = np.vstack([np.eye(6), -np.eye(6)]), np.outer(np.arange(12.0), [1.0, -2.0])
    assert compute_first(outputs(equal, line), Settings()).value == pytest.approx(6, abs=1e-12)
    assert compute_last(outputs(equal, line), Settings()).value == pytest.approx(1, abs=1e-12)


def test_scale_and_order_make_no_difference() -> None:
    turned = 100 * A[np.random.default_rng(0).permutation(len(A)), ::-1]
    assert compute_first(outputs(turned), Settings()).value == pytest.approx(plain(A), rel=1e-6)


def test_it_is_undefined_where_all_neurons_are_constant() -> None:
    given = outputs(np.full((30, 2), 0.1), B[:30])
    assert compute_first(given, Settings()).reason == "all 2 neurons are constant"
    assert compute_last(given, Settings()).value is not None
