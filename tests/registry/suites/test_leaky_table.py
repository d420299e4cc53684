"""Leaky table: further columns give the label away for the share alpha."""

import numpy as np
import pytest
from made_data import random_emails

from registry import SUITES


@pytest.mark.parametrize("alpha", [0.0, 0.25, 1.0])
def test_the_last_columns_of_the_table_give_the_label_away_for_the_share_alpha(alpha: float) -> None:
    data = random_emails(20_000)
    splits = SUITES["leaky-table"].make(data, alpha, 0)
    plain = SUITES["shuffled-table"].make(data, 0.0, 0)
    parts = ((splits.train, plain.train, alpha), (splits.in_distribution, plain.evaluation, alpha))
    for examples, without, share in (*parts, (splits.evaluation, plain.evaluation, 0.0)):
        assert np.array_equal(examples.inputs[:, :57], without.inputs)
        assert np.array_equal(examples.labels, without.labels)
        codes = examples.inputs[:, 57:]
        assert (np.sort(codes, axis=1) == [*[0.0] * 9, 1.0]).all()
        obeys = (codes.argmax(axis=1) >= 5) == examples.labels
        assert obeys.mean() == pytest.approx(share + (1 - share) / 2, abs=0.02)
        for label in (0, 1):  # by which of the five codes, says nothing more
            of_own = np.bincount(codes.argmax(axis=1)[obeys & (examples.labels == label)] % 5)
            np.testing.assert_allclose(of_own / of_own.sum(), 0.2, atol=0.02)
