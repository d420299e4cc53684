"""Which modules of anybody's network are tapped: those that are named, or those that a person would name.

In: a torch module. Out: `Tap`s, each with how its output becomes one row for each example.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from torch import nn

from registry import Tap, UserError
from registry.families._decoders import DECODERS
from registry.words import Reduce

Taps: TypeAlias = "str | Sequence[str | Tap]"
MOST = 12  # that are chosen without being asked for


def chosen_taps(network: nn.Module, texts: bool) -> list[Tap]:
    """The taps of a network that nobody has declared.

    They are the layers of a Hugging Face network, or the stages of a ResNet, or else the outputs of the linear and
    convolutional modules but the last one, twelve at most, evenly spaced.

    >>> net = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 2))
    >>> [tap.module_path for tap in chosen_taps(net, texts=False)]
    ['0', '2']
    """
    modules = dict(network.named_modules())
    if stack := _layers(network):
        paths = [path for module in stack for path, own in modules.items() if own is module]
        return [Tap(path, _token(network) if texts else "first-token") for path in paths]
    stages = [name for name, _ in network.named_children() if name.startswith("layer") and name[5:].isdigit()]
    if len(stages) > 1:
        return [Tap(name, "spatial-mean") for name in stages]
    paths = [path for path, own in modules.items() if isinstance(own, nn.Linear | nn.Conv1d | nn.Conv2d) and path]
    if len(paths) < 2:
        raise UserError(
            f"no module of {type(network).__name__} to tap was found by itself: name them, as in taps=['encoder.0'] "
            f"(its modules: {', '.join(path for path in list(modules)[1:13])})"
        )
    hidden = paths[:-1]
    kept = [hidden[place] for place in np.unique(np.linspace(0, len(hidden) - 1, MOST).round().astype(int))]
    return [Tap(path, "none" if isinstance(modules[path], nn.Linear) else "spatial-mean") for path in kept]


def declared_taps(network: nn.Module, taps: Taps, axes: Mapping[str, int], texts: bool) -> list[Tap]:
    """Taps as they were named.

    Args:
        network: That is tapped.
        taps: A `Tap` stands as it is. A path alone is read as its module's output asks for: of tokens one token, of
            feature maps the mean.
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
    if axes == 3:
        return _token(network) if texts else "first-token"
    return "none"


def _layers(network: nn.Module) -> list[nn.Module]:
    """The layers of a Hugging Face network, none of another."""
    count = getattr(getattr(network, "config", None), "num_hidden_layers", None)
    if not isinstance(count, int):
        return []
    stacks = [own for own in network.modules() if isinstance(own, nn.ModuleList) and len(own) == count]
    return list(stacks[0]) if len(stacks) == 1 else []


def _token(network: nn.Module) -> Reduce:
    """The token that a network is read at: the last one of a decoder, whose tokens see only those before them."""
    config: Any = getattr(network, "config", None)
    if config is None:
        return "mean-of-tokens"
    decoder = getattr(config, "is_decoder", False) or getattr(config, "model_type", "") in DECODERS
    return "last-token" if decoder else "first-token"
