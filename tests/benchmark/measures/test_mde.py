"""Meta-distribution energy against plain sums, its bound, and how it depends on the number of examples."""

from math import exp, log

import numpy as np
import pytest
from measured_logits import drawn, number, shuffled

from benchmark.measures.mde import compute


@pytest.mark.parametrize("shape", [(60, 4), (30, 2), (9, 1), (1, 3)])
def test_it_is_what_plain_sums_give(shape: tuple[int, int]) -> None:
    logits = drawn(0, *shape, scale=2)
    # exp of a free energy is 1 over the sum of the exponentials of the logits
    weights = [1 / sum(exp(z) for z in row) for row in logits.tolist()]
    expected = -sum(log(weight / sum(weights)) for weight in weights) / len(weights)
    assert number(compute, logits) == pytest.approx(expected, abs=1e-10)
    assert number(compute, logits) >= log(shape[0]) - 1e-12


def test_equal_energies_have_the_logarithm_of_the_number_of_examples() -> None:
    for samples in (1, 10, 1000):
        assert number(compute, np.tile([3.0, -1.0], (samples, 1))) == pytest.approx(log(samples), abs=1e-12)


def test_the_same_examples_twice_have_ln_2_more() -> None:
    logits = drawn(1, 80, 5, scale=4)
    twice = number(compute, np.concatenate([logits, logits]))
    assert twice == pytest.approx(number(compute, logits) + log(2), abs=1e-10)


def test_it_is_larger_where_energies_are_spread_further() -> None:
    logits = drawn(2, 500, 10)
    assert number(compute, logits) < number(compute, 2 * logits) < number(compute, 4 * logits)


def test_it_weighs_by_energy_and_not_by_its_negative() -> None:
    # two of the sure and one unsure: energies -9, -9, 0, and ln(1 + 2 exp(-9)) + 6
    found = number(compute, np.array([[9.0], [9.0], [0.0]]))
    assert found == pytest.approx(log(1 + 2 * exp(-9)) + 6, abs=1e-12)


def test_large_logits_give_a_number_and_an_amount_added_to_all_changes_nothing() -> None:
    logits = np.array([[1000.0, 0.0], [900.0, 900.0]])
    assert number(compute, logits) == pytest.approx((1000 - 900 - log(2)) / 2, abs=1e-9)
    assert number(compute, logits + 512) == pytest.approx(number(compute, logits), abs=1e-9)


def test_the_order_of_examples_changes_no_bit() -> None:
    logits = drawn(3, 300, 3)
    assert number(compute, logits) == number(compute, shuffled(logits))
