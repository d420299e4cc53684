"""The first layers of a text network are not trained: what they give is computed once for each text, and kept.

In: a network with a stack of `layers`, texts, and how many of its layers stay as they are. Out: a network whose step
begins above them for a while.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import Any

import torch
from torch import Tensor, nn

from benchmark.networks.activations import evaluation_mode
from benchmark.networks.inputs import Inputs, Tokens
from benchmark.networks.precision import computing_in
from benchmark.networks.reductions import first_of
from registry import DataError

Beginning = Callable[[Tensor], AbstractContextManager[None]]


class _EnoughError(Exception):
    """The last layer that is wanted has given its states."""


def beginning_above(network: nn.Module, inputs: Inputs, frozen: int, numbers: str) -> Beginning:
    """Read the frozen layers once, without dropout, and begin above them from then on.

    Args:
        network: One with a stack of `layers`, each of which gives its states (B, T, D) alone.
        inputs: S texts as tokens.
        frozen: How many of the first layers are not trained, nor what lies below them; 0 for none.
        numbers: What the layers compute in, "float32" or "bfloat16".

    Returns:
        A function of rows (B,). In the context that it gives, the network's frozen layers give what they gave for the
        texts of these rows, and compute nothing.

    Raises:
        DataError: The network has no such stack, no layer would be left to train, or a layer gives more than states.
    """
    if not frozen:
        return lambda _: nullcontext()
    layers = _stack(network, frozen)
    if not isinstance(inputs, Tokens):
        raise DataError("freeze_layers is for texts, which a family's tokenizer makes tokens of")
    states, formed = _states(network, layers[-1], inputs, numbers)

    @contextmanager
    def at(rows: Tensor) -> Iterator[None]:
        places, mask = inputs.places(rows)
        kept = formed(states[places] * mask[..., None])
        with ExitStack() as stack:
            for layer in layers:
                stack.enter_context(_giving(layer, kept))
            yield

    return at


def _stack(network: nn.Module, frozen: int) -> Sequence[nn.Module]:
    """The layers that are frozen."""
    layers = getattr(network, "layers", None)
    if not isinstance(layers, nn.ModuleList):
        raise DataError("freeze_layers needs a network with a stack `layers`, as encoder_family makes them")
    if frozen >= len(layers):
        raise DataError(f"freeze_layers: {frozen} leaves none of the network's {len(layers)} layers to train")
    return list(layers)[:frozen]


def _states(
    network: nn.Module, last: nn.Module, inputs: Tokens, numbers: str
) -> tuple[Tensor, Callable[[Tensor], Any]]:
    """What the last frozen layer gives for each token (all tokens, D), and how it gives it: itself, or in a tuple."""
    kept: list[Any] = []

    def keep(module: nn.Module, arguments: Any, output: Any) -> None:
        kept.append(output)
        raise _EnoughError

    states, alone = torch.empty(0), True
    with evaluation_mode(network), torch.no_grad(), ExitStack() as hooks:
        hooks.callback(last.register_forward_hook(keep).remove)
        for rows in inputs.reading():
            places, mask = inputs.places(rows)
            try:
                with computing_in(numbers, inputs.device):
                    network(*inputs.arguments(rows))
            except _EnoughError:
                pass
            output = kept.pop()
            first, alone = first_of(output), isinstance(output, Tensor)
            if not isinstance(first, Tensor) or first.shape[:2] != mask.shape or (not alone and len(output) > 1):
                raise DataError("freeze_layers needs layers that give their states (B, T, D) alone")
            if not len(states):
                states = first.new_empty(len(inputs.ids), first.shape[2])
            states[places[mask]] = first[mask]
    return states, (lambda given: given) if alone else (lambda given: (given,))


@contextmanager
def _giving(layer: nn.Module, kept: Any) -> Iterator[None]:
    """Within the context, the layer gives this, whatever it is given."""
    before = vars(layer).get("forward")
    layer.forward = lambda *_, **__: kept
    try:
        yield
    finally:
        if before is None:
            del layer.forward
        else:
            layer.forward = before
