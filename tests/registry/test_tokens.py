"""From the states of tokens to one of each example: what is padded says nothing."""

from typing import get_args

import pytest
import torch
from torch import Tensor

from registry.tokens import at_tokens
from registry.words import TokensAs

STATES = torch.randn(4, 5, 3, generator=torch.Generator().manual_seed(0))
MASK = torch.tensor([[1, 1, 1, 1, 1], [1, 1, 0, 0, 0], [1, 0, 0, 0, 0], [0, 0, 1, 1, 0]])  # the last, on both sides


def by_hand(states: Tensor, mask: Tensor, reading: str) -> Tensor:
    """One row after the other, from the tokens that are there."""
    rows = [state[real == 1] for state, real in zip(states, mask, strict=True)]
    return torch.stack([row[-1] if reading == "last-token" else row.mean(0) for row in rows])


@pytest.mark.parametrize("reading", ["last-token", "mean-of-tokens"])
def test_each_row_is_read_at_its_own_tokens(reading: TokensAs) -> None:
    for mask in (MASK, MASK.bool(), MASK.float()):
        torch.testing.assert_close(at_tokens(STATES, mask, reading), by_hand(STATES, MASK, reading))
    torch.testing.assert_close(at_tokens(STATES, None, reading), by_hand(STATES, torch.ones(4, 5), reading))


@pytest.mark.parametrize("reading", get_args(TokensAs))
def test_what_is_padded_may_hold_anything(reading: TokensAs) -> None:
    mask = MASK[:3]
    odd = STATES[:3].masked_fill(mask[:, :, None] == 0, torch.inf)
    assert torch.equal(at_tokens(odd, mask, reading), at_tokens(STATES[:3], mask, reading))
    assert torch.equal(at_tokens(STATES, None, "first-token"), STATES[:, 0])


def test_a_mean_of_half_precision_is_taken_in_float32() -> None:
    many = torch.ones(1, 1000, 2, dtype=torch.bfloat16)
    found = at_tokens(many, None, "mean-of-tokens")  # in bfloat16 the sum would stop at 256
    assert (found.dtype, found.tolist()) == (torch.float32, [[1.0, 1.0]])
