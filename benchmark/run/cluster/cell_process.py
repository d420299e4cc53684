"""A process that computes cells on another machine, one after the other, for whoever holds its pipes.

In: framed orders on stdin, each with the parcel of its network behind it, empty where it needs none. Out: for each on
stdout an empty frame when it begins, then a framed parcel: the files of the cell, or why there are none. It ends when
stdin does.
"""

import contextlib
import os
import queue
import shutil
import signal
import sys
import threading
from os import _exit as end_process  # the real one, whatever is contained just now
from pathlib import Path
from typing import IO

from benchmark.data.fingerprints import fingerprint
from benchmark.measures import MEASURES
from benchmark.metrics import METRICS
from benchmark.plain.keeping import keeping
from benchmark.plan.catalogue import include
from benchmark.plan.cells import TRAINING_VERSION
from benchmark.plan.sources import check_inputs
from benchmark.process import provenance
from benchmark.process.paths import absolute
from benchmark.process.worker_process import share_gpus, write_to
from benchmark.process.wrapping import say
from benchmark.run.attempts import Failed, attempt, prepare
from benchmark.run.cluster.orders import Order, own_version, taken
from benchmark.run.cluster.parcels import framed, opened, packed, unframed
from benchmark.run_folder import store
from registry import DATASETS, FAMILIES, SUITES, Dataset, UserError, Weights, data_folder, folder_of
from registry.errors import in_words

LOG = "log.txt"
BEGUN = b""  # stands before an answer, from when on its time is counted
_PIECE = 2**20  # bytes read at once


@keeping()
def main(words: list[str]) -> None:
    """Serve orders: `words` are a folder of this process's own, and its number among those of its machine."""
    folder, number = Path(words[0]), int(words[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever holds the pipes
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    write_to(folder / LOG)
    share_gpus(number)
    parcels: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(incoming, parcels), daemon=True).start()
    prepare()
    included = False
    while True:
        order, network = taken(parcels.get()), parcels.get()
        say(f"{provenance.now()} {order.job.cell.key}")
        if not included:
            problems, included = include(order.sources), True
            for problem in problems:
                say(problem)
        _send(outgoing, BEGUN)
        _send(outgoing, _reply(order, network, folder))


def _send(outgoing: IO[bytes], parcel: bytes) -> None:
    outgoing.write(framed(parcel))
    outgoing.flush()


def _receive(incoming: IO[bytes], parcels: "queue.SimpleQueue[bytes]") -> None:
    """Pass on each parcel that arrives. The end of the pipe ends this process, whatever it computes just then."""
    received = bytearray()
    while piece := os.read(incoming.fileno(), _PIECE):
        received += piece
        while (parcel := unframed(received)) is not None:
            del received[: len(framed(b"")) + len(parcel)]
            parcels.put(parcel)
    end_process(1)


def _reply(order: Order, network: bytes, folder: Path) -> bytes:
    """The answer as a parcel: the files of the cell, the cause of a failed attempt, or why it cannot be tried here."""
    root = absolute(data_folder(None))
    host = provenance.environment()["machine"]["host"]
    try:
        if reason := _other_version(order) or _other_inputs(order, root):
            return packed({"outcome": "refused", "reason": f"{host}: {reason}"}, {})
        if network:
            _place(order.job.cell.train, network, folder)
        made = attempt(order.job, folder, root, keep=False)
    except (UserError, OSError, ValueError) as error:
        reason = str(error) if isinstance(error, UserError) else in_words(error)
        return packed({"outcome": "refused", "reason": f"{host}: {reason}"}, {})
    if isinstance(made, Failed):
        said = {name: text.encode("utf-8", "backslashreplace").decode() for name, text in vars(made).items()}
        return packed({"outcome": "failed", **said}, {})
    return packed({"outcome": "done"}, made)


def _other_version(order: Order) -> str | None:
    """What is of another version here than where the order comes from."""
    if order.version != own_version():
        return f"memorank is {own_version()} there and {order.version} here: install the same version"
    said = order.job.cell.identity
    if said["work"] == "train":
        found = {
            "training": (said["training_version"], TRAINING_VERSION),
            f"suite {said['suite']}": (said["suite_version"], SUITES[said["suite"]].version),
            f"family {said['family']}": (said["family_version"], FAMILIES[said["family"]].version),
        }
    else:
        found = {f"measure {name}": (version, MEASURES[name].version) for name, version in said["measures"].items()}
        found |= {f"metric {name}": (version, METRICS[name].version) for name, version in said["metrics"].items()}
    other = next((what for what, (asked, there) in found.items() if asked != there), None)
    return other and f"{other} is of another version there: install the same memorank"


def _other_inputs(order: Order, root: Path) -> str | None:
    """Why a cell cannot be computed here: data or weights differ from those where the order comes from.

    Raises:
        ChangedInput: The code of an entry differs.
    """
    identity = order.job.cell.identity
    if identity["work"] == "train":
        stored: list[tuple[Dataset | Weights, str]] = [(DATASETS[identity["data"]], identity["data_fingerprint"])]
        if weights := FAMILIES[identity["family"]].weights:
            stored.append((weights, identity["weights_fingerprint"]))
        for one, expected in stored:
            if fingerprint(one, root) != expected:
                place = folder_of(one, root)
                return f"{one.name!r} in {place} is not what it is here; run there: memorank fetch {one.name}"
    check_inputs(identity, root)
    return None


def _place(key: str, network: bytes, folder: Path) -> None:
    """Publish the network of a score cell in this process's own folder, in the place of the one before it."""
    if store.is_published(folder, key):
        return
    shutil.rmtree(folder / "cells", ignore_errors=True)
    store.place(folder, key, opened(network)[1])


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        main(sys.argv[1:])
    end_process(0)
