"""The networks of a pack made anew: from the weights that it carries, or by training them again.

In: the run folder of a pack, which holds no outputs. Out: a run folder beside it in which a network lies with its
outputs, as a score cell needs it, and how near that came to the network of the record.
"""

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast

from benchmark.plan.reading import KeepWeights
from benchmark.plan.resolved import Cell
from benchmark.record import TrainRecord, TrainResult
from benchmark.run.compute import compute
from benchmark.run.network_outputs import read_again
from benchmark.run_folder.outputs import FILE
from benchmark.run_folder.store import RECORD, WEIGHTS, cell_folder, place, read_file, read_record, resealed

Way = Literal["weights", "training"]


@dataclass(frozen=True)
class Network:
    """How a network was made anew, and whether its outputs are those of the record, to the bit.

    One that was trained again has to have the history of the record too.
    """

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

    def network(self, cell: Cell, by_weights: bool = True) -> Network:
        """Make the network of a train cell anew, once.

        Args:
            cell: The train cell.
            by_weights: Whether weights will do, where the pack carries them. Without, it is trained again.

        Raises:
            Exception: Whatever the code of an entry raises; or its data are not here.
        """
        before = self.made.get(cell.key)
        if before is None or (before.way == "weights" and not by_weights):
            shutil.rmtree(cell_folder(self.run, cell.key), ignore_errors=True)
            self.made[cell.key] = self._network(cell, by_weights)
        return self.made[cell.key]

    def has_weights(self, key: str) -> bool:
        """Whether the pack carries the weights of a network."""
        return (cell_folder(self.pack, key) / WEIGHTS).is_file()

    def _network(self, cell: Cell, by_weights: bool) -> Network:
        record = cast(TrainRecord, read_record(self.pack, cell.key))
        if by_weights and self.has_weights(cell.key) and record["outcome"] == "done":
            files = {FILE: read_again(self.pack, cell.key, self.root, self.threads)}
            files[WEIGHTS] = read_file(self.pack, record, WEIGHTS)
            self._place(record, files)
            return Network("weights", _digest(files[FILE]) == record["files"].get(FILE))
        keeps: KeepWeights = "all" if WEIGHTS in record["files"] else "none"
        result, made = compute(cell, self.pack, self.root, self.threads, False, keeps)
        found = cast(TrainResult, result)
        same = found["outcome"] == record["outcome"] and found["history"] == record["history"]
        self._place({**record, "history": found["history"], "outcome": found["outcome"]}, made)
        digests = {name: record["files"][name] for name in (FILE, WEIGHTS) if name in record["files"]}
        return Network("training", same and {name: _digest(content) for name, content in made.items()} == digests)

    def _place(self, record: TrainRecord, files: Mapping[str, bytes]) -> None:
        digests = {name: _digest(content) for name, content in files.items()}
        place(self.run, record["key"], {**files, RECORD: resealed({**record, "files": digests})})


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
