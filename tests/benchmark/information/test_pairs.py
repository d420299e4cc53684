"""Reductions over pairs: against the whole matrix, in any order and in any parts, and how far a sample errs."""

import numpy as np
import pytest
from summary_contents import contents

from benchmark.information import binned, nearest, pairs
from benchmark.information.summary import merged, summary

MATRIX = np.random.default_rng(0).normal(size=(200, 3)) @ np.random.default_rng(1).normal(size=(3, 30))


def upper(matrix: np.ndarray) -> np.ndarray:
    return matrix[np.triu_indices(len(matrix), 1)]


def test_pair_numbers_count_every_pair_once() -> None:
    for neurons in (1, 2, 3, 17, 400):
        numbers = np.arange(pairs.pair_count(neurons))
        i, j = pairs.pairs_of(numbers)
        assert ((i >= 0) & (i < j) & (j < neurons)).all()
        assert np.array_equal(np.unique(i * neurons + j).size, numbers.size)
    far = np.array([10**11, 10**13 + 7, 10**15, 2**49 - 1])
    i, j = pairs.pairs_of(far)
    assert ((i >= 0) & (i < j)).all()
    assert np.array_equal(j * (j - 1) // 2 + i, far)


@pytest.mark.parametrize("estimator", [binned, nearest])
def test_all_pairs_summed_up_are_those_of_the_matrix(estimator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "CHUNK", 100)
    values = upper(estimator.mutual_information(MATRIX))
    found = pairs.pair_summary(estimator.pair_information(MATRIX))
    assert contents(found) == contents(summary(values))
    assert found.standard_error == 0
    order = np.random.default_rng(2).permutation(30)
    assert contents(pairs.pair_summary(estimator.pair_information(MATRIX[:, order]))) == contents(found)


def test_taps_and_what_lies_between_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "CHUNK", 64)
    matrix = binned.mutual_information(MATRIX)
    taps = np.repeat([0, 1, 2], [10, 1, 19])
    information = binned.pair_information(MATRIX)
    first, single, last, between = pairs.tap_summaries(information, range(435), taps)
    assert contents(first) == contents(summary(upper(matrix[:10, :10])))
    assert contents(single) == contents(summary(np.zeros(0)))
    assert contents(last) == contents(summary(upper(matrix[11:, 11:])))
    assert contents(merged([first, single, last, between])) == contents(summary(upper(matrix)))


def test_a_sample_is_seeded_and_its_standard_error_is_how_far_it_errs() -> None:
    information = binned.pair_information(MATRIX)
    whole = pairs.pair_summary(information)
    one = pairs.pair_summary(information, 100)
    assert (one.count, one.population) == (100, 435)
    assert contents(one) == contents(pairs.pair_summary(information, 100))
    draws = [pairs.pair_summary(information, 100, seed) for seed in range(300)]
    errors = np.array([draw.mean - whole.mean for draw in draws])
    claimed = np.sqrt(np.mean([draw.standard_error**2 for draw in draws]))
    assert errors.std() == pytest.approx(claimed, rel=0.15)
    assert abs(errors.mean()) < 4 * claimed / np.sqrt(300)
    assert contents(pairs.pair_summary(information, 10_000)) == contents(whole)
    assert np.isnan(pairs.pair_summary(information, 1).standard_error)
    with pytest.raises(ValueError, match="pairs must be 'all' or at least 1, got 0"):
        pairs.pair_summary(information, 0)
