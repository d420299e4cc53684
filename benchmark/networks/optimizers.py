"""The optimizers that train networks: torch's own, without the import of its compiler.

In: the name that a training setting holds. Out: an optimizer of torch, to the last bit.
"""

import inspect
from collections.abc import Callable
from functools import partial

import torch
from torch.optim import Optimizer

COMPILED = ("add_param_group", "state_dict", "load_state_dict", "zero_grad")


def _plain(kind: type[Optimizer]) -> Callable[..., Optimizer]:
    """A kind of optimizer whose methods are not prepared for torch's compiler, which takes seconds to import."""
    methods = {name: inspect.unwrap(getattr(kind, name)) for name in COMPILED}
    step = torch.no_grad()(inspect.unwrap(kind.step))
    return type(kind.__name__, (kind,), {**methods, "step": step})


OPTIMIZERS: dict[str, Callable[..., Optimizer]] = {
    "adam": partial(_plain(torch.optim.Adam), fused=True),
    "adamw": partial(_plain(torch.optim.AdamW), fused=True),
    "rmsprop": _plain(torch.optim.RMSprop),
}
