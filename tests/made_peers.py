"""Outputs of one network and of others beside it, by the classes that they predict or by their logits."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from made_outputs import outputs

from benchmark.types import Outputs


def with_logits(logits: Sequence[np.ndarray], own: int = 0) -> Outputs:
    """The outputs of network number `own`; the others are its peers. Each key tells the place."""
    made = [
        replace(outputs(np.zeros((len(one), 1)), key=f"n{place:03}"), logits=np.asarray(one, dtype=np.float32))
        for place, one in enumerate(logits)
    ]
    return replace(made[own], peers=tuple(one for one in made if one is not made[own]))


def with_classes(classes: Sequence[Sequence[int]], own: int = 0, of: int = 2) -> Outputs:
    """The same of networks that are sure of their classes, one of `of`."""
    return with_logits([np.eye(of)[list(one)] for one in classes], own)
