"""From the output of a tapped module to a matrix: one row for each example, one column for each neuron.

In: a tap, the module's output for a batch, its layout and, for texts, the attention mask. Out: (B, N).
A mean is computed in float32 whatever the network computes in, so it is not rounded to the few digits of bfloat16.
"""

from typing import Any, get_args

from torch import Tensor

from registry import Layout, Tap, TokensAs
from registry.tokens import at_tokens


class TapError(ValueError):
    """A tap that cannot be read."""


def first_of(output: Any) -> Any:
    """What is tapped of a module's output: its first element where it is a tuple."""
    return output[0] if isinstance(output, tuple | list) and output else output


def reduced(tap: Tap, output: Tensor, layout: Layout | None, mask: Tensor | None) -> Tensor:
    """The matrix (B, N) of an output.

    Args:
        tap: Says how it is reduced.
        output: (B, N), tokens or feature maps (B, ...).
        layout: Which axis of tokens or feature maps holds the N channels, None where that is not known.
        mask: (B, T) of a batch of texts, None of other inputs.

    Raises:
        TapError: For an output of another shape, feature maps of unknown layout, or tokens that are not those of the
            texts.
    """
    if tap.reduce == "none" and output.ndim == 2:
        return output
    if tap.reduce == "spatial-mean" and output.ndim == 4 and mask is not None:
        raise TapError(
            f"tap {tap.module_path!r}: 'spatial-mean' is for feature maps, and would average a text's padding"
        )
    if tap.reduce == "spatial-mean" and output.ndim == 4:
        if layout is None:
            raise TapError(
                f"tap {tap.module_path!r} gives shape {tuple(output.shape)}, and which axis holds the channels cannot "
                'be known: add layout="channels-first" for (B, C, H, W) or layout="channels-last" for (B, H, W, C)'
            )
        return output.float().mean(dim=(2, 3) if layout == "channels-first" else (1, 2))
    for reading in get_args(TokensAs):
        if tap.reduce == reading and output.ndim == 3:
            states = output.transpose(1, 2) if layout == "channels-first" else output
            _check_tokens(tap, states, mask)
            return at_tokens(states, mask, reading)
    tokens = "mean-of-tokens" if layout == "channels-first" else "first-token"
    fitting = {3: tokens, 4: "spatial-mean", 2: "none"}.get(output.ndim, "one of a module with another output")
    raise TapError(
        f"tap {tap.module_path!r} gives shape {tuple(output.shape)}: reduce is {tap.reduce!r}, {fitting!r} may fit"
    )


def _check_tokens(tap: Tap, states: Tensor, mask: Tensor | None) -> None:
    """Where padding is to be left out, tokens must be those that the mask is about."""
    if mask is not None and tap.reduce != "first-token" and states.shape[:2] != mask.shape:
        raise TapError(
            f"tap {tap.module_path!r} gives shape {tuple(states.shape)} for texts {tuple(mask.shape)}: its tokens are "
            f"not those of the texts, so {tap.reduce!r} cannot leave padding out"
        )
