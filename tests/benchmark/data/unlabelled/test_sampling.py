"""A sample is spread over all rows, and is the same every time."""

import numpy as np
import pytest

from benchmark.data.unlabelled.sampling import chosen


@pytest.mark.parametrize(("of", "examples"), [(0, 5), (4, 5), (5, 5)])
def test_all_rows_are_read_where_there_are_no_more(of: int, examples: int) -> None:
    assert chosen(of, examples).tolist() == list(range(of))


def test_a_sample_is_the_start_of_a_seeded_permutation_in_the_order_of_the_file() -> None:
    expected = sorted(np.random.default_rng(0).permutation(1000)[:100].tolist())
    assert chosen(1000, 100).tolist() == expected == chosen(1000, 100).tolist()


def test_a_file_that_is_sorted_by_class_gives_each_class_its_share() -> None:
    """1,000 of 10 classes of 1,000 each: the number of a class is hypergeometric, with a spread of 9."""
    counts = np.bincount(chosen(10_000, 1000) // 1000, minlength=10)
    assert counts.sum() == 1000
    assert np.abs(counts - 100).max() < 5 * 9
