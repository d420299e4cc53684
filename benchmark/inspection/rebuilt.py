"""The networks of a pack made anew: from the weights that it carries, or by training them again.

In: the run folder of a pack, which holds no outputs. Out: a run folder beside it in which a network lies with its
outputs, as a score cell needs it, and how near that came to the network of the record.
"""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast

from benchmark.plan.resolved import Cell
from benchmark.record import TrainRecord
from benchmark.run.compute import compute
from benchmark.run.network_outputs import read_again
from benchmark.run_folder.outputs import FILE
from benchmark.run_folder.store import RECORD, WEIGHTS, cell_folder, place, read_file, read_record, resealed

Way = Literal["weights", "training"]


@dataclass(frozen=True)
class Network:
    """How a network was made anew, and whether its outputs are those of the record, to the bit."""

    way: Way
    equal: bool


@dataclass(frozen=True)
class Rebuilt:
    """A run folder of networks that are made anew as they are asked for.

    Attributes:
        pack: The run folder of a pack.
        run: Where the networks lie: a folder that is there and empty at first.
        root: The data folder.
        threads: How many threads a cell may use.
    """

    pack: Path
    run: Path
    root: Path
    threads: int
    made: dict[str, Network] = field(default_factory=dict)

    def network(self, cell: Cell) -> Network:
        """Make the network of a train cell anew, once.

        Raises:
            Exception: Whatever the code of an entry raises; or its data are not here.
        """
        if cell.key not in self.made:
            self.made[cell.key] = self._network(cell)
        return self.made[cell.key]

    def has_weights(self, key: str) -> bool:
        """Whether the pack carries the weights of a network."""
        return (cell_folder(self.pack, key) / WEIGHTS).is_file()

    def _network(self, cell: Cell) -> Network:
        record = cast(TrainRecord, read_record(self.pack, cell.key))
        if record["outcome"] == "diverged":
            place(self.run, cell.key, {RECORD: resealed({**record, "files": {}})})
            return Network("training", True)
        weights = {WEIGHTS: read_file(self.pack, record, WEIGHTS)} if self.has_weights(cell.key) else {}
        if weights:
            files = {FILE: read_again(self.pack, cell.key, self.root, self.threads), **weights}
        else:
            keeps = "all" if WEIGHTS in record["files"] else "none"
            files = dict(compute(cell, self.pack, self.root, self.threads, False, keeps)[1])  # type: ignore[arg-type]
        digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        place(self.run, cell.key, {**files, RECORD: resealed({**record, "files": digests})})
        return Network("weights" if weights else "training", digests.get(FILE) == record["files"].get(FILE))
