"""How many tokens a text network has room for: an encoder's positions may be fewer than a suite's texts are long.

In: an untrained network on the processor and its tokenizer. Out: the most tokens of a text that it can read.
"""

from typing import Any

import torch
from torch import nn

from benchmark.networks.activations import evaluation_mode
from benchmark.networks.inputs import Tokens
from benchmark.networks.tokenizing import padding_of
from registry.errors import in_words


def room(network: nn.Module, tokenizer: Any, most: int) -> int:
    """The longest text that the network reads, found by reading.

    Args:
        network: Takes input_ids and attention_mask, on the processor: a GPU does not survive a position too far.
        tokenizer: Says which token is padding.
        most: How many tokens the suite's longest texts have.

    Returns:
        `most`, or fewer; 0 where it reads no text at all.
    """
    token = _any_token(padding_of(tokenizer))
    fits, fails = 0, most + 1
    length = most
    while fails - fits > 1:
        if _why_unread(network, torch.full((1, length), token)) is None:
            fits = length
        else:
            fails = length
        length = (fits + fails) // 2
    return fits


def unread_token(network: nn.Module, tokens: Tokens) -> str | None:
    """Why the network cannot read some token, None where it reads the one with the largest number, or none at all.

    Args:
        network: Takes input_ids and attention_mask, on the processor: a GPU does not survive a token too far.
        tokens: Of all texts that it is to read, on the processor.
    """
    row_of = torch.arange(len(tokens)).repeat_interleave(tokens.lengths)
    place = int(tokens.ids.argmax())
    largest = max(int(tokens.ids[place]), tokens.padding)
    where = f"row {int(row_of[place])}: " if largest > tokens.padding else "padding: "
    reason = _why_unread(network, torch.full((1, 1), largest))
    if reason is None or _why_unread(network, torch.full((1, 1), _any_token(tokens.padding))):
        return None
    return (
        f"{where}the family's tokenizer gives the token {largest}, which its network cannot read ({reason}): give the "
        "embeddings as many rows as the tokenizer has tokens"
    )


def _any_token(padding: int) -> int:
    """A token that stands for padding neither in the tokenizer nor in an encoder, where some networks do not count it.

    >>> _any_token(0), _any_token(2)
    (2, 3)
    """
    return next(token for token in (2, 3) if token != padding)


def _why_unread(network: nn.Module, ids: torch.Tensor) -> str | None:
    with evaluation_mode(network), torch.no_grad():
        try:
            network(ids, torch.ones_like(ids))
        except Exception as error:  # whatever a network of anybody's says of a position that it does not have
            return in_words(error)
    return None
