"""Shapes of measures without an effect: each as likely as its mirror image, and of the correlation that it says."""

import numpy as np
import pytest

from benchmark.statistics.simulations.shapes import CORRELATION, SHAPES

MANY, CONDITIONS = 20_000, 6


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_is_as_likely_as_its_mirror_image(name: str) -> None:
    """The mean of each condition is 0, and it rises as often as it falls from the first to the last."""
    found = SHAPES[name]((MANY, CONDITIONS), np.random.default_rng(0))
    assert found.shape == (MANY, CONDITIONS)
    error = found.std(axis=0) / MANY**0.5
    assert (np.abs(found.mean(axis=0)) <= 5 * error).all()  # a step begins at 0, always
    rises = np.sign(found[:, -1] - found[:, 0])
    assert abs(rises.mean()) < 5 / MANY**0.5


@pytest.mark.parametrize("name", SHAPES)
def test_the_generator_alone_decides_what_comes(name: str) -> None:
    one, same, other = (SHAPES[name]((3, 2, 5), np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_neighbours_of_an_autoregressive_series_have_its_correlation_and_each_has_variance_1() -> None:
    found = SHAPES["AR(1), .8"]((MANY, CONDITIONS), np.random.default_rng(0))
    assert found.var(axis=0) == pytest.approx(np.ones(CONDITIONS), abs=0.06)
    correlations = np.corrcoef(found, rowvar=False)
    for apart in range(1, CONDITIONS):
        assert np.diagonal(correlations, apart) == pytest.approx(CORRELATION**apart, abs=0.03)


def test_the_variance_of_a_random_walk_grows_by_1_with_each_condition() -> None:
    found = SHAPES["random walks"]((MANY, CONDITIONS), np.random.default_rng(0))
    assert found.var(axis=0) == pytest.approx(np.arange(1, CONDITIONS + 1), rel=0.06)


def test_conditions_are_independent_where_they_should_be() -> None:
    found = SHAPES["independent"]((MANY, CONDITIONS), np.random.default_rng(0))
    assert np.corrcoef(found, rowvar=False) == pytest.approx(np.eye(CONDITIONS), abs=0.04)


def test_a_trend_is_a_line_with_a_little_noise() -> None:
    found = SHAPES["trends of random sign"]((MANY, CONDITIONS), np.random.default_rng(0))
    slopes = np.polyfit(np.linspace(-2, 2, CONDITIONS), found.T, 1)[0]
    assert np.abs(slopes).mean() == pytest.approx(1.0, abs=0.01)


def test_a_step_has_two_values_and_is_neither_at_the_start_nor_beyond_the_end() -> None:
    found = SHAPES["steps, with ties"]((500, CONDITIONS), np.random.default_rng(0))
    changes = (np.diff(found, axis=-1) != 0).sum(axis=-1)
    assert set(changes.tolist()) == {1}
    assert set(np.argmax(np.diff(found, axis=-1) != 0, axis=-1).tolist()) == set(range(CONDITIONS - 1))


def test_a_hill_rises_to_one_top_and_falls_from_there() -> None:
    found = np.abs(SHAPES["smooth humps"]((500, 60), np.random.default_rng(0)))
    assert found.max() == pytest.approx(1.0, abs=0.25)  # its height is 1, and the noise .05
