"""Whether two readings of one network are the same, and two texts that show what padding does to it.

In: activations by tap, or token ids. Out: the tap that differs, or the rows of the texts.
"""

import math
from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from benchmark.networks.inputs import READ_TOKENS, Tokens

Found = Mapping[str, NDArray[np.float32]]


def differing_tap(one: Found, other: Found, share: float) -> str | None:
    """The first tap at which two readings differ by more than this share of its largest value; None if there is none.

    >>> differing_tap({"a": np.array([1.0, 2.0])}, {"a": np.array([1.0, 2.1])}, 0.01)
    'a'
    >>> differing_tap({"a": np.array([1.0, 2.0])}, {"a": np.array([1.0, 2.1])}, 0.1)
    """
    for tap, values in one.items():
        with np.errstate(invalid="ignore"):  # infinity in both
            if np.any(np.abs(values - other[tap]) > share * np.abs(values).max(initial=0)):
                return tap
    return None


def rounding(network: nn.Module) -> float:
    """The share of its largest value up to which the order of sums may move what a network gives: it knows no more."""
    kinds = {weight.dtype for weight in network.parameters() if weight.dtype in (torch.float16, torch.bfloat16)}
    return math.sqrt(max((torch.finfo(kind).eps for kind in kinds), default=torch.finfo(torch.float32).eps))


def unlike_lengths(tokens: Tokens) -> Tensor | None:
    """The rows of the shortest text and of the longest that is read with it; None if they are of one length."""
    fitting = tokens.lengths.where(tokens.lengths <= READ_TOKENS // 2, 0)
    shortest, longest = tokens.lengths.argmin(), fitting.argmax()
    return torch.stack([shortest, longest]) if tokens.lengths[shortest] < fitting[longest] else None
