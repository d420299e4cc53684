"""How a network is trained: what a family says of itself, and a plan over it.

In: settings, numbers of numpy too. Out: a `Training` of plain words and numbers, each of which is allowed.
"""

from dataclasses import dataclass
from functools import cache
from math import isfinite
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import numpy as np
from annotated_types import Ge, Gt, Le


@dataclass(frozen=True)
class Training:
    """How one network is trained: identical across the conditions of a suite.

    Training stops after the first epoch whose mean training loss is below `stop_loss`, at the latest after
    `max_epochs`.

    Attributes:
        optimizer: "adam", "adamw" or "rmsprop".
        learning_rate: It rises linearly over the first `warmup_steps` steps; `schedule` says how it goes on.
        weight_decay: L2 in the gradient for "adam" and "rmsprop", decoupled for "adamw".
        batch_size: How many examples each step takes.
        max_epochs: The most epochs that are trained.
        stop_loss: Training is over once the mean training loss of an epoch, in nats, is below it.
        patience: If it is above 0, a seeded tenth of the training examples is held back, with the labels that they have
            there. Once the training loss is below `stop_loss`, training goes on until the loss on that tenth has not
            fallen for so many epochs.
        warmup_steps: Over how many steps the learning rate rises.
        precision: "float32"; "bfloat16", which is autocast where the device computes in it, else float32; or "auto",
            whichever of the two is measured to be faster on the device.
        schedule: "constant", or "cosine": the learning rate falls to 0 along a cosine over the steps of `max_epochs`.
        augmentation: "none", or "mirror-and-crop", for families that read images: each image of a batch is mirrored or
            not, and moved by at most an eighth of its sides.
        freeze_layers: For families that read texts: so many of the first layers, and what lies below them, stay as they
            are, without dropout, and are computed once.
    """

    optimizer: Literal["adam", "adamw", "rmsprop"] = "adam"
    learning_rate: Annotated[float, Gt(0)] = 1e-3
    weight_decay: Annotated[float, Ge(0)] = 0.0
    batch_size: Annotated[int, Gt(0), Le(2**31)] = 128
    max_epochs: Annotated[int, Gt(0), Le(2**31)] = 200
    stop_loss: Annotated[float, Ge(0)] = 0.01
    patience: Annotated[int, Ge(0), Le(2**31)] = 0
    warmup_steps: Annotated[int, Ge(0), Le(2**31)] = 0
    precision: Literal["float32", "bfloat16", "auto"] = "float32"
    schedule: Literal["constant", "cosine"] = "constant"
    augmentation: Literal["none", "mirror-and-crop"] = "none"
    freeze_layers: Annotated[int, Ge(0), Le(10_000)] = 0

    def __post_init__(self) -> None:
        for name, hint in _hints().items():
            object.__setattr__(self, name, _plain(name, getattr(self, name), hint))


@cache
def _hints() -> dict[str, Any]:
    return get_type_hints(Training, include_extras=True)


def _plain(name: str, value: Any, hint: Any) -> str | int | float:
    """A setting as plain data.

    Raises:
        ValueError: The setting is none that its type and bounds allow.
    """
    if get_origin(hint) is Literal:
        if not isinstance(value, str) or value not in get_args(hint):
            raise ValueError(f"{name} is {value!r}, not one of {', '.join(map(repr, get_args(hint)))}")
        return value
    kind, *bounds = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole and (kind is int or not isinstance(value, float | np.floating)):
        raise ValueError(f"{name} is {value!r}, not {'a whole number' if kind is int else 'a number'}")
    plain: int | float = int(value) if kind is int else float(value)
    if not isfinite(plain) or not all(_holds(plain, bound) for bound in bounds):
        raise ValueError(f"{name} is {value!r}, not {' and '.join(map(_said, bounds)) or 'finite'}")
    return plain


def _holds(value: float, bound: Any) -> bool:
    """Whether a number keeps one of the bounds that its type has."""
    limit: Any = bound.gt if isinstance(bound, Gt) else bound.ge if isinstance(bound, Ge) else bound.le
    return bool(value > limit if isinstance(bound, Gt) else value >= limit if isinstance(bound, Ge) else value <= limit)


def _said(bound: Any) -> str:
    """A bound in words, as in "at least 0"."""
    if isinstance(bound, Gt):
        return f"above {bound.gt}"
    return f"at least {bound.ge}" if isinstance(bound, Ge) else f"at most {bound.le}"
