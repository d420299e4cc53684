"""A network's outputs on disk: one safetensors file, never a pickle.

In: `Outputs` by the inputs they were read on. Out: bytes; and back. Outputs on the same examples as those before them
(labels aside) are stored without their arrays and come back with the same activations object.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load, save

from benchmark.identity import TrainIdentity
from benchmark.plain.keeping import kept
from benchmark.record import Record, TrainIdentityRead, TrainRecord, of_network
from benchmark.run_folder import store
from benchmark.run_folder.shapes import DamagedCell
from benchmark.types import Activations, History, Outputs
from registry import Condition
from registry.errors import in_short

FILE = "outputs.safetensors"


class NotTrained(ValueError):
    """A network whose outputs are not there: not trained yet, or diverged."""


def read_name(inputs: str, condition: Condition | None) -> str:
    """What outputs on these inputs are called in the file, of the network's own condition or of another."""
    return inputs if condition is None else f"{inputs} of {condition}"


def reads(identity: TrainIdentity | TrainIdentityRead) -> list[str]:
    """The names of all outputs of the network with this identity."""
    elsewhere = [read_name("in-distribution", condition) for condition in identity.get("read_on", [])]
    return ["evaluation", "in-distribution", *elsewhere]


def read(run: Path, key: str) -> dict[str, Outputs]:
    """All outputs of a published network. Raises NotTrained, or DamagedCell where the file is not what it was.

    A file that was changed together with its checksum is found by what it must hold, as far as that tells.
    """
    record = of_network(store.read_record(run, key))
    if record is None:
        raise NotTrained(f"its network {key} is not there")
    if record["outcome"] == "diverged":
        raise NotTrained(f"its network {key} diverged")
    check_named(record)
    return _read(run, _Sealed(record["sha256"], record))


def check_named(record: Record) -> None:
    """See whether the record of a network that was trained names its outputs. Raises DamagedCell."""
    if FILE not in record["files"]:
        raise DamagedCell(f"the record names no {FILE}")


@dataclass(frozen=True)
class _Sealed:
    """The record of a network. Two of them are the same record if their checksums are."""

    seal: str
    record: TrainRecord = field(compare=False)


@kept(most=1)
def _read(run: Path, sealed: _Sealed) -> dict[str, Outputs]:
    """The outputs of a network. They are kept, as the score cells that follow are mostly of the same network."""
    return of_record(sealed.record, store.read_file(run, sealed.record, FILE))


def of_record(record: TrainRecord, content: bytes) -> dict[str, Outputs]:
    """The outputs in the file of a network's record. Raises DamagedCell as `unpack` does."""
    said = record["history"]
    history = History(said["steps"], tuple(said["losses"]), tuple(said["weight_norms"]), said["stopped"])
    return unpack(content, record["key"], reads(record["identity"]), record["taps"], history)


def pack(outputs: Mapping[str, Outputs]) -> bytes:
    """The bytes of the file with these outputs. It does not hold the history, which stands in the record."""
    arrays: dict[str, NDArray[np.generic]] = {}
    before = None
    for read, given in outputs.items():
        if given.activations is not before:
            arrays[f"{read}/logits"] = given.logits
            arrays |= {f"{read}/activations/{tap}": matrix for tap, matrix in given.activations.by_tap.items()}
        before = given.activations
        arrays[f"{read}/labels"] = given.labels.astype(np.int64, casting="same_kind")
        if given.groups is not None:
            arrays[f"{read}/groups"] = given.groups.astype(np.int64, casting="same_kind")
        if given.judged is not None:
            arrays[f"{read}/judged"] = given.judged
    return save({name: np.ascontiguousarray(array) for name, array in arrays.items()})


def unpack(content: bytes, key: str, reads: Sequence[str], taps: Sequence[str], history: History) -> dict[str, Outputs]:
    """The outputs of the network `key`, whose reads and taps come in this order.

    Raises DamagedCell where the file does not hold these, in the shapes and kinds of `Outputs`, and nothing else.
    """
    try:
        arrays = load(content)
    except Exception as error:  # SafetensorError, and what its reader for numpy raises at kinds that numpy has not
        raise DamagedCell(f"{FILE} cannot be read: {in_short(error)}") from error
    result: dict[str, Outputs] = {}
    for read in reads:
        if not result or f"{read}/logits" in arrays:
            activations = Activations({tap: _taken(arrays, f"{read}/activations/{tap}", np.float32, 2) for tap in taps})
            logits = _taken(arrays, f"{read}/logits", np.float32, 2)
        labels = _taken(arrays, f"{read}/labels", np.int64, 1)
        groups = _taken(arrays, f"{read}/groups", np.int64, 1) if f"{read}/groups" in arrays else None
        judged = _taken(arrays, f"{read}/judged", np.bool_, 1) if f"{read}/judged" in arrays else None
        result[read] = Outputs(key, activations, logits, labels, groups, history, judged)
        _check(result[read], read)
    if arrays:
        raise DamagedCell(f"{FILE} holds {min(arrays)!r}, which is none of its network's outputs")
    return result


def _taken(arrays: dict[str, NDArray[Any]], name: str, kind: type[np.generic], axes: int) -> NDArray[Any]:
    """Take one array out of those that the file holds. Raises DamagedCell where it is missing or of another kind."""
    if name not in arrays:
        raise DamagedCell(f"{FILE} does not hold {name!r}")
    array = arrays.pop(name)
    if array.dtype != kind or array.ndim != axes:
        expected = f"{axes} axes of {np.dtype(kind)}"
        raise DamagedCell(f"{FILE} holds {name!r} in {array.ndim} axes of {array.dtype}, not in {expected}")
    return array


def _check(given: Outputs, read: str) -> None:
    """Check that all arrays are of the same examples, and that every label is a class. Raises DamagedCell."""
    beside = [part for part in (given.groups, given.judged) if part is not None]
    arrays: list[NDArray[Any]] = [given.logits, given.labels, *beside, *given.activations.by_tap.values()]
    rows = {len(array) for array in arrays}
    if len(rows) > 1 or rows == {0}:
        raise DamagedCell(f"{FILE} holds arrays of {sorted(rows)} examples for {read!r}")
    if given.judged is not None and given.judged.view(np.uint8).max() > 1:
        raise DamagedCell(f"{FILE} holds 'judged' for {read!r} that is neither true nor false")
    if given.labels.min() < 0 or given.labels.max() >= given.logits.shape[1]:
        raise DamagedCell(f"{FILE} holds labels for {read!r} that are none of {given.logits.shape[1]} classes")
