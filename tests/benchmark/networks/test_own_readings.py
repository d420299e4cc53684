"""Two readings differ where they do by more than rounding, and padding is looked for on texts of unlike length."""

import numpy as np
import pytest
import torch
from torch import nn

from benchmark.networks.inputs import READ_TOKENS, Tokens
from benchmark.networks.own_readings import differing_tap, rounding, unlike_lengths


def test_readings_are_the_same_up_to_rounding_and_infinity_is_itself() -> None:
    one = {"a": np.array([1.0, 2.0]), "b": np.array([np.inf, np.nan])}
    assert differing_tap(one, {**one, "a": np.array([1.0, 2.0 + 1e-5])}, 1e-4) is None
    assert differing_tap(one, {**one, "a": np.array([1.0, 2.0 + 1e-3])}, 1e-4) == "a"


def test_a_network_in_few_digits_may_differ_by_more() -> None:
    assert rounding(nn.Linear(2, 2)) == pytest.approx(3.45e-4, rel=0.01)
    assert rounding(nn.Linear(2, 2).bfloat16()) == pytest.approx(0.0884, rel=0.01)


@pytest.mark.parametrize(
    ("lengths", "pair"),
    [([3, 1, 5], [1, 2]), ([4, 4], None), ([2, READ_TOKENS, 7], [0, 2]), ([READ_TOKENS, READ_TOKENS - 1], None)],
)
def test_the_longest_text_is_one_that_is_read_with_the_shortest(lengths: list[int], pair: list[int] | None) -> None:
    found = unlike_lengths(Tokens(torch.ones(sum(lengths), dtype=torch.long), torch.tensor(lengths), 0))
    assert (None if found is None else found.tolist()) == pair
