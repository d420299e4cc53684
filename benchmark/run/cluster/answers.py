"""What comes back from another machine, looked at before it is published.

In: the parcel of an answer, and the cell that was asked for. Out: its files, a `Failed`, or a `Refused`.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from benchmark.plain.canonical import canonical
from benchmark.plan.resolved import Cell
from benchmark.run.attempts import Failed
from benchmark.run.cluster.parcels import opened
from benchmark.run_folder import store
from benchmark.run_folder.shapes import DamagedCell, check_work


@dataclass(frozen=True)
class Refused:
    """A machine where no such cell can be computed, and why; the cell has not been tried."""

    reason: str


def read(parcel: bytes, cell: Cell) -> dict[str, bytes] | Failed | Refused:
    """Read the answer for a cell.

    Args:
        parcel: What has come back.
        cell: The cell that was asked for.

    Returns:
        The files of the cell, its record among them, checked; `Refused` where the machine cannot compute it; `Failed`
        where the attempt failed, or what came back is no answer or that of another cell.
    """
    try:
        said, files = opened(parcel)
        if said.get("outcome") == "done":
            _check(files, cell)
            return files
        if said.get("outcome") == "refused":
            return Refused(str(said["reason"]))
        return Failed(str(said["cause"]), str(said["trace"]), str(said["log"]))
    except (ValueError, KeyError, TypeError) as error:
        return Failed(f"what came back from its worker is no cell: {error}")


def _check(files: Mapping[str, bytes], cell: Cell) -> None:
    """Raises DamagedCell for what is not the cell that was asked for."""
    if store.RECORD not in files:
        raise DamagedCell(f"there is no {store.RECORD}")
    record = store.record_of(files[store.RECORD], cell.key)
    check_work(record, cell.work)
    if canonical(record["identity"]) != canonical(cell.identity):
        raise DamagedCell("it is of another identity")
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != store.RECORD}
    if hashes != record["files"]:
        raise DamagedCell("its files do not match their checksums")
