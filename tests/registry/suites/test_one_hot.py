"""One-hot codes: the code comes back from its place, and what is not there has none."""

import numpy as np
import pytest

from registry.suites._one_hot import one_hot


@pytest.mark.parametrize("shape", [(7,), (3, 5), (2, 3, 4)])
def test_codes_of_any_shape_come_back(shape: tuple[int, ...]) -> None:
    codes = np.random.default_rng(0).integers(0, 4, shape)
    found = one_hot(codes, 4)
    assert (found.shape, found.dtype) == ((*shape, 4), np.float32)
    assert np.array_equal(found.argmax(axis=-1), codes)
    assert (found.sum(axis=-1) == 1).all()


def test_what_is_not_there_has_no_one_and_whole_numbers_of_any_kind_are_codes() -> None:
    assert one_hot(np.array([-1, 2], dtype=np.int8), 3).tolist() == [[0.0, 0.0, 0.0], [0.0, 0.0, 1.0]]
    assert one_hot(np.array([[1]], dtype=np.uint8), 2).tolist() == [[[0.0, 1.0]]]
