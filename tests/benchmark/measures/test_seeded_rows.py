"""A sample of the examples: some of them once each, in their order, and the same ones for every network."""

import numpy as np

from benchmark.measures._seeded_rows import seeded_rows

NUMBERED = np.arange(100, dtype=np.float32)[:, None]


def test_a_sample_has_some_of_the_rows_once_each_in_their_order() -> None:
    drawn = seeded_rows(NUMBERED, 30)[:, 0]
    assert len(drawn) == 30
    assert (np.diff(drawn) > 0).all()
    assert drawn.max() > 50
    assert drawn.dtype == np.float64


def test_they_are_the_same_for_every_network_and_all_where_there_are_few() -> None:
    assert (seeded_rows(-NUMBERED, 30) == -seeded_rows(NUMBERED, 30)).all()
    assert (seeded_rows(NUMBERED, 100) == NUMBERED).all()
