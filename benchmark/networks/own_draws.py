"""What is drawn for a reading is drawn apart: nobody else's draws are others after it.

In: a device, and inputs that may draw. Out: a context.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch

_INSIDE = ("sampler", "batch_sampler", "dataset")  # what draws inside a DataLoader, and inside one of these


@contextmanager
def drawing_apart(device: torch.device, inputs: object = None) -> Iterator[None]:
    """What is drawn here is drawn from the same seed each time, and nobody else's draws are others after it.

    A data set may draw from Python's generator and numpy's, and a DataLoader, its samplers and its data set from some
    of their own.
    """
    kept = [(own, _state(own)) for own in _generators(inputs)]
    pythons, numpys = random.getstate(), np.random.get_state()
    try:
        with torch.random.fork_rng(devices=[device] if device.type == "cuda" else []):
            torch.manual_seed(0)
            yield
    finally:
        random.setstate(pythons)
        np.random.set_state(numpys)
        for own, state in kept:
            _restore(own, state)


def seed_all(seed: int) -> None:
    """Seed Python's, numpy's and torch's generators: inside `drawing_apart` nobody else notices."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def _generators(inputs: object, seen: tuple[int, ...] = ()) -> list[Any]:
    """The generators that a DataLoader holds, or what is inside it."""
    if inputs is None or id(inputs) in seen:
        return []
    own = vars(inputs).values() if hasattr(inputs, "__dict__") else ()
    kinds = torch.Generator | np.random.Generator | np.random.RandomState | random.Random
    inside = [getattr(inputs, name, None) for name in _INSIDE]
    return [one for one in own if isinstance(one, kinds)] + [
        one for part in inside for one in _generators(part, (*seen, id(inputs)))
    ]


def _state(own: Any) -> Any:
    if isinstance(own, np.random.Generator):
        return own.bit_generator.state
    return own.getstate() if isinstance(own, random.Random) else own.get_state()


def _restore(own: Any, state: Any) -> None:
    if isinstance(own, np.random.Generator):
        own.bit_generator.state = state
    elif isinstance(own, random.Random):
        own.setstate(state)
    else:
        own.set_state(state)
