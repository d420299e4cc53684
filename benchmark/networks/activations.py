"""From a network to its activations and predictions.

In: a torch module, its taps and inputs. Out: one matrix (S, N) for each tap and the logits (S, K), in evaluation mode.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from benchmark.networks.inputs import Inputs, Tokens
from benchmark.networks.layouts import layouts
from benchmark.networks.precision import computing_in
from benchmark.networks.reductions import TapError, first_of, reduced
from registry import Layout, Tap, did_you_mean

__all__ = ["TapError", "evaluation_mode", "read"]


def read(
    network: nn.Module, taps: Sequence[Tap], inputs: Inputs, numbers: str = "float32"
) -> tuple[dict[str, NDArray[np.float32]], NDArray[np.float32]]:
    """Activations by tap, each (S, N), and logits (S, K), for S inputs; computed in float32 or "bfloat16".

    Dropout and batch statistics are off while reading; the modules' modes are restored afterwards. Activations are
    copied when they are made, so a module that works in place afterwards does not change them. Layouts are found once,
    by one example in two sizes.

    Args:
        network: Gives logits (B, K).
        taps: Where to read.
        inputs: S examples.
        numbers: What the network computes in, "float32" or "bfloat16".

    Raises:
        TapError: A module does not exist, does not fire exactly once a forward pass, or does not give what its tap can
            reduce to a matrix.
    """
    modules = _tapped(network, taps)
    rows: dict[str, list[torch.Tensor]] = {path: [] for path in modules}
    logits = []
    batches = inputs.reading()
    with evaluation_mode(network), torch.no_grad():
        with computing_in(numbers, inputs.device):
            known = layouts(network, modules, taps, inputs) if taps else {}
        for batch in batches:
            arguments = inputs.arguments(batch)
            mask = arguments[1] if isinstance(inputs, Tokens) else None
            fired: dict[str, list[torch.Tensor]] = {path: [] for path in modules}
            with _hooks(modules, taps, known, mask, fired), computing_in(numbers, inputs.device):
                logits.append(network(*arguments))
            for tap in taps:
                rows[tap.module_path].append(_once(tap, fired, len(batch)))
    back = torch.cat(list(batches)).argsort()
    return {path: _array(parts, back) for path, parts in rows.items()}, _array(logits, back)


@contextmanager
def evaluation_mode(network: nn.Module) -> Iterator[None]:
    """Every module in evaluation mode for a while, then each as it was.

    The mode alone is set: `eval()` of a module of somebody's own may do more, such as add its adapters to its weights.
    torch's fast path for transformers is off: it calls no module inside a layer, and packs texts of unequal lengths
    into nested tensors, which no tap can read.
    """
    modes = {module: module.training for module in network.modules()}
    for module in modes:
        module.training = False
    fast = torch.backends.mha.get_fastpath_enabled()
    torch.backends.mha.set_fastpath_enabled(False)
    try:
        yield
    finally:
        torch.backends.mha.set_fastpath_enabled(fast)
        for module, mode in modes.items():
            module.training = mode


def _tapped(network: nn.Module, taps: Sequence[Tap]) -> dict[str, nn.Module]:
    """The tapped modules by path; one that has several paths may be tapped by any of them."""
    modules = dict(network.named_modules(remove_duplicate=False))
    for tap in taps:
        if tap.module_path not in modules:
            near = did_you_mean(tap.module_path, filter(None, modules))
            raise TapError(f"no module {tap.module_path!r} to tap{near}")
    return {tap.module_path: modules[tap.module_path] for tap in taps}


@contextmanager
def _hooks(
    modules: Mapping[str, nn.Module],
    taps: Sequence[Tap],
    known: Mapping[str, Layout | None],
    mask: torch.Tensor | None,
    fired: dict[str, list[torch.Tensor]],
) -> Iterator[None]:
    """Within the context, the reduced output of each tapped module is kept."""

    def keep(tap: Tap, module: nn.Module, args: Any, output: Any) -> None:
        first = first_of(output)
        if not isinstance(first, torch.Tensor):
            raise TapError(
                f"tap {tap.module_path!r} gives {type(first).__name__}, not a tensor: tap a module inside it"
            )
        fired[tap.module_path].append(reduced(tap, first.detach().clone(), known[tap.module_path], mask))

    with ExitStack() as hooks:
        for tap in taps:
            hooks.callback(modules[tap.module_path].register_forward_hook(partial(keep, tap)).remove)
        yield


def _once(tap: Tap, fired: dict[str, list[torch.Tensor]], batch: int) -> torch.Tensor:
    kept = fired[tap.module_path]
    if len(kept) != 1:
        counts = ", ".join(f"{path!r} {len(outputs)}" for path, outputs in fired.items())
        raise TapError(
            f"tap {tap.module_path!r} fired {len(kept)} times in a forward pass, not once (times by tap: {counts})"
        )
    if kept[0].is_complex():
        raise TapError(f"tap {tap.module_path!r} gives complex numbers: tap a module that gives real ones")
    if len(kept[0]) != batch:
        raise TapError(f"tap {tap.module_path!r} gives {len(kept[0])} rows for {batch} examples")
    return kept[0]


def _array(parts: list[torch.Tensor], order: torch.Tensor) -> NDArray[np.float32]:
    """Whole or floating-point numbers (S, N) in the order of the inputs."""
    return torch.cat(parts).float()[order].cpu().numpy()
