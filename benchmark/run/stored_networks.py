"""The trained networks of a run folder, built again from the weights that are kept of them.

In: a run folder and the key of a network. Out: its file of weights, checked; or the network itself.
"""

from math import prod
from pathlib import Path
from typing import cast

import torch
from torch import nn

from benchmark.identity import TrainIdentity
from benchmark.networks.building import build_from, family_in
from benchmark.networks.weights import facts_in, put_into, size_of
from benchmark.plan.content import ResolvedContent
from benchmark.process.logs import NAME as LOG
from benchmark.process.paths import shown
from benchmark.record import TrainRecord, of_network
from benchmark.run import kept_weights
from benchmark.run.kept_weights import NOT_KEPT
from benchmark.run_folder import included
from benchmark.run_folder.records import read_resolved
from benchmark.run_folder.run_plans import kept_plans
from benchmark.run_folder.shapes import DamagedCell
from benchmark.run_folder.store import WEIGHTS, last_failure, read_file, read_record
from registry import FAMILIES, SUITES, ModelFamily, UnknownNameError, UserError, data_folder, data_folder_is
from registry.errors import in_words
from registry.foreign_text import printable

MEGABYTE = 1_000_000
CURE = "to keep it, run the plan with --set keep_weights=all in a new folder"


def stored_network(run: Path, key: str, root: Path | None = None) -> tuple[nn.Module, TrainIdentity]:
    """A trained network, on the processor and in evaluation mode, and its identity.

    It is drawn from the seed that it was drawn from, and then gets its weights: what its family draws and keeps outside
    of the state is the same too. The generators go on as if nothing had been drawn.

    Args:
        run: The run folder.
        key: Of the network's cell.
        root: The data folder, in which a family may find pretrained weights; None for that of the environment.

    Raises:
        UserError: Its weights are not kept or not what they were, or its family is not here as it was.
    """
    content, identity = weights_of(run, key)
    family = family_of(run, identity)
    try:
        facts = facts_in(content)
        if facts["key"] != key:
            raise UserError(f"{key}: its file of weights is that of {facts['key']}")
        with data_folder_is(data_folder(root)):
            network = build_from(family, tuple(facts["shape"]), facts["num_classes"], facts["seed"])
        return put_into(network, content), identity
    except UserError:
        raise
    except Exception as error:  # a family may be anybody's code
        raise UserError(f"{key}: its network cannot be built again: {in_words(error)}") from error


def weights_of(run: Path, key: str) -> tuple[bytes, TrainIdentity]:
    """The file of a network's weights, checked by its hash, and the identity of the network.

    Raises:
        UserError: The network is not trained, its weights are not kept, and why; or they are not what they were.
    """
    try:
        record = of_network(read_record(run, key))
        if record is None:
            cause = last_failure(run, key)
            failed = f" (it failed: {cause})" if cause else ""
            raise UserError(f"{key} is not trained yet{failed}: the same `memorank run` trains it")
        identity = cast(TrainIdentity, record["identity"])
        if WEIGHTS not in record["files"]:
            raise UserError(f"{key} has no weights: {_why_none(run, record, identity)}")
        return read_file(run, record, WEIGHTS), identity
    except DamagedCell as error:
        raise UserError(f"{shown(run)}: {key}: {error}; the same `memorank run` trains it anew") from None


def family_of(run: Path, identity: TrainIdentity) -> ModelFamily:
    """The family of a network, as it was when the network was trained, with the options that the network has.

    Raises:
        UserError: It is not here, its code is other code now, or it is of another version.
    """
    name = identity["family"]
    digest = identity.get("sources", {}).get(f"{FAMILIES.kind} {name}")
    own = declaring(run, identity)
    kept = f"; {shown(run)} keeps it as it was in {shown(own)}" if own else ""
    try:
        there = FAMILIES.content_hash(name)
    except UnknownNameError:
        if own is None:
            raise
        raise UserError(f"its family {name!r} is declared by {own.name}: include that file{kept}") from None
    if there != digest:
        raise UserError(f"its family {name!r} has other code now than when it was trained{kept}")
    family = FAMILIES[name]
    if family.version != identity["family_version"]:
        versions = f"version {identity['family_version']} of {name!r}, and here is version {family.version}"
        raise UserError(f"it was trained with {versions}: use the memorank that trained it")
    return family.with_options(identity.get("options", {}))


def declaring(run: Path, identity: TrainIdentity) -> Path | None:
    """The copy of the user's own file that declares a network's family, as the run folder keeps it; None without one.

    Raises:
        UserError: What the run folder keeps of such files is not what it was.
    """
    digest = identity.get("sources", {}).get(f"{FAMILIES.kind} {identity['family']}")
    return next((source.file for source in included.kept(run) if source.digest == digest), None) if digest else None


def _why_none(run: Path, record: TrainRecord, identity: TrainIdentity) -> str:
    """Why the weights of a network are not there, and the cure, if there is one."""
    if record["outcome"] == "diverged":
        return "it diverged, and networks that diverged keep none"
    if said := _unwritten(run, record):
        return said
    if {_said(plan) for plan in (read_resolved(run), *kept_plans(run).values())} == {"none"}:
        return f"its plan says keep_weights: none; {CURE}"
    size = _size(identity)
    if size is not None and size > kept_weights.MOST:
        most = kept_weights.MOST / MEGABYTE
        return f"its {size / MEGABYTE:.1f} MB are more than the {most:g} MB that keep_weights: auto keeps; {CURE}"
    too_large = "" if size is not None else f" or it is larger than the {kept_weights.MOST / MEGABYTE:g} MB of auto,"
    return f"it was trained while the plan kept none,{too_large} or before plans had keep_weights; {CURE}"


def _unwritten(run: Path, record: TrainRecord) -> str | None:
    """Why its weights could not be written, as the cell's log says it; None where it does not."""
    log = read_file(run, record, LOG).decode(errors="replace") if LOG in record["files"] else ""
    said = [line.partition(NOT_KEPT)[2] for line in log.splitlines() if NOT_KEPT in line]
    return f"they could not be written: {printable(said[-1])}" if said else None


def _said(plan: ResolvedContent) -> str:
    return plan["plan"].get("keep_weights", "auto")


def _size(identity: TrainIdentity) -> int | None:
    """The bytes of a network of the same family; None where none can be built here."""
    try:
        family, suite = family_in(identity), SUITES[identity["suite"]]
        shape = (prod(suite.input_shape),) if family.modality == "vector" else suite.input_shape
        with torch.no_grad():
            return size_of(build_from(family, shape, suite.num_classes, 0))
    except Exception:  # a family may be anybody's code, and its pretrained weights need not be here
        return None
