"""Which modules of anybody's network are tapped: those that are named, or those that a person would name.

In: a torch module. Out: `Tap`s, each with how its output becomes one row for each example.
"""

import re
from collections.abc import Mapping, Sequence, Set
from typing import Any, TypeAlias

import numpy as np
from torch import nn

from registry import Tap, UserError
from registry.families._decoders import DECODERS, sees_only_before
from registry.words import Reduce

Taps: TypeAlias = "str | Sequence[str | Tap]"
_STAGE = re.compile(r"(layer|stages\.)\d+")  # of torchvision's and timm's networks of feature maps
MOST = 12  # that are chosen without being asked for
CLASS_TOKENS = ("class_token", "cls_token")  # what torchvision and timm call it
WITH_CLASS_TOKEN = ("beit", "data2vec-vision", "deit", "dinov2", "vit")  # values of `model_type`


def chosen_taps(network: nn.Module, axes: Mapping[str, int], texts: bool, patches: Set[str] = frozenset()) -> list[Tap]:
    """The taps of a network that nobody has declared.

    They are the layers of a Hugging Face network, or the stages of a ResNet and its like, or the longest stack of
    blocks that are alike, or else the outputs of the linear and convolutional modules but the one that runs last. Of
    the last two kinds twelve are taken at most, evenly spaced.

    Args:
        network: That is tapped.
        axes: How many axes the output of each module has, by its path, in the order in which the modules run.
        texts: Whether the network reads texts.
        patches: Paths of modules whose tokens are the patches of an image alone.

    Raises:
        UserError: There are no two such modules.
    """
    modules = dict(network.named_modules())
    if paths := layer_paths(network):
        of_maps = {path for path in paths if axes.get(path) == 4}  # of a convolutional one, as ConvNeXt
        return [Tap(path, "spatial-mean" if path in of_maps else _token(network, texts)) for path in paths]
    stages = [path for path in axes if _STAGE.fullmatch(path)] or _stages_of_a_kind(axes, modules)
    if len(stages) > 1 and all(axes[path] == 4 for path in stages):
        return [Tap(path, "spatial-mean") for path in stages]
    if blocks := _blocks(network, axes):
        return [Tap(path, _reduction(network, axes[path], texts, path in patches)) for path in _spaced(blocks)]
    paths = [path for path in axes if path and isinstance(modules[path], nn.Linear | nn.Conv1d | nn.Conv2d)]
    hidden = [path for path in paths[:-1] if axes[path] in (2, 4)]
    if not hidden:
        raise UserError(
            f"no module of {type(network).__name__} to tap was found by itself: name them, as in taps=['encoder.0'] "
            f"(its modules: {', '.join(path for path in list(modules)[1:13])})"
        )
    return [Tap(path, "none" if axes[path] == 2 else "spatial-mean") for path in _spaced(hidden)]


def declared_taps(
    network: nn.Module, taps: Taps, axes: Mapping[str, int], texts: bool, patches: Set[str] = frozenset()
) -> list[Tap]:
    """Taps as they were named.

    Args:
        network: That is tapped.
        taps: A `Tap` stands as it is. A path alone is read as its module's output asks for: of tokens one token or
            their mean, of feature maps the mean.
        axes: How many axes the output of a module has, by its path.
        texts: Whether the network reads texts.
        patches: Paths of modules whose tokens are the patches of an image alone.
    """
    named = [taps] if isinstance(taps, str) else taps
    if not named:
        raise UserError('no tap is named: leave taps out, or name modules, as in taps=["0"]')
    return [
        tap if isinstance(tap, Tap) else Tap(tap, _reduction(network, axes.get(tap, 2), texts, tap in patches))
        for tap in named
    ]


def of_patches(shapes: Mapping[str, Sequence[int]]) -> set[str]:
    """The paths whose tokens are as many as the patches that `patch_embed` makes: no class token is among them.

    >>> sorted(of_patches({"patch_embed": (2, 196, 8), "blocks.0": (2, 196, 8), "last.0": (2, 197, 8), "head": (2, 5)}))
    ['blocks.0', 'patch_embed']
    """
    made = shapes.get("patch_embed", ())
    return {path for path, shape in shapes.items() if len(made) == len(shape) == 3 and shape[1] == made[1]}


def _stages_of_a_kind(axes: Mapping[str, int], modules: Mapping[str, nn.Module]) -> list[str]:
    """The stages of a network that calls them layers, as timm's Swin does: of one kind of their own each."""
    found = [path for path in axes if re.fullmatch(r"layers\.\d+", path)]
    kinds = {type(modules[path]) for path in found}
    alike = len(kinds) == 1 and nn.Sequential not in kinds
    return found if alike and all(any(True for _ in modules[path].children()) for path in found) else []


def _reduction(network: nn.Module, axes: int, texts: bool, patches: bool) -> Reduce:
    if axes == 4:
        return "spatial-mean"
    if axes == 3 and patches and not texts:
        return "mean-of-tokens"
    return _token(network, texts) if axes == 3 else "none"


def layer_paths(network: nn.Module) -> list[str]:
    """The paths of the layers of a Hugging Face network; none of another."""
    count = getattr(getattr(network, "config", None), "num_hidden_layers", None)
    if not isinstance(count, int):
        return []
    stacks = [own for own in network.modules() if isinstance(own, nn.ModuleList) and len(own) == count]
    if len(stacks) != 1:
        return []
    return [path for module in stacks[0] for path, own in network.named_modules() if own is module]


def _blocks(network: nn.Module, axes: Mapping[str, int]) -> list[str]:
    """The paths of the longest stack of modules of one kind that have modules of their own, as of a transformer.

    Feature maps are no such blocks: they come in stages of several widths, of which one stack would be a part.
    """
    stacks = []
    for path, stack in network.named_modules():
        own = [f"{path}.{name}".lstrip(".") for name, _ in stack.named_children()]
        kinds = {type(block) for block in stack.children()}
        composite = all(any(True for _ in block.children()) for block in stack.children())
        if isinstance(stack, nn.ModuleList | nn.Sequential) and len(kinds) == 1 and composite:
            alike = {axes.get(block) for block in own}
            if len(own) > 1 and len(alike) == 1 and alike <= {2, 3}:
                stacks.append(own)
    return max(stacks, key=len, default=[])


def _spaced(paths: Sequence[str]) -> list[str]:
    """All of them, or twelve that are evenly spaced."""
    return [paths[place] for place in np.unique(np.linspace(0, len(paths) - 1, MOST).round().astype(int))]


def _token(network: nn.Module, texts: bool) -> Reduce:
    """The token that a network is read at: the last one of a decoder, whose tokens see only those before them.

    Where nothing says that a token stands for all of them, as the first one of BERT and the class token of ViT do, it
    is their mean.
    """
    config: Any = getattr(network, "config", None)
    kind = getattr(config, "model_type", "")
    if config is None or not texts:
        standing = any(getattr(network, name, None) is not None for name in CLASS_TOKENS)
        return "first-token" if standing or kind in WITH_CLASS_TOKEN else "mean-of-tokens"
    try:  # what a kind is called does not tell: EmbeddingGemma is a Gemma, and no decoder
        return "last-token" if sees_only_before(getattr(network, "base_model", network)) else "first-token"
    except Exception:  # a network that takes no ids alone: any of its own errors
        return "last-token" if getattr(config, "is_decoder", False) or kind in DECODERS else "mean-of-tokens"
