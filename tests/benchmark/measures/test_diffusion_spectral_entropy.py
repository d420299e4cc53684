"""The entropy of a random walk over the examples: in closed form, and from its own matrix that is not symmetric."""

import numpy as np
import pytest
from made_outputs import A, outputs
from scipy.stats import entropy

from benchmark.estimator import Settings
from benchmark.measures.diffusion_spectral_entropy import compute
from benchmark.types import Value


def measured(matrix: np.ndarray) -> Value:
    return compute(outputs(np.ones((len(matrix), 2)), matrix), Settings())


def test_it_is_the_entropy_of_the_eigenvalues_of_the_steps_of_the_walk() -> None:
    single = A.astype(np.float32).astype(float)
    apart = np.array([[np.linalg.norm(x - y) for y in single] for x in single])
    width = np.median([apart[i, j] for j in range(len(A)) for i in range(j)])
    kernel = np.exp(-(apart**2) / (2 * width**2))
    steps = kernel / kernel.sum(axis=1, keepdims=True)
    assert measured(A).value == pytest.approx(entropy(np.abs(np.linalg.eigvals(steps))), abs=1e-6)


def test_points_all_equally_far_apart_have_the_closed_form() -> None:
    count, near = 40, np.exp(-0.5)
    others = (1 - near) / (1 + (count - 1) * near)  # the eigenvalue that all but the first have
    expected = entropy([1.0, *[others] * (count - 1)])
    assert measured(np.eye(count)).value == pytest.approx(expected, abs=1e-9)


def test_more_clouds_are_more_parts() -> None:
    noise = np.random.default_rng(0).normal(size=(300, 8))
    by_clouds = [measured(noise + 100 * np.eye(8)[np.arange(300) % clouds]).value for clouds in (2, 4, 8)]
    assert by_clouds == sorted(by_clouds)
    points = np.eye(8)[np.arange(304) % 8]
    assert measured(points).value == pytest.approx(measured(np.eye(8)).value, abs=1e-6)


def test_order_scale_and_place_make_no_difference() -> None:
    turned = 64 * A[np.random.default_rng(1).permutation(200), ::-1]
    assert measured(turned).value == pytest.approx(measured(A).value, abs=1e-9)
    assert measured(A + 5).value == pytest.approx(measured(A).value, abs=1e-5)


def test_at_most_1000_examples_are_read() -> None:
    many = np.random.default_rng(2).normal(size=(1200, 3))
    rows = np.sort(np.random.default_rng(0).permutation(1200)[:1000])
    assert measured(many).value == measured(many[rows]).value


def test_it_is_undefined_where_half_of_the_pairs_are_equal() -> None:
    assert measured(np.ones((50, 3))).reason == "half of the pairs of examples are equal"
    assert measured(np.repeat([[0.0], [1.0]], [48, 2], axis=0)).value is None
