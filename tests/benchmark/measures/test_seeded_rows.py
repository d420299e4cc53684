"""A sample of the examples: some of them once each, and the same ones for every network."""

import numpy as np

from benchmark.measures._seeded_rows import seeded_rows

NUMBERED = np.arange(100, dtype=np.float32)[:, None]


def test_a_sample_has_some_of_the_rows_once_each_from_all_over() -> None:
    drawn = seeded_rows(NUMBERED, 30)[:, 0]
    assert len(set(drawn)) == len(drawn) == 30
    assert drawn.min() < 20
    assert drawn.max() > 80
    assert drawn.dtype == np.float64


def test_they_are_the_same_for_every_network_and_all_where_there_are_few() -> None:
    assert set(seeded_rows(-NUMBERED, 30)[:, 0]) == set(-seeded_rows(NUMBERED, 30)[:, 0])
    assert (seeded_rows(NUMBERED, 99) != seeded_rows(NUMBERED[::-1], 99)).any()
    assert sorted(seeded_rows(NUMBERED, 100)[:, 0]) == NUMBERED[:, 0].tolist()


def test_a_whole_has_the_same_bits_in_any_order() -> None:
    drawn = np.random.default_rng(1).normal(size=(50, 4)).astype(np.float32)
    assert (seeded_rows(drawn[::-1, ::-1], 50) == seeded_rows(drawn, 50)).all()
