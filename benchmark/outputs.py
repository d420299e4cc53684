"""A network's outputs on disk: one safetensors file, never a pickle.

In: `Outputs` on both kinds of inputs. Out: bytes; and back. Where both kinds are the same examples (labels aside),
activations and logits are stored once and come back as one object.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load, save

from benchmark.estimator import Inputs
from benchmark.types import Activations, History, Outputs

FILE = "outputs.safetensors"


def pack(outputs: Mapping[Inputs, Outputs]) -> bytes:
    """The bytes of the file; the history is not in it."""
    arrays: dict[str, NDArray[np.generic]] = {}
    stored: dict[int, Inputs] = {}
    for inputs, given in outputs.items():
        if id(given.activations) not in stored:
            stored[id(given.activations)] = inputs
            arrays[f"{inputs}/logits"] = given.logits
            arrays |= {f"{inputs}/activations/{tap}": matrix for tap, matrix in given.activations.by_tap.items()}
        arrays[f"{inputs}/labels"] = given.labels
        if given.groups is not None:
            arrays[f"{inputs}/groups"] = given.groups
    return save({name: np.ascontiguousarray(array) for name, array in arrays.items()})


def unpack(content: bytes, key: str, taps: Sequence[str], history: History) -> dict[Inputs, Outputs]:
    """The outputs of the network `key`, whose taps come in this order."""
    arrays = load(content)
    result: dict[Inputs, Outputs] = {}
    kinds: tuple[Inputs, ...] = ("evaluation", "in-distribution")
    for inputs in kinds:
        if f"{inputs}/logits" in arrays:
            activations = Activations({tap: arrays[f"{inputs}/activations/{tap}"] for tap in taps})
            logits = arrays[f"{inputs}/logits"]
        labels, groups = arrays[f"{inputs}/labels"], arrays.get(f"{inputs}/groups")
        result[inputs] = Outputs(key, activations, logits, labels, groups, history)
    return result
