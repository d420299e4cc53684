"""A table is standardized by its training rows alone."""

import numpy as np
from made_data import random_emails

from registry import SUITES, Data, Examples


def test_a_table_is_standardized_by_its_training_rows() -> None:
    data = random_emails()
    far = Data(data.train, Examples(data.held_out.inputs * 1000, data.held_out.labels))
    splits = SUITES["shuffled-table"].make(data, 0.0, 0)
    assert splits.train.inputs.dtype == np.float32
    moving = np.arange(57) != 7  # one column is constant
    np.testing.assert_allclose(splits.train.inputs.mean(axis=0), 0, atol=1e-5)
    np.testing.assert_allclose(splits.train.inputs.std(axis=0)[moving], 1, rtol=1e-4)
    assert (splits.train.inputs[:, 7] == 0).all()
    assert np.array_equal(SUITES["shuffled-table"].make(far, 0.0, 0).train.inputs, splits.train.inputs)
