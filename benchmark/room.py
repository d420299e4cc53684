"""How many tokens a text network has room for: an encoder's positions may be fewer than a suite's texts are long.

In: an untrained network on the processor and its tokenizer. Out: the most tokens of a text that it can read.
"""

from typing import Any

import torch
from torch import nn

from benchmark.activations import evaluation_mode


def room(network: nn.Module, tokenizer: Any, most: int) -> int:
    """The longest text that the network reads, found by reading.

    Args:
        network: Takes input_ids and attention_mask, on the processor: a GPU does not survive a position too far.
        tokenizer: Says which token is padding.
        most: So long are the suite's texts at most.

    Returns:
        `most`, or fewer; 0 where it reads no text at all.
    """
    # Any token but those that stand for padding in a tokenizer or in an encoder, which some networks do not count.
    token = next(token for token in (2, 3) if token != tokenizer.pad_token_id)
    fits, fails = 0, most + 1
    length = most
    while fails - fits > 1:
        if _reads(network, torch.full((1, length), token)):
            fits = length
        else:
            fails = length
        length = (fits + fails) // 2
    return fits


def _reads(network: nn.Module, ids: torch.Tensor) -> bool:
    with evaluation_mode(network), torch.no_grad():
        try:
            network(ids, torch.ones_like(ids))
        except Exception:  # whatever it is that a network of anybody's says of a position that it does not have
            return False
    return True
