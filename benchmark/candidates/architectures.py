"""Architectures of torchvision and timm by name: the untrained network, and how its pictures are made.

In: a name. Out: an `Architecture`. timm is asked where it is installed; nothing is downloaded.
"""

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from torch import nn

from benchmark.candidates.preparations import Preparation, of_timm, of_torchvision
from registry import UserError, did_you_mean
from registry._torchvision import import_torchvision
from registry.errors import in_short


@dataclass(frozen=True)
class Architecture:
    """One that can be built with any number of classes."""

    name: str
    library: str
    build: Callable[[int], nn.Module]
    preparation: Preparation


def architecture(name: str) -> Architecture:
    """The architecture of this name, of torchvision where both libraries have one.

    Raises:
        UserError: Neither has it, or it cannot be built.
    """
    torchvision = import_torchvision()
    names = torchvision.models.list_models(module=torchvision.models)
    if name in names:
        return Architecture(name, "torchvision", lambda classes: _of_torchvision(name, classes), of_torchvision(name))
    timm = importlib.import_module("timm") if importlib.util.find_spec("timm") else None
    others = timm.list_models() if timm else []
    if timm is not None and name in others:
        return Architecture(name, "timm", lambda classes: _of_timm(timm, name, classes), of_timm(timm, name))
    where = "torchvision and timm have" if timm else "torchvision has (timm is not installed)"
    raise UserError(f"no architecture {name!r} among those that {where}{did_you_mean(name, [*names, *others])}")


def _of_torchvision(name: str, classes: int) -> nn.Module:
    models = import_torchvision().models
    more = {"init_weights": False} if name in ("googlenet", "inception_v3") else {}
    network: nn.Module = models.get_model(name, weights=None, num_classes=classes, **more)
    return network


def _of_timm(timm: Any, name: str, classes: int) -> nn.Module:
    try:
        network: nn.Module = timm.create_model(name, pretrained=False, num_classes=classes)
    except Exception as error:  # whatever a model of a thousand raises
        raise UserError(f"timm cannot build {name}: {in_short(error)}") from error
    return network
