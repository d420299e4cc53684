"""A network's outputs on disk: one safetensors file, never a pickle.

In: `Outputs` by the inputs they were read on. Out: bytes; and back. Outputs on the same examples as those before them
(labels aside) are stored without their arrays and come back with the same activations object.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load, save

from benchmark.types import Activations, History, Outputs

FILE = "outputs.safetensors"


def pack(outputs: Mapping[str, Outputs]) -> bytes:
    """The bytes of the file; the history is not in it."""
    arrays: dict[str, NDArray[np.generic]] = {}
    before = None
    for read, given in outputs.items():
        if given.activations is not before:
            arrays[f"{read}/logits"] = given.logits
            arrays |= {f"{read}/activations/{tap}": matrix for tap, matrix in given.activations.by_tap.items()}
        before = given.activations
        arrays[f"{read}/labels"] = given.labels
        if given.groups is not None:
            arrays[f"{read}/groups"] = given.groups
    return save({name: np.ascontiguousarray(array) for name, array in arrays.items()})


def unpack(content: bytes, key: str, reads: Sequence[str], taps: Sequence[str], history: History) -> dict[str, Outputs]:
    """The outputs of the network `key`, whose reads and taps come in this order."""
    arrays = load(content)
    result: dict[str, Outputs] = {}
    for read in reads:
        if f"{read}/logits" in arrays:
            activations = Activations({tap: arrays[f"{read}/activations/{tap}"] for tap in taps})
            logits = arrays[f"{read}/logits"]
        labels, groups = arrays[f"{read}/labels"], arrays.get(f"{read}/groups")
        result[read] = Outputs(key, activations, logits, labels, groups, history)
    return result
