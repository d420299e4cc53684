"""TwoNN on sheets of known dimension, against scikit-learn's neighbours and numpy's line, and its undefined cases."""

import numpy as np
import pytest
from made_outputs import A, outputs
from sklearn.neighbors import NearestNeighbors

from benchmark.estimator import Settings
from benchmark.measures.intrinsic_dimension import compute
from benchmark.types import Value

GENERATOR = np.random.default_rng(0)
ROTATION, _ = np.linalg.qr(GENERATOR.normal(size=(12, 12)))


def measured(matrix: np.ndarray) -> Value:
    return compute(outputs(np.ones((len(matrix), 2)), matrix), Settings())


def sheet(dimension: int, examples: int) -> np.ndarray:
    """Uniform points of a cube, turned into 12 dimensions."""
    return np.random.default_rng(dimension).uniform(size=(examples, dimension)) @ ROTATION[:dimension]


@pytest.mark.parametrize("dimension", [1, 2, 5])
def test_a_sheet_has_its_dimension_wherever_it_lies(dimension: int) -> None:
    assert measured(sheet(dimension, 1500) + 3).value == pytest.approx(dimension, rel=0.1)


def test_it_is_the_line_of_numpy_through_the_neighbours_of_scikit_learn_without_the_largest_tenth() -> None:
    matrix = A.astype(np.float32).astype(float)
    distances, _ = NearestNeighbors(n_neighbors=3, algorithm="kd_tree").fit(matrix).kneighbors(matrix)
    ratios = np.sort(distances[:, 2] / distances[:, 1])[:180]
    shares = np.arange(1, 181) / 200
    (slope,), *_ = np.linalg.lstsq(np.log(ratios)[:, None], -np.log(1 - shares), rcond=None)
    assert measured(A).value == pytest.approx(slope, rel=1e-9)


def test_order_scale_and_duplicates_make_no_difference() -> None:
    value = measured(A).value
    turned = 64 * A[np.random.default_rng(1).permutation(200), ::-1]
    assert measured(turned).value == pytest.approx(value, rel=1e-9)
    assert measured(np.vstack([A, A[:50]])).value == pytest.approx(value, rel=1e-9)


def test_neighbours_much_closer_than_the_points_are_far_from_0_keep_their_distances() -> None:
    groups = np.repeat(2.0 ** np.arange(10), 30)[:, None]  # to 512, with exact steps of 2^-14 inside
    steps = np.random.default_rng(2).integers(0, 100, size=(300, 2)) / 2**14
    matrix = np.column_stack([groups + steps[:, :1], steps[:, 1:]])
    different = np.unique(matrix, axis=0)
    apart = np.sqrt(((different[:, None] - different[None]) ** 2).sum(axis=2))
    first, second = np.sort(apart, axis=1)[:, 1:3].T
    ratios = np.sort(np.log(second / first))[: int(0.9 * len(different))]
    heights = -np.log(1 - np.arange(1, len(ratios) + 1) / len(different))
    assert measured(matrix).value == pytest.approx((heights @ ratios) / (ratios @ ratios), rel=1e-6)


def test_at_most_2000_examples_are_read() -> None:
    many = sheet(2, 2300)
    rows = np.sort(np.random.default_rng(0).permutation(2300)[:2000])
    assert measured(many).value == measured(many[rows]).value
    assert measured(many).value != measured(many[:2000]).value


def test_it_is_undefined_for_fewer_than_10_points_and_on_a_grid() -> None:
    assert measured(np.repeat(A[:9], 5, axis=0)).reason == "9 examples differ, and 10 are needed"
    assert measured(A[:10]).value is not None
    grid = np.stack(np.meshgrid(*[np.arange(4.0)] * 3), axis=-1).reshape(-1, 3)
    assert measured(grid).reason == "both neighbours of all examples are at the same distance"
