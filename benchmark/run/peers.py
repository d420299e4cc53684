"""The outputs of other networks on the inputs on which a network is measured.

In: a run folder and keys. Out: outputs on the same examples. A network that was read on other inputs is left out.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from benchmark.data.splits import splits_of
from benchmark.identity import TrainIdentity
from benchmark.plain.canonical import canonical
from benchmark.plain.keeping import kept
from benchmark.record import of_network
from benchmark.run_folder import outputs, store
from benchmark.types import Activations, Outputs, Over
from registry import Examples

KEPT = 2048  # predictions of networks, some ten kB each
_SPLIT_BY = ("suite", "suite_version", "data", "data_fingerprint", "condition", "seed", "data_seed")
_CUT_TO = ("train_examples", "held_out_examples", "limit")


def peers_outputs(
    run: Path,
    root: Path,
    own: TrainIdentity,
    keys: Sequence[str],
    over: Over,
    read: str,
    rows: NDArray[np.int64],
) -> tuple[Outputs, ...]:
    """The outputs of those peers that were read on the same inputs, in the order of their keys, without labels.

    Args:
        run: The run folder.
        root: The data folder.
        own: The identity of the network that they are compared with.
        keys: Of the peers. Those that diverged are left out.
        over: Of "candidates" the outputs hold predictions alone.
        read: The name of the inputs.
        rows: (S,) of the examples that are measured.

    Raises:
        ValueError: A peer is not there: it failed, and a number without it would be another one.
    """
    found = []
    expected = _inputs(own, read, root)
    for key in keys:
        record = of_network(store.read_record(run, key))
        if record is None:
            raise ValueError(f"a network that its measures compare it with is not there: {key}")
        if record["outcome"] == "diverged" or _inputs(cast(TrainIdentity, record["identity"]), read, root) != expected:
            continue
        given = _predicted(run, key, record["files"][outputs.FILE], read) if over == "candidates" else None
        whole = given or outputs.read(run, key)[read]
        unlabelled = replace(whole, labels=np.full_like(whole.labels, -1), groups=None, judged=None)
        found.append(unlabelled.at(rows))
    return tuple(found)


@kept(most=KEPT)
def _predicted(run: Path, key: str, digest: str, read: str) -> Outputs:
    """The outputs of the network whose file has this digest, without its activations, which take a thousand times."""
    return replace(outputs.read(run, key)[read], activations=Activations({}))


def _inputs(identity: TrainIdentity, read: str, root: Path) -> str:
    """A hash of the inputs on which a network is read."""
    same = {part: identity[part] for part in (*_SPLIT_BY, *_CUT_TO) if part in identity}  # type: ignore[literal-required]
    return _hashed(canonical(same), read, root)


@kept(most=KEPT)
def _hashed(said: str, read: str, root: Path) -> str:
    splits = splits_of(json.loads(said), root)
    examples: Examples = splits.evaluation if read == "evaluation" else splits.in_distribution
    digest = hashlib.sha256()
    if examples.inputs.dtype.kind == "f":
        digest.update(np.ascontiguousarray(examples.inputs).tobytes())
    else:
        for text in examples.inputs:
            digest.update(len(str(text)).to_bytes(8, "big") + str(text).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
