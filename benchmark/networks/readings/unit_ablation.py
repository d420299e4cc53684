"""Logits with half of the units of one tapped layer set to zero, in three draws for each tap.

The arrays are `TAP/1` to `TAP/3` for each tap, each (S, K). A unit is a neuron of the tap, or a channel of its tokens
or feature maps in every place; of an odd number the smaller half is set to zero. Which ones is drawn by the name of the
tap, so that in networks of one form they are the same. Zero is put where the tap reads, before or after the ReLU.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from benchmark.reading import Arrays, AtHand, NotForThese, Reading

DRAWS = 3


def compute(at_hand: AtHand) -> Arrays:
    """The logits (S, K) of each draw for each tap."""
    found = {}
    for tap, activations in at_hand.read(at_hand.inputs[:1])[0].items():
        units = activations.shape[1]
        for draw in range(1, DRAWS + 1):
            off = np.random.default_rng([draw, *tap.encode()]).permutation(units)[: units // 2]
            with _set_to_zero(at_hand.network.get_submodule(tap), torch.from_numpy(off), units):
                found[f"{tap}/{draw}"] = at_hand.logits(at_hand.inputs)
    return found


@contextmanager
def _set_to_zero(module: nn.Module, off: Tensor, units: int) -> Iterator[None]:
    """Within the context, these units of what a module gives are zero, for whatever comes after it too."""

    def change(module: nn.Module, arguments: Any, output: Any) -> Any:
        if isinstance(output, Tensor):
            return _without(output, off, units)
        made = getattr(output, "_make", type(output))  # a named tuple is made otherwise
        return made([_without(output[0], off, units), *output[1:]])

    hook = module.register_forward_hook(change)
    try:
        yield
    finally:
        hook.remove()


def _without(states: Tensor, off: Tensor, units: int) -> Tensor:
    """What a layer gives, these units at zero. If several axes fit, it is the last of tokens, the first of maps."""
    fitting = [axis for axis in range(1, states.ndim) if states.shape[axis] == units]
    if not fitting:
        raise NotForThese(f"what a tapped layer gives, {tuple(states.shape)}, has no axis of its {units} neurons")
    return states.index_fill(fitting[-1] if states.ndim == 3 else fitting[0], off.to(states.device), 0.0)


READING = Reading(
    name="unit-ablation",
    axis="examples",
    compute=compute,
    reference="Morcos et al. 2018, On the importance of single directions for generalization (ablation of units)",
)
