"""The slope of the spectrum: of a power law that is given, against scipy's line, and where there are too few values."""

import numpy as np
import pytest
from made_outputs import A, outputs
from scipy.stats import linregress

from benchmark.estimator import Settings
from benchmark.measures.alpha_req import MEASURE, compute


def with_spectrum(values: np.ndarray, examples: int = 400) -> np.ndarray:
    """A matrix whose covariance has these eigenvalues, to the precision of float32."""
    generator = np.random.default_rng(0)
    drawn = generator.normal(size=(examples, len(values)))
    rows, _ = np.linalg.qr(drawn - drawn.mean(axis=0))
    columns, _ = np.linalg.qr(generator.normal(size=(len(values), len(values))))
    return np.sqrt(examples * values) * rows @ columns


@pytest.mark.parametrize("alpha", [0.5, 1.0, 2.5])
def test_a_power_law_has_its_exponent_whatever_its_scale(alpha: float) -> None:
    matrix = with_spectrum(np.arange(1.0, 151.0) ** -alpha)
    for scale in (1.0, 1000.0):
        assert compute(outputs(scale * matrix), Settings()).value == pytest.approx(alpha, abs=1e-3)


def test_the_ranks_10_to_100_count_and_no_others() -> None:
    ranks = np.arange(1.0, 151.0)
    bent = ranks**-1.5
    bent[:9] *= 5
    bent[100:] *= 1e-3
    assert compute(outputs(with_spectrum(bent)), Settings()).value == pytest.approx(1.5, abs=1e-3)
    bent[9] *= 1.2
    assert compute(outputs(with_spectrum(bent)), Settings()).value > 1.505


def test_a_narrow_tap_has_the_ranks_that_it_has_as_in_the_line_of_scipy() -> None:
    matrix = (np.random.default_rng(1).normal(size=(500, 40)) * np.geomspace(1, 9, 40)).astype(np.float32)
    values = np.sort(np.linalg.eigvalsh(np.cov(matrix.astype(float), rowvar=False)))[::-1]
    line = linregress(np.log(np.arange(10, 41)), np.log(values[9:]))
    assert compute(outputs(matrix), Settings()).value == pytest.approx(-line.slope, abs=1e-9)


def test_the_order_of_examples_and_neurons_and_other_taps_make_no_difference() -> None:
    generator = np.random.default_rng(2)
    matrix = generator.normal(size=(300, 60)) * np.geomspace(1, 9, 60)
    value = compute(outputs(matrix, A), Settings()).value
    assert value == compute(outputs(matrix), Settings()).value is not None
    turned = matrix[generator.permutation(300)][:, generator.permutation(60)]
    assert compute(outputs(turned, 5 * A), Settings()).value == pytest.approx(value, abs=1e-9)


def test_below_20_eigenvalues_above_0_it_is_undefined() -> None:
    drawn = np.random.default_rng(3).normal(size=(100, 20))
    assert compute(outputs(drawn), Settings()).value is not None
    short = compute(outputs(np.column_stack([drawn[:, :19], np.ones(100)])), Settings())
    assert (short.value, short.reason) == (None, "19 eigenvalues are above 0, and 20 are needed")
    assert compute(outputs(np.ones((50, 30))), Settings()).value is None


def test_high_is_good_for_both_kinds_and_it_is_computed_on_request() -> None:
    assert MEASURE.better == {"heuristic": "high", "example-level": "high"}
    assert MEASURE.on_request
