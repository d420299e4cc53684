"""Small run folders whose records a test changes."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from odd_values import written

from benchmark.run_folder.store import RECORD, _seal
from leaderboard.report import write_board


def small(resolved: dict[str, Any]) -> dict[str, Any]:
    """A plan of one entry and one kind of inputs: its board is made in hundredths of a second."""
    cells = [cell for cell in resolved["cells"] if cell["entry"] == 0 and cell["inputs"] in (None, "evaluation")]
    estimator = {**resolved["plan"]["estimator"], "inputs": ["evaluation"]}
    plan = {**resolved["plan"], "estimator": estimator}
    return {**resolved, "plan": plan, "entries": resolved["entries"][:1], "cells": cells}


def copied(run: Path, resolved: dict[str, Any], target: Path) -> Path:
    for cell in resolved["cells"]:
        place = target / "cells" / cell["key"]
        place.mkdir(parents=True)
        (place / RECORD).write_bytes((run / "cells" / cell["key"] / RECORD).read_bytes())
    (target / "plan.json").write_text(json.dumps(resolved))
    return target


def changed(run: Path, work: str, change: Callable[[dict[str, Any]], object]) -> str:
    """Change one record of this kind as if it had been computed so, and the board with it; its key."""
    for path in sorted((run / "cells").glob("*/record.json")):
        record = json.loads(path.read_text())
        if record["work"] == work:
            change(record)
            record["sha256"] = _seal({name: part for name, part in record.items() if name != "sha256"})
            path.write_text(json.dumps(record))
            write_board([run])
            return str(record["key"])
    raise AssertionError(work)


def sealed(record: Any) -> bytes:
    """The text of a record whose checksum is right, whatever it holds."""
    own = {name: value for name, value in record.items() if name != "sha256"}
    seal = hashlib.sha256(written(own).encode("utf-8", "surrogatepass")).hexdigest()
    return written({**own, "sha256": seal}).encode("utf-8", "surrogatepass")
