"""Simulated boards have the effects that they are asked for."""

import numpy as np
import pytest

from benchmark.statistics.simulated_boards import ALIKE, Design, board_taus, correlated


@pytest.mark.parametrize("tau", [-0.5, 0.0, 0.4, 0.8])
def test_the_mean_tau_is_that_of_the_population(tau: float) -> None:
    design = Design((4, 11), ("a", "b"), ("heuristic", "example-level"))
    taus = board_taus(design, tau, 4000, np.random.default_rng(0))
    assert taus.shape == (4000, 1, 2)
    assert taus.mean(axis=(0, 1)) == pytest.approx([tau, tau], abs=0.03)


def correlation(taus: np.ndarray) -> float:
    return float(np.corrcoef(taus.T)[0, 1])


def test_suites_of_one_group_share_their_noise_as_far_as_is_said() -> None:
    def between(sharing: float, data: tuple[str, str]) -> float:
        design = Design((6, 8), data, ("heuristic", "heuristic"), sharing=sharing)
        return correlation(board_taus(design, 0.0, 3000, np.random.default_rng(1))[:, 0])

    assert between(0.9, ("a", "a")) > 0.4
    assert between(0.9, ("a", "b")) == pytest.approx(0.0, abs=0.06)
    assert between(0.0, ("a", "a")) == pytest.approx(0.0, abs=0.06)


def test_kinds_of_inputs_are_nearly_alike() -> None:
    design = Design((8,), ("a",), ("heuristic",), inputs=2)
    assert 0.6 < correlation(board_taus(design, 0.0, 3000, np.random.default_rng(2))[:, :, 0]) < 1
    x, y = correlated((2000, 5), 2, 0.6, np.random.default_rng(3))
    assert np.corrcoef(x[:, 0].ravel(), y.ravel())[0, 1] == pytest.approx(0.6, abs=0.03)
    assert np.corrcoef(x[:, 0].ravel(), x[:, 1].ravel())[0, 1] == pytest.approx(0.36 + 0.64 * ALIKE, abs=0.03)
