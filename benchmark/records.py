"""A run folder read back.

In: a run folder. Out: the resolved plan, and those records of its cells that can be trusted.
"""

import json
from pathlib import Path
from typing import Any

from benchmark.store import DamagedCell, published, read_record
from benchmark.types import Record
from registry import UserError


def read_resolved(run: Path) -> dict[str, Any]:
    """The content of plan.json. Raises UserError where the folder is no run folder."""
    try:
        resolved = json.loads((run / "plan.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError(f"{run} is no run folder: it has no plan.json") from None
    except (OSError, ValueError) as error:
        raise UserError(
            f"{run / 'plan.json'} cannot be read ({error}); the same `memorank run` writes it anew"
        ) from error
    if not isinstance(resolved, dict) or "cells" not in resolved:
        raise UserError(f"{run / 'plan.json'} is no resolved plan; the same `memorank run` writes it anew")
    return resolved


def read_records(run: Path) -> tuple[dict[str, Record], dict[str, str]]:
    """The records of a run folder's plan by key, and the reason for each that cannot be trusted."""
    records: dict[str, Record] = {}
    damaged: dict[str, str] = {}
    there = published(run)
    for cell in read_resolved(run)["cells"]:
        try:
            record = read_record(run, cell["key"]) if cell["key"] in there else None
            if record is not None:
                records[cell["key"]] = record
        except DamagedCell as error:
            damaged[cell["key"]] = str(error)
    return records, damaged


def load_records(run: str | Path) -> dict[str, Record]:
    """The records of a run folder's plan that can be trusted, by cell key: plain data, as record.json holds it.

    Raises UserError where the folder is no run folder.
    """
    return read_records(Path(run))[0]
