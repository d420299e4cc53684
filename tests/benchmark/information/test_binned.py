"""The binned estimators against numpy, scipy and scikit-learn, laws, and refusals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import entropy as scipy_entropy
from sklearn.metrics import mutual_info_score

from benchmark.information import binned


def numpy_codes(matrix: np.ndarray, bins: int, edges: str) -> np.ndarray:
    """The bin that numpy.histogram gives each value, read off the histogram of that value alone."""
    result = np.zeros(matrix.shape, dtype=int)
    for neuron in range(matrix.shape[1]):
        values = matrix[:, neuron].astype(np.float64)
        span = matrix.astype(np.float64) if edges == "global" else values
        low, high = span.min(), span.max()
        try:
            for sample, value in enumerate(values):
                result[sample, neuron] = np.histogram(value, bins, (low, high))[0].argmax()
        except ValueError:  # numpy cannot split the range: constant
            result[:, neuron] = 0
    return result


@pytest.mark.parametrize("edges", ["global", "per-neuron"])
@pytest.mark.parametrize("bins", [1, 2, 10, 100, 256])
def test_equals_numpy_scipy_and_sklearn(edges: str, bins: int) -> None:
    generator = np.random.default_rng(0)
    x = generator.normal(size=(200, 5))
    matrix = np.column_stack([x, x[:, 0], np.maximum(x[:, 1], 0), np.ones(200), np.round(x[:, 2], 1)])
    codes = numpy_codes(matrix, bins, edges)
    entropies = [scipy_entropy(np.bincount(column)) for column in codes.T]
    np.testing.assert_allclose(binned.entropy(matrix, bins, edges), entropies, rtol=0, atol=1e-12)
    expected = [[mutual_info_score(a, b) for a in codes.T] for b in codes.T]
    np.testing.assert_allclose(binned.mutual_information(matrix, bins, edges), expected, rtol=0, atol=1e-9)


ELEMENTS = st.one_of(
    st.floats(-1e30, 1e30), st.floats(-3, 3), st.integers(-3, 3).map(float), st.sampled_from([5e-324, 1e-45, 1e-30])
)


@settings(max_examples=300, deadline=None)
@given(
    arrays(np.float64, st.tuples(st.integers(2, 30), st.integers(1, 4)), elements=ELEMENTS),
    st.sampled_from([np.float16, np.float32, np.float64]),
    st.integers(1, 20),
    st.sampled_from(["global", "per-neuron"]),
)
def test_membership_is_that_of_numpy_histogram(matrix: np.ndarray, dtype: type, bins: int, edges: str) -> None:
    with np.errstate(over="ignore"):
        matrix = np.nan_to_num(matrix.astype(dtype), posinf=6e4, neginf=-6e4)
    expected = [scipy_entropy(np.bincount(column)) for column in numpy_codes(matrix, bins, edges).T]
    np.testing.assert_allclose(binned.entropy(matrix, bins, edges), expected, rtol=0, atol=1e-9)
    np.testing.assert_allclose(np.diag(binned.mutual_information(matrix, bins, edges)), expected, rtol=0, atol=1e-9)


def test_a_range_at_the_ends_of_the_dtype_is_split_exactly() -> None:
    for dtype in (np.float32, np.float64):
        limits = np.finfo(dtype)
        for scale in (limits.tiny, 1e3 * limits.tiny, limits.max / 8):
            matrix = (np.linspace(-1, 1, 101)[:, None] * float(scale)).astype(dtype)
            expected = scipy_entropy(np.bincount(numpy_codes(matrix, 7, "per-neuron")[:, 0]))
            assert binned.entropy(matrix, 7)[0] == pytest.approx(expected, abs=1e-9)


def test_values_next_to_an_edge_are_on_its_right_side() -> None:
    for dtype in (np.float32, np.float64):
        for low, high in ((0.0, 1.0), (1000.0, 1001.0), (-0.3, 0.7), (1e-20, 3e-20)):
            edges = np.linspace(dtype(low), dtype(high), 101).astype(dtype)
            values = np.concatenate([edges, np.nextafter(edges, dtype(-np.inf)), np.nextafter(edges, dtype(np.inf))])
            matrix = np.clip(values, dtype(low), dtype(high))[:, None]
            assert binned.entropy(matrix)[0] == pytest.approx(
                scipy_entropy(np.bincount(numpy_codes(matrix, 100, "global")[:, 0])), abs=1e-12
            )


@settings(max_examples=100, deadline=None)
@given(
    arrays(np.float64, st.tuples(st.integers(2, 60), st.integers(1, 5)), elements=st.floats(-2, 2)), st.integers(1, 20)
)
def test_laws(matrix: np.ndarray, bins: int) -> None:
    information, entropies = binned.mutual_information(matrix, bins), binned.entropy(matrix, bins, "per-neuron")
    assert np.array_equal(information, information.T)
    assert np.array_equal(np.diag(information), entropies)
    assert (information >= 0).all()
    assert (information <= np.minimum.outer(entropies, entropies)).all()
    assert (entropies[np.ptp(matrix, axis=0) == 0] == 0).all()
    order = np.random.default_rng(0).permutation(len(matrix))
    assert np.array_equal(binned.mutual_information(matrix[order], bins), information)
    assert np.array_equal(binned.mutual_information(matrix[:, ::-1], bins), information[::-1, ::-1])


def test_the_maximum_is_in_the_last_bin() -> None:
    assert binned.entropy(np.array([[0.0], [0.4], [0.6], [1.0]]), bins=2)[0] == pytest.approx(np.log(2))


def test_independent_neurons_show_the_known_bias() -> None:
    for samples in (1000, 10_000):
        matrix = np.random.default_rng(1).uniform(size=(samples, 40))
        information = binned.mutual_information(matrix)
        assert information[np.triu_indices(40, 1)].mean() == pytest.approx((10 - 1) ** 2 / (2 * samples), rel=0.1)


def test_a_range_too_narrow_to_split_is_constant() -> None:
    narrow = np.array([[1.0], [np.nextafter(1.0, 2)], [1.0]])
    assert binned.entropy(narrow, bins=10)[0] == 0
    assert binned.entropy(np.array([[0.0], [5e-324]]), bins=10)[0] == 0


def test_one_wild_neuron_starves_the_others_of_bins_with_global_edges() -> None:
    matrix = np.random.default_rng(2).normal(size=(1000, 64))
    calm = binned.entropy(matrix).mean()
    matrix[:, 0] *= 1000
    assert binned.entropy(matrix)[1:].mean() < 0.2 * calm


def test_robust_edges_are_spread_between_quantiles_of_the_whole_matrix() -> None:
    matrix = np.random.default_rng(3).normal(size=(2000, 20))
    calm = binned.entropy(matrix, edges="robust").mean()
    wild = matrix.copy()
    wild[5, 0] = 1e6
    assert binned.entropy(wild).mean() < 0.1 < 0.95 * calm < binned.entropy(wild, edges="robust").mean()
    low, high = np.quantile(wild, [0.001, 0.999])
    counts = [np.histogram(np.clip(column, low, high), 100, (low, high))[0] for column in wild.T]
    np.testing.assert_allclose(binned.entropy(wild, edges="robust"), [scipy_entropy(c) for c in counts], atol=1e-12)


@pytest.mark.parametrize(
    ("matrix", "options", "message"),
    [
        (np.zeros((1, 2)), {}, "1 samples are too few: this estimator needs at least 2"),
        (np.array([[0.0, np.nan], [0.0, 0.0]]), {}, "neuron 1 has the value nan"),
        (np.zeros((9, 2)), {"bins": 0}, "bins must be from 1 to 256"),
        (np.zeros((9, 2)), {"bins": 300}, "bins must be from 1 to 256"),
        (np.zeros((9, 2)), {"edges": "globl"}, "'global', 'per-neuron' or 'robust'"),
    ],
)
def test_refusals(matrix: np.ndarray, options: dict, message: str) -> None:
    for estimator in (binned.entropy, binned.mutual_information):
        with pytest.raises(ValueError, match=message):
            estimator(matrix, **options)
