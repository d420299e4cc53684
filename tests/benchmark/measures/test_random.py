"""The random placebo: uniform, drawn from a network's key and from nothing else."""

import numpy as np
from made_outputs import A, B, outputs
from scipy.stats import kstest

from benchmark.estimator import Settings
from benchmark.measures.random import MEASURE, compute


def drawn(key: str, matrix: np.ndarray = A) -> float:
    value = compute(outputs(matrix, key=key), Settings()).value
    assert value is not None
    return value


def test_it_goes_by_the_key_alone() -> None:
    assert drawn("one") == drawn("one", B)
    assert drawn("one") != drawn("two")


def test_it_is_the_first_48_bits_of_a_known_digest() -> None:
    # SHA-256 of "abc" begins with ba7816bf8f01 (FIPS 180-4, example 1)
    assert drawn("abc") == 0xBA7816BF8F01 / 2**48


def test_it_is_uniform_over_keys() -> None:
    few = A[:2, :1]
    values = [drawn(f"key {number}", few) for number in range(2000)]
    assert kstest(values, "uniform").pvalue > 0.001


def test_it_is_a_placebo() -> None:
    assert MEASURE.placebo
