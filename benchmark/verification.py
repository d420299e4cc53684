"""Are a run's numbers what this code computes? Some cells are computed again and compared; nothing is written.

In: a run folder. Out: for each cell chosen what differs. On the machine and versions that made a record the results
must be equal to the bit. Elsewhere the scores of the stored outputs may differ by `SCORES` (relative), and a network by
`ACCURACY` in its training accuracy: other processors round otherwise, and training magnifies that.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isclose
from pathlib import Path
from typing import Any

import numpy as np

from benchmark import interruption
from benchmark.cells import Cell, resolve
from benchmark.compute import compute
from benchmark.logs import NAME as LOG
from benchmark.plan import Plan
from benchmark.progress import Progress
from benchmark.provenance import environment
from benchmark.records import read_records, read_resolved
from benchmark.types import Record
from registry import UserError

SCORES = 1e-6
ACCURACY = 0.02
RESULTS = ("outcome", "history", "training_accuracy", "measures", "metrics", "samples", "examples")


@dataclass(frozen=True)
class Comparison:
    """One cell: whether it had to be equal to the bit, and the first thing that differs, None where nothing does."""

    key: str
    exact: bool
    difference: str | None


def verify(run: Path, root: Path, count: int, progress: Progress) -> Iterator[Comparison]:
    """Compute `count` seeded cells of those published again.

    Raises UserError where the folder is no run folder, or its plan is another one with the entries as they are now.
    """
    resolved = read_resolved(run)
    records, _ = read_records(run, resolved)
    plan = resolve(Plan.model_validate_json(json.dumps(resolved["plan"])), root)
    chosen = _chosen([cell for cell in plan.cells if cell.key in records], count)
    if not chosen:
        raise UserError(f"{run} has no cell that this version would compute: its entries or versions have changed")
    with progress.over(len(chosen)):
        for cell in chosen:
            interruption.check()
            progress.begin(cell.key)
            record = records[cell.key]
            result, files = compute(cell, run, root, plan.plan.threads, keep=False)
            yield _compared(cell.key, record, result, files)
            progress.end(cell.key)


def _chosen(cells: list[Cell], count: int) -> list[Cell]:
    order = np.random.default_rng(0).permutation(len(cells))[:count]
    return [cells[place] for place in sorted(order)]


def _compared(key: str, record: Record, result: Mapping[str, Any], files: Mapping[str, bytes]) -> Comparison:
    made_here = all(record["provenance"].get(part) == environment()[part] for part in ("versions", "machine"))
    stored = {part: record[part] for part in RESULTS if part in record}
    computed = json.loads(json.dumps({part: result[part] for part in RESULTS if part in result}))
    if made_here:
        difference = next(_differences(stored, computed, ()), None)
        hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        outputs = {name: digest for name, digest in record["files"].items() if name != LOG}
        return Comparison(key, True, difference or next(_differences(outputs, hashes, ("files",)), None))
    if "measures" not in record:
        a, b = ({"training_accuracy": one.get("training_accuracy", 0.0)} for one in (stored, computed))
        return Comparison(key, False, next(_differences(a, b, (), absolute=ACCURACY), None))
    return Comparison(key, False, next(_differences(stored, computed, (), relative=SCORES), None))


def _differences(a: Any, b: Any, path: tuple[str, ...], relative: float = 0.0, absolute: float = 0.0) -> Iterator[str]:
    if isinstance(a, Mapping) and isinstance(b, Mapping):
        for name in {**a, **b}:
            yield from _differences(a.get(name), b.get(name), (*path, str(name)), relative, absolute)
    elif isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        for place, (x, y) in enumerate(zip(a, b, strict=True)):
            yield from _differences(x, y, (*path, str(place)), relative, absolute)
    elif isinstance(a, float | int) and isinstance(b, float | int):
        if not isclose(a, b, rel_tol=relative, abs_tol=absolute):
            yield f"{'.'.join(path)} was {a}, is {b}"
    elif a != b:
        yield f"{'.'.join(path)} was {a}, is {b}"
