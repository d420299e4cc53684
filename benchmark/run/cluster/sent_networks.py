"""The outputs of networks on a Dask cluster: each is sent there once, and stays as long as a cell is yet to read it.

In: a client and a run folder. Out: futures.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmark.plan.resolved import Cell
from benchmark.run.cluster.parcels import packed
from benchmark.run_folder import outputs, store
from benchmark.run_folder.shapes import DamagedCell


class SentNetworks:
    """Futures of parcels by the key of the network."""

    def __init__(self, client: Any, run: Path, pending: Iterable[Cell]) -> None:
        self._client, self._run = client, run
        self._readers = Counter(cell.train for cell in pending if cell.work == "score")
        self._futures: dict[str, Any] = {}

    def future(self, key: str, only: dict[str, Any]) -> Any:
        """The outputs of a network on the cluster, sent there for the first cell that reads them.

        Args:
            key: That of the network.
            only: As `Members.only`.

        Returns:
            Their future, None where a worker has gone just now.

        Raises:
            DamagedCell: The network is not in the run folder as it was published.
        """
        future = self._futures.get(key)
        if future is None or future.status in ("cancelled", "lost"):
            parcel = _parcel(self._run, key)
            try:
                (future,) = self._client.scatter([parcel], hash=False, **only)
            except (OSError, KeyError, ValueError, TimeoutError):  # of Dask: a worker has gone just now
                return None
            self._futures[key] = future
        return future

    def settled(self, cell: Cell) -> None:
        """Nothing more is done about the cell; behind its last reader a network is let go of."""
        if cell.work == "score":
            self._readers[cell.train] -= 1
            if not self._readers[cell.train]:
                self._futures.pop(cell.train, None)


def _parcel(run: Path, key: str) -> bytes:
    record = store.read_record(run, key)
    if record is None:
        raise DamagedCell("it is not there")
    files = {name: store.read_file(run, record, name) for name in record["files"] if name == outputs.FILE}
    return packed({}, {**files, store.RECORD: store.read_bytes(store.cell_folder(run, key) / store.RECORD)})
