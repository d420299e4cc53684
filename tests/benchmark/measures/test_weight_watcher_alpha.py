"""The exponent of a power law, on values that follow one by construction, against scipy's fit of a Pareto law."""

import numpy as np
import pytest
from made_readings import number, read, value
from scipy.stats import kstest, pareto

NAME = "weight-watcher-alpha"


def eigenvalues(alpha: float, count: int) -> np.ndarray:
    """The quantiles of a power law with density x^-alpha from 1 on, the largest first."""
    shares = (np.arange(count) + 0.5) / count
    return shares ** (-1 / (alpha - 1))


def of(*layers: np.ndarray) -> float:
    return number(NAME, read(spectra={str(one): np.sqrt(layer) for one, layer in enumerate(layers)}))


@pytest.mark.parametrize("alpha", [1.8, 2.5, 4.0])
def test_values_of_a_power_law_have_its_exponent_whatever_their_scale(alpha: float) -> None:
    found = eigenvalues(alpha, 400)
    assert of(found) == pytest.approx(alpha, rel=0.06)
    assert of(1e-3 * found) == pytest.approx(of(found), rel=1e-9)


def test_a_bulk_below_the_tail_is_left_out() -> None:
    tail, bulk = eigenvalues(2.2, 200), np.linspace(0.99, 0.5, 300)
    assert of(np.concatenate([tail, bulk])) == pytest.approx(2.2, rel=0.1)


def test_it_is_the_fit_of_scipy_on_the_tail_that_scipy_finds_nearest_to_its_law() -> None:
    values = np.sort(np.random.default_rng(0).lognormal(size=80))[::-1]
    fits = []
    for n in range(10, 81):
        shape, _, scale = pareto.fit(values[:n], floc=0, fscale=values[n - 1])
        law = pareto(shape, scale=scale)
        fits.append((kstest(values[:n], law.cdf).statistic, 1 + shape))
    near = [alpha for off, alpha in fits if off < min(fits)[0] + 1 / 80]  # one step of the shares is another convention
    assert min(near) - 1e-6 <= of(values) <= max(near) + 1e-6
    assert any(abs(of(values) - alpha) < 1e-6 for _, alpha in fits)


def test_it_is_the_mean_over_layers_and_small_matrices_are_left_out() -> None:
    one, two = eigenvalues(2.0, 100), eigenvalues(3.0, 100)
    assert of(one, two, np.ones(49)) == pytest.approx((of(one) + of(two)) / 2)


@pytest.mark.parametrize("layer", [np.ones(49), np.concatenate([np.ones(49), np.zeros(60)]), np.ones(60)])
def test_where_every_matrix_is_small_or_all_alike_it_is_undefined(layer: np.ndarray) -> None:
    found = value(NAME, read(spectra={"a": layer}))
    assert (found.value, found.reason) == (None, "no weight matrix has 50 unequal eigenvalues")
