"""Architectures of torchvision and timm by name: the untrained network, and how its pictures are made.

In: a name. Out: an `Architecture`. timm is asked where it is installed; nothing is downloaded.
"""

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from torch import nn

from registry import UserError, did_you_mean
from registry._torchvision import import_torchvision
from registry.errors import in_short

SIDE = 224
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # of ImageNet's pictures, by torchvision


@dataclass(frozen=True)
class Preparation:
    """How pictures become inputs: their side in pixels, and mean and deviation of the three colours."""

    side: int = SIDE
    mean: tuple[float, ...] = MEAN
    deviation: tuple[float, ...] = DEVIATION


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
        return Architecture(name, "torchvision", lambda classes: _of_torchvision(name, classes), _published(name))
    timm = importlib.import_module("timm") if importlib.util.find_spec("timm") else None
    others = timm.list_models() if timm else []
    if timm is not None and name in others:
        return Architecture(name, "timm", lambda classes: _of_timm(timm, name, classes), _preparation(timm, name))
    where = "torchvision and timm have" if timm else "torchvision has (timm is not installed)"
    raise UserError(f"no architecture {name!r} among those that {where}{did_you_mean(name, [*names, *others])}")


def _of_torchvision(name: str, classes: int) -> nn.Module:
    models = import_torchvision().models
    more = {"init_weights": False} if name in ("googlenet", "inception_v3") else {}
    network: nn.Module = models.get_model(name, weights=None, num_classes=classes, **more)
    return network


def _published(name: str) -> Preparation:
    """As torchvision prepares pictures for its own weights of this architecture."""
    made = import_torchvision().models.get_model_weights(name).DEFAULT.transforms()
    return Preparation(int(made.crop_size[0]), tuple(made.mean), tuple(made.std))


def _of_timm(timm: Any, name: str, classes: int) -> nn.Module:
    try:
        network: nn.Module = timm.create_model(name, pretrained=False, num_classes=classes)
    except Exception as error:  # whatever a model of a thousand raises
        raise UserError(f"timm cannot build {name}: {in_short(error)}") from error
    return network


def _preparation(timm: Any, name: str) -> Preparation:
    """As timm prepares pictures for the first weights that it knows of this architecture."""
    config = timm.get_pretrained_cfg(name)
    if config is None:
        return Preparation()
    return Preparation(int(config.input_size[-1]), tuple(config.mean), tuple(config.std))
