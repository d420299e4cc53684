"""From the states of all tokens to one state for each example, whatever is padded.

In: states (B, T, N) and, for texts, the attention mask (B, T). Out: states (B, N).
"""

import torch
from torch import Tensor

from registry.words import TokensAs


def at_tokens(states: Tensor, mask: Tensor | None, reading: TokensAs) -> Tensor:
    """The state of one token of each example, or the mean of the states of all its tokens.

    Args:
        states: (B, T, N).
        mask: (B, T), not 0 where a token is no padding; None if nothing is padded. Each row has such a token.
        reading: "first-token", "last-token", which is the last one that is no padding, or "mean-of-tokens", the mean
            over those that are no padding, in float32.

    Returns:
        (B, N).

    >>> states = torch.tensor([[[1.0], [2.0], [9.0]]])
    >>> at_tokens(states, torch.tensor([[1, 1, 0]]), "last-token"), at_tokens(states, None, "last-token")
    (tensor([[2.]]), tensor([[9.]]))
    >>> at_tokens(states, torch.tensor([[1, 1, 0]]), "mean-of-tokens")
    tensor([[1.5000]])
    """
    if reading == "first-token":
        return states[:, 0]
    if mask is None:
        mask = torch.ones(states.shape[:2], device=states.device)
    there = mask != 0
    if reading == "last-token":
        places = torch.arange(there.shape[1], device=states.device)
        last = (places * there).argmax(dim=1)
        return states[torch.arange(len(states), device=states.device), last]
    padding = ~there[:, :, None]
    return states.float().masked_fill(padding, 0.0).sum(dim=1) / there.sum(dim=1)[:, None]
