"""Which axis of a module's output holds its channels: its type tells, or inputs of two sizes show it.

In: a network, its taps and inputs. Out: for each tap a layout, None where neither tells. An axis whose length changes
with that of the input is one of space or of tokens; one that stays is that of the channels.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from typing import Any, get_args

import torch
from torch import Tensor, nn

from benchmark.networks.inputs import Inputs, Tokens
from benchmark.networks.reductions import TapError, first_of
from registry import Layout, Tap, TokensAs

Shapes = list[tuple[int, ...]]
LARGER = (0, 96, 0, 64)  # columns and rows that an image gets: enough for a map of 1/32 to grow in both
LONGER = 64  # the fewest places that a sequence gets, which is made twice as long

# A subclass counts as long as it does not override forward.
_CHANNELS_FIRST = {
    module.forward
    for module in (
        *(nn.Conv1d, nn.Conv2d, nn.ConvTranspose1d, nn.ConvTranspose2d),
        *(nn.BatchNorm1d, nn.BatchNorm2d, nn.InstanceNorm1d, nn.InstanceNorm2d, nn.GroupNorm),
        *(nn.MaxPool1d, nn.MaxPool2d, nn.AvgPool1d, nn.AvgPool2d),
        *(nn.AdaptiveAvgPool1d, nn.AdaptiveAvgPool2d, nn.AdaptiveMaxPool1d, nn.AdaptiveMaxPool2d),
    )
}
_CHANNELS_LAST = {
    module.forward for module in (nn.Linear, nn.Embedding, nn.TransformerEncoderLayer, nn.TransformerEncoder)
}
# What reads images of one size only, so that two sizes show nothing, by the names of its modules.
_MAXVIT = ("MaxVitBlock", "MaxVitLayer", "MBConv", "PartitionAttentionLayer")
_BY_NAME: dict[tuple[str, str], Layout] = {("torchvision.models.maxvit", name): "channels-first" for name in _MAXVIT}
for _kind in ("SwinTransformer", "SwinTransformerV2"):
    _module = "timm.models.swin_transformer" + ("_v2" if _kind.endswith("V2") else "")
    _BY_NAME |= {(_module, name): "channels-last" for name in (f"{_kind}Stage", f"{_kind}Block", "PatchMerging")}


def layouts(
    network: nn.Module, modules: Mapping[str, nn.Module], taps: Sequence[Tap], inputs: Inputs
) -> dict[str, Layout | None]:
    """The layout of each tap's output, None where it cannot be known.

    Args:
        network: In evaluation mode; it runs on one example in two sizes.
        modules: Those that are tapped, by path.
        taps: What is declared of them.
        inputs: S examples.

    Raises:
        TapError: For an output whose first axis is not that of the examples, whose neurons are tokens, or whose layout
            is not the one declared.
    """
    shapes: dict[str, Shapes] = {path: [] for path in modules}
    for arguments in _sizes(inputs) if len(inputs) else ():
        for path, fired in _fired(network, modules, arguments).items():
            shapes[path] += fired
    form = "texts" if isinstance(inputs, Tokens) else "sequences" if _axes(inputs) == 3 else "others"
    return {tap.module_path: _layout(tap, modules[tap.module_path], shapes[tap.module_path], form) for tap in taps}


def _axes(inputs: Inputs) -> int:
    """How many axes the inputs have that a network takes; 0 where it takes none."""
    return inputs.arguments(torch.zeros(1, dtype=torch.long, device=inputs.device))[0].ndim if len(inputs) else 0


def _sizes(inputs: Inputs) -> Iterator[tuple[Tensor, ...]]:
    """One example as it is and in other sizes: the longest text and its first half, an image and a larger one.

    Of a sequence, (C, T) or (T, C), nobody says which axis is that of time: it comes longer and shorter in each of the
    two, and a network cannot go on where that is the axis of its channels.
    """
    if isinstance(inputs, Tokens):
        arguments = inputs.arguments(inputs.lengths.argmax()[None])
        yield arguments
        yield tuple(argument[:, : max(1, argument.shape[1] // 2)] for argument in arguments)
        return
    arguments = inputs.arguments(torch.zeros(1, dtype=torch.long, device=inputs.device))
    yield arguments
    if len(arguments) == 1 and arguments[0].ndim == 4:
        yield (nn.functional.pad(arguments[0], LARGER),)
    if len(arguments) == 1 and arguments[0].ndim == 3:
        _, first, last = arguments[0].shape
        yield (nn.functional.pad(arguments[0], (0, max(last, LONGER))),)
        yield (nn.functional.pad(arguments[0], (0, 0, 0, max(first, LONGER))),)
        yield (arguments[0][:, :, : max(1, last // 2)],)
        yield (arguments[0][:, : max(1, first // 2)],)


def _fired(network: nn.Module, modules: Mapping[str, nn.Module], arguments: tuple[Tensor, ...]) -> dict[str, Shapes]:
    """The shapes that the modules gave in one forward pass, as far as it went: many networks read one size only."""
    shapes: dict[str, Shapes] = {path: [] for path in modules}

    def keep(path: str, module: nn.Module, args: Any, output: Any) -> None:
        if isinstance(first_of(output), Tensor):
            shapes[path].append(tuple(first_of(output).shape))

    with ExitStack() as hooks, suppress(Exception):
        for path, module in modules.items():
            hooks.callback(module.register_forward_hook(partial(keep, path)).remove)
        network(*arguments)
    return shapes


def _layout(tap: Tap, module: nn.Module, shapes: Shapes, form: str) -> Layout | None:
    name = f"tap {tap.module_path!r}"
    both = " and ".join(map(str, shapes))
    if any(shape[:1] != (1,) for shape in shapes):
        raise TapError(f"{name} gives shape {both} for one example: its first axis is not that of the examples")
    changed = _changed(shapes, most=5 if form == "sequences" else 2)
    if form == "texts" and tap.reduce == "none" and changed:
        raise TapError(f"{name} gives shape {both} for a text and its half: what it gives are tokens, not neurons")
    known = _of_type(module) or _of_axes(shapes, changed)
    if tap.layout and known and tap.layout != known:
        raise TapError(f"{name} is declared {tap.layout}, but what its module gives is {known}")
    layout = tap.layout or known
    if form == "sequences" and layout is None and tap.reduce in get_args(TokensAs) and shapes and len(shapes[0]) == 3:
        cure = f"Tap({tap.module_path!r}, {tap.reduce!r}, layout="
        raise TapError(
            f"{name} gives shape {shapes[0]} for one example, and which axis holds the channels cannot be known: name "
            f'{cure}"channels-first") for (B, C, T) or {cure}"channels-last") for (B, T, C)'
        )
    return layout


def _of_type(module: nn.Module) -> Layout | None:
    """The layout that a module of this type always gives; a sequence gives what its last module does."""
    if type(module) is nn.Sequential and len(module):
        return _of_type(module[-1])
    kind = type(module)
    if kind.forward in _CHANNELS_FIRST:
        return "channels-first"
    return "channels-last" if kind.forward in _CHANNELS_LAST else _BY_NAME.get((kind.__module__, kind.__name__))


def _changed(shapes: Shapes, most: int) -> list[int]:
    """The axes whose length changed with the size of the input; none where the module fired more often than it."""
    if not 2 <= len(shapes) <= most or len({len(shape) for shape in shapes}) > 1:
        return []
    return [axis for axis, lengths in enumerate(zip(*shapes, strict=True)) if len(set(lengths)) > 1]


def _of_axes(shapes: Shapes, changed: list[int]) -> Layout | None:
    """All axes but that of the examples and one have changed, and that one is the last or the first of them."""
    axes = len(shapes[0]) if changed else 0
    if axes < 3:
        return None
    if changed == list(range(2, axes)):
        return "channels-first"
    return "channels-last" if changed == list(range(1, axes - 1)) else None
