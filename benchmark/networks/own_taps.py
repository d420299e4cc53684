"""Which modules of anybody's network are tapped: those that are named, or those that a person would name.

In: a torch module. Out: `Tap`s, each with how its output becomes one row for each example.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from torch import nn

from registry import Tap, UserError
from registry.families._decoders import DECODERS, sees_only_before
from registry.words import Reduce

Taps: TypeAlias = "str | Sequence[str | Tap]"
MOST = 12  # that are chosen without being asked for
WITH_CLASS_TOKEN = ("beit", "data2vec-vision", "deit", "dinov2", "vit")  # values of `model_type`


def chosen_taps(network: nn.Module, axes: Mapping[str, int], texts: bool) -> list[Tap]:
    """The taps of a network that nobody has declared.

    They are the layers of a Hugging Face network, or the stages of a ResNet, or else the outputs of the linear and
    convolutional modules but the one that runs last, twelve at most, evenly spaced.

    Args:
        network: That is tapped.
        axes: How many axes the output of each module has, by its path, in the order in which the modules run.
        texts: Whether the network reads texts.

    Raises:
        UserError: There are no two such modules.
    """
    modules = dict(network.named_modules())
    if stack := _layers(network):
        paths = [path for module in stack for path, own in modules.items() if own is module]
        return [Tap(path, _token(network, texts)) for path in paths]
    stages = [path for path in axes if path.startswith("layer") and path[5:].isdigit()]
    if len(stages) > 1 and all(axes[path] == 4 for path in stages):
        return [Tap(path, "spatial-mean") for path in stages]
    paths = [path for path in axes if path and isinstance(modules[path], nn.Linear | nn.Conv1d | nn.Conv2d)]
    hidden = [path for path in paths[:-1] if axes[path] in (2, 4)]
    if not hidden:
        raise UserError(
            f"no module of {type(network).__name__} to tap was found by itself: name them, as in taps=['encoder.0'] "
            f"(its modules: {', '.join(path for path in list(modules)[1:13])})"
        )
    kept = [hidden[place] for place in np.unique(np.linspace(0, len(hidden) - 1, MOST).round().astype(int))]
    return [Tap(path, "none" if axes[path] == 2 else "spatial-mean") for path in kept]


def declared_taps(network: nn.Module, taps: Taps, axes: Mapping[str, int], texts: bool) -> list[Tap]:
    """Taps as they were named.

    Args:
        network: That is tapped.
        taps: A `Tap` stands as it is. A path alone is read as its module's output asks for: of tokens one token or
            their mean, of feature maps the mean.
        axes: How many axes the output of a module has, by its path.
        texts: Whether the network reads texts.
    """
    named = [taps] if isinstance(taps, str) else taps
    if not named:
        raise UserError('no tap is named: leave taps out, or name modules, as in taps=["0"]')
    return [tap if isinstance(tap, Tap) else Tap(tap, _reduction(network, axes.get(tap, 2), texts)) for tap in named]


def _reduction(network: nn.Module, axes: int, texts: bool) -> Reduce:
    if axes == 4:
        return "spatial-mean"
    return _token(network, texts) if axes == 3 else "none"


def _layers(network: nn.Module) -> list[nn.Module]:
    """The layers of a Hugging Face network, none of another."""
    count = getattr(getattr(network, "config", None), "num_hidden_layers", None)
    if not isinstance(count, int):
        return []
    stacks = [own for own in network.modules() if isinstance(own, nn.ModuleList) and len(own) == count]
    return list(stacks[0]) if len(stacks) == 1 else []


def _token(network: nn.Module, texts: bool) -> Reduce:
    """The token that a network is read at: the last one of a decoder, whose tokens see only those before them.

    Where nothing says that a token stands for all of them, as the first one of BERT and the class token of ViT do, it
    is their mean.
    """
    config: Any = getattr(network, "config", None)
    kind = getattr(config, "model_type", "")
    if config is None or not texts:
        return "first-token" if kind in WITH_CLASS_TOKEN else "mean-of-tokens"
    if getattr(config, "is_decoder", False) or kind in DECODERS:
        return "last-token"
    try:
        return "last-token" if sees_only_before(getattr(network, "base_model", network)) else "first-token"
    except Exception:  # a network that takes no ids alone: any of its own errors
        return "mean-of-tokens"
