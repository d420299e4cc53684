"""The activations of anybody's module on anybody's inputs.

In: a torch module, inputs, and which of its modules to tap. Out: one matrix (S, N) for each tap.
"""

from contextlib import ExitStack
from functools import partial
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from benchmark.networks.activations import TapError, evaluation_mode, read
from benchmark.networks.inputs import Inputs, Tokens
from benchmark.networks.own_inputs import inputs_of
from benchmark.networks.own_taps import Taps, chosen_taps, declared_taps
from benchmark.networks.reductions import first_of
from registry import Tap, UserError

AUTO = "auto"
EXAMPLES = 2500  # that are taken of an iterable, as many as measures read
_BELOW = "network"  # the path of a network inside the module that calls it


def activations_of(
    network: nn.Module, inputs: object, taps: Taps = AUTO, examples: int = EXAMPLES
) -> dict[str, NDArray[np.float32]]:
    """The activations (S, N) of a network at each tap, read in evaluation mode; it stays as it was.

    Args:
        network: Any module. It is read where its parameters are.
        inputs: An array or tensor (S, ...); a mapping with input_ids and attention_mask (S, T); or an iterable of
            batches of either, as a DataLoader, of which `examples` are taken. Of a batch that is a tuple or list the
            first part is taken.
        taps: Paths of modules, or `Tap`s; "auto" takes `chosen_taps`.
        examples: The most that are taken.

    Raises:
        UserError: Inputs or taps that cannot be used.
    """
    device = next((parameter.device for parameter in network.parameters()), torch.device("cpu"))
    given = inputs_of(inputs, examples, device)
    texts = isinstance(given, Tokens)
    called = _Called(network, texts)
    if taps == AUTO:
        declared = chosen_taps(network, texts)
    else:
        declared = declared_taps(network, taps, _axes(called, given), texts)
    own = [_below(tap) for tap in declared]
    try:
        found, _ = read(called, own, given)
    except TapError as error:
        raise UserError(str(error).replace(f"'{_BELOW}.", "'")) from error
    return {tap.module_path: found[below.module_path] for tap, below in zip(declared, own, strict=True)}


class _Called(nn.Module):
    """A network whose forward pass gives its first output alone, as a tensor: nobody reads it."""

    def __init__(self, network: nn.Module, texts: bool) -> None:
        super().__init__()
        self.network = network
        self._texts = texts

    def forward(self, *arguments: Tensor) -> Tensor:
        if self._texts:
            self.network(input_ids=arguments[0], attention_mask=arguments[1])
        else:
            self.network(*arguments)
        return arguments[0].new_zeros((len(arguments[0]), 1), dtype=torch.float32)


def _below(tap: Tap) -> Tap:
    return Tap(f"{_BELOW}.{tap.module_path}", tap.reduce, tap.layout)


def _axes(called: _Called, inputs: Inputs) -> dict[str, int]:
    """How many axes the output of each module has, by its path, seen on two examples."""
    found: dict[str, int] = {}

    def keep(path: str, module: nn.Module, args: Any, output: Any) -> None:
        if isinstance(first_of(output), Tensor):
            found[path] = first_of(output).ndim

    rows = torch.arange(min(2, len(inputs)), device=inputs.device)
    with ExitStack() as hooks, evaluation_mode(called), torch.no_grad():
        for path, module in called.network.named_modules():
            hooks.callback(module.register_forward_hook(partial(keep, path)).remove)
        called(*inputs.arguments(rows))
    return found
