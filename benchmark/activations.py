"""From a network to its activations and predictions.

In: a torch module, its taps and inputs. Out: one matrix (S, N) for each tap and the logits (S, K), in evaluation mode.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from benchmark.inputs import Inputs
from benchmark.precision import computing_in
from registry import Tap, did_you_mean


class TapError(ValueError):
    """A tap that cannot be read."""


def read(
    network: nn.Module, taps: Sequence[Tap], inputs: Inputs, numbers: str = "float32"
) -> tuple[dict[str, NDArray[np.float32]], NDArray[np.float32]]:
    """Activations by tap, each (S, N), and logits (S, K), for S inputs; computed in float32 or "bfloat16".

    Dropout and batch statistics are off while reading; the modules' modes are restored afterwards. Activations are
    copied when they are made, so a module that works in place afterwards does not change them. Raises TapError for a
    module that does not exist, does not fire exactly once a forward pass, or does not give a matrix.
    """
    rows: dict[str, list[torch.Tensor]] = {tap.module_path: [] for tap in taps}
    logits = []
    batches = inputs.reading()
    with evaluation_mode(network), torch.no_grad():
        for batch in batches:
            fired: dict[str, list[torch.Tensor]] = {tap.module_path: [] for tap in taps}
            with _hooks(network, taps, fired), computing_in(numbers, inputs.device):
                logits.append(network(*inputs.arguments(batch)))
            for tap in taps:
                rows[tap.module_path].append(_once(tap, fired, len(batch)))
    back = torch.cat(list(batches)).argsort()
    return {path: _array(parts, back) for path, parts in rows.items()}, _array(logits, back)


@contextmanager
def evaluation_mode(network: nn.Module) -> Iterator[None]:
    """Every module in evaluation mode for a while, then each as it was."""
    modes = {module: module.training for module in network.modules()}
    network.eval()
    try:
        yield
    finally:
        for module, mode in modes.items():
            module.training = mode


@contextmanager
def _hooks(network: nn.Module, taps: Sequence[Tap], fired: dict[str, list[torch.Tensor]]) -> Iterator[None]:
    modules = dict(network.named_modules())
    handles = []
    try:
        for tap in taps:
            if tap.module_path not in modules:
                raise TapError(
                    f"no module {tap.module_path!r} to tap{did_you_mean(tap.module_path, filter(None, modules))}"
                )
            handles.append(modules[tap.module_path].register_forward_hook(_keep(tap, fired[tap.module_path])))
        yield
    finally:
        for handle in handles:
            handle.remove()


def _keep(tap: Tap, kept: list[torch.Tensor]) -> Any:
    def hook(module: nn.Module, args: Any, output: Any) -> None:
        first = output[0] if isinstance(output, tuple | list) else output
        if not isinstance(first, torch.Tensor):
            raise TapError(f"tap {tap.module_path!r} gives {type(first).__name__}, not a tensor")
        kept.append(_reduced(tap, first.detach().clone()))

    return hook


def _reduced(tap: Tap, output: torch.Tensor) -> torch.Tensor:
    if tap.reduce == "first-token" and output.ndim == 3:
        return output[:, 0]
    if tap.reduce == "spatial-mean" and output.ndim == 4:
        return output.mean(dim=(2, 3))
    if tap.reduce == "none" and output.ndim == 2:
        return output
    fitting = {3: "first-token", 4: "spatial-mean", 2: "none"}.get(output.ndim, "one of a module with another output")
    raise TapError(
        f"tap {tap.module_path!r} gives shape {tuple(output.shape)}: reduce is {tap.reduce!r}, {fitting!r} may fit"
    )


def _once(tap: Tap, fired: dict[str, list[torch.Tensor]], batch: int) -> torch.Tensor:
    kept = fired[tap.module_path]
    if len(kept) != 1:
        counts = ", ".join(f"{path!r} {len(outputs)}" for path, outputs in fired.items())
        raise TapError(
            f"tap {tap.module_path!r} fired {len(kept)} times in a forward pass, not once (times by tap: {counts})"
        )
    if len(kept[0]) != batch:
        raise TapError(f"tap {tap.module_path!r} gives {len(kept[0])} rows for {batch} examples")
    return kept[0]


def _array(parts: list[torch.Tensor], order: torch.Tensor) -> NDArray[np.float32]:
    return torch.cat(parts).float()[order].cpu().numpy()
