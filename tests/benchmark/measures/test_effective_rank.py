"""Effective ranks in closed form, against scipy's entropy, and what moves them."""

import numpy as np
import pytest
from made_outputs import A, outputs
from scipy.stats import entropy

from benchmark.estimator import Settings
from benchmark.measures.effective_rank import compute_participation, compute_rankme


def rankme(matrix: np.ndarray) -> float | None:
    return compute_rankme(outputs(A[: len(matrix)], matrix), Settings()).value


def participation(matrix: np.ndarray) -> float | None:
    return compute_participation(outputs(A[: len(matrix)], matrix), Settings()).value


DRAWN = np.random.default_rng(0).normal(size=(200, 30)) * np.geomspace(1, 20, 30) + 2
EQUAL = np.vstack([np.eye(8), -np.eye(8)])  # 8 directions of one length, mean 0


def test_directions_of_one_length_are_as_many_as_they_are() -> None:
    assert participation(EQUAL) == pytest.approx(8, abs=1e-12)
    assert rankme(EQUAL) == pytest.approx(8, abs=1e-4)


def test_one_direction_is_one() -> None:
    line = np.outer(np.arange(50.0), [1.0, 2.0, -3.0])
    assert participation(line) == pytest.approx(1, abs=1e-9)
    assert rankme(line) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("matrix", [DRAWN, DRAWN[:20]], ids=["more examples", "more neurons"])
def test_rankme_is_from_the_singular_values_without_centring(matrix: np.ndarray) -> None:
    single = matrix.astype(np.float32).astype(float)
    squares = np.linalg.eigvalsh(single.T @ single).clip(0)
    assert rankme(matrix) == pytest.approx(np.exp(entropy(np.sqrt(squares))), rel=1e-3)
    assert rankme(matrix) != pytest.approx(rankme(matrix + 50), rel=0.1)


@pytest.mark.parametrize("matrix", [DRAWN, DRAWN[:20]], ids=["more examples", "more neurons"])
def test_the_participation_ratio_is_from_traces_of_the_covariance(matrix: np.ndarray) -> None:
    covariance = np.cov(matrix.astype(np.float32).astype(float), rowvar=False)
    expected = np.trace(covariance) ** 2 / np.trace(covariance @ covariance)
    assert participation(matrix) == pytest.approx(expected, rel=1e-9)
    assert participation(matrix + 50) == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("number", [rankme, participation])
def test_scale_and_order_make_no_difference(number) -> None:
    generator = np.random.default_rng(1)
    turned = 1000 * DRAWN[generator.permutation(200)][:, generator.permutation(30)]
    assert number(turned) == pytest.approx(number(DRAWN), rel=1e-5)


def test_they_are_undefined_where_nothing_moves() -> None:
    assert compute_rankme(outputs(np.zeros((50, 3))), Settings()).reason == "all activations are 0"
    assert compute_participation(outputs(np.ones((50, 3))), Settings()).reason == "all 3 neurons are constant"
