"""A network's outputs on disk: one safetensors file, never a pickle.

In: `Outputs` by the inputs they were read on. Out: bytes; and back. Outputs on the same examples as those before them
(labels aside) are stored without their arrays and come back with the same activations object.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load, save

from benchmark import store
from benchmark.types import Activations, History, Outputs
from registry import Condition

FILE = "outputs.safetensors"


class NotTrained(ValueError):
    """A network whose outputs are not there: not trained yet, or diverged."""


def read_name(inputs: str, condition: Condition | None) -> str:
    """What outputs on these inputs are called in the file, of the network's own condition or of another."""
    return inputs if condition is None else f"{inputs} of {condition}"


def reads(identity: Mapping[str, Any]) -> list[str]:
    """The names of all outputs of the network with this identity."""
    elsewhere = [read_name("in-distribution", condition) for condition in identity.get("read_on", [])]
    return ["evaluation", "in-distribution", *elsewhere]


@lru_cache(maxsize=1)
def read(run: Path, key: str) -> dict[str, Outputs]:
    """All outputs of a published network. Raises NotTrained, or DamagedCell where the file is not what it was."""
    record = store.read_record(run, key)
    if record is None:
        raise NotTrained(f"its network {key} is not there")
    if record["outcome"] == "diverged":
        raise NotTrained(f"its network {key} diverged")
    history = record["history"]
    history = History(history["steps"], tuple(history["losses"]), tuple(history["weight_norms"]), history["stopped"])
    return unpack(store.read_file(run, record, FILE), key, reads(record["identity"]), record["taps"], history)


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
