"""What a cell's key says of code from outside and of files, and whether that still holds.

In: entries of the registry, or the identity of a cell. Out: hashes of the entries' code, or what has changed since.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmark.data.fingerprints import ChangedInput, check_unchanged
from benchmark.identity import Identity
from benchmark.measures import MEASURES
from benchmark.metrics import METRICS
from benchmark.plan.catalogue import REGISTRIES
from registry import DATASETS, FAMILIES, Registry, UserError


def sources_of(*entries: tuple[Registry[Any], str]) -> dict[str, str]:
    """The hashes of the code from outside that declares these entries, as memorank keeps no version of such code."""
    hashes = {f"{registry.kind} {name}": registry.content_hash(name) for registry, name in entries}
    return {name: digest for name, digest in hashes.items() if digest}


def other_entries(identity: Identity, asked: Iterable[str], also: Iterable[str] = ()) -> list[str]:
    """Which entries from outside that were looked up while a cell was computed are declared by code not in its key.

    For a train cell metrics and measures do not count: they are looked up to see what the suite's examples need. `also`
    are the hashes of code that its key holds by another key.
    """
    registries = {registry.kind: registry for registry in REGISTRIES.values()}
    train = identity["work"] == "train"
    counted = [one for one in asked if not (train and one.rpartition(" ")[0] in (MEASURES.kind, METRICS.kind))]
    known = {*identity.get("sources", {}).values(), *also}
    named = {one: one.rpartition(" ") for one in counted}
    sources = {one: registries[kind].check(name).source for one, (kind, _, name) in named.items()}
    return sorted(one for one, source in sources.items() if source and source.digest not in known)


def check_inputs(identity: Identity, root: Path) -> None:
    """Raises ChangedInput where the code, data or weights of a cell are no longer those that its key names."""
    registries = {registry.kind: registry for registry in REGISTRIES.values()}
    try:
        for said, digest in identity.get("sources", {}).items():
            kind, _, name = said.rpartition(" ")
            if registries[kind].content_hash(name) != digest:
                raise ChangedInput(f"the code of {said!r} has changed since this command began: start it again")
        if identity["work"] == "train":
            check_unchanged(DATASETS[identity["data"]], root, identity["data_fingerprint"])
            if weights := FAMILIES[identity["family"]].weights:
                check_unchanged(weights, root, identity["weights_fingerprint"])
    except UserError as error:
        raise ChangedInput(str(error)) from error
