"""The outputs of other networks on the inputs on which a network is measured.

In: a run folder and keys. Out: outputs on the same examples. A network that was read on other inputs is left out. What
a measure reads of one network's held-out examples can be had of its peers too: their logits on them are stored.
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
from benchmark.record import TrainRecord, of_network
from benchmark.run_folder import outputs, store
from benchmark.types import Activations, Outputs, Over, Taken
from registry import Examples

HELD_OUT = "held-out-as-given"  # the reading of which peers have the logits
DRAWN_ALIKE = "in-distribution"  # inputs drawn as the training set was: their judged half is what readings hold out
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
    held_out_of: str | None = None,
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
        held_out_of: The key of the network that they are compared with, if those with the same held-out examples and
            labels as given are to bring along their logits on them, as the reading `held-out-as-given`.

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
        readings = _held_out(run, root, held_out_of, record) if held_out_of else {}
        unlabelled = replace(whole, labels=np.full_like(whole.labels, -1), groups=None, judged=None, readings=readings)
        found.append(unlabelled.at(rows))
    return tuple(found)


def _held_out(run: Path, root: Path, own: str, peer: TrainRecord) -> dict[str, Taken]:
    """The logits of a peer on the held-out examples of a network; nothing where its own are others, or labelled so."""
    network = of_network(store.read_record(run, own))
    if network is None:
        return {}
    one, other = (_predicted(run, at["key"], at["files"][outputs.FILE], DRAWN_ALIKE) for at in (network, peer))
    if one.judged is None or other.judged is None or not np.array_equal(one.judged, other.judged):
        return {}
    given = [_inputs(cast(TrainIdentity, at["identity"]), DRAWN_ALIKE, root) for at in (network, peer)]
    if not np.array_equal(one.labels, other.labels) or given[0] != given[1]:
        return {}
    return {HELD_OUT: Taken("network", {"logits": other.logits[np.flatnonzero(other.judged)]})}


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
