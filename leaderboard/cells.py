"""The cells of a run folder, as plain data or as a DataFrame.

In: a run folder. Out: its records, or one row for each cell of its plan.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from benchmark.records import read_records, read_resolved
from benchmark.types import Record

if TYPE_CHECKING:
    from pandas import DataFrame


@overload
def load_records(run: str | Path, as_frame: Literal[False] = False) -> dict[str, Record]: ...


@overload
def load_records(run: str | Path, as_frame: Literal[True]) -> DataFrame: ...


def load_records(run: str | Path, as_frame: bool = False) -> dict[str, Record] | DataFrame:
    """Read the records of a run folder's plan.

    Args:
        run: The run folder.
        as_frame: Whether to return a DataFrame.

    Returns:
        The records that can be trusted by cell key, as record.json holds them. As a DataFrame: one row for each cell
        of the plan, its key as index; the columns suite, data, family, recipe, condition, seed, work ("train" or
        "score"), inputs, scope, outcome ("done" or "diverged", missing where there is no record), training_accuracy,
        and one for each measure and metric, "measure mean-mi", "metric accuracy", ...

    Raises:
        UserError: The folder is no run folder.
    """
    resolved = read_resolved(Path(run))
    records, _ = read_records(Path(run), resolved)
    if not as_frame:
        return records
    from pandas import DataFrame

    rows = [_row(resolved["entries"][cell["entry"]], cell, records.get(cell["key"], {})) for cell in resolved["cells"]]
    keys = [cell["key"] for cell in resolved["cells"]]
    return DataFrame(rows, index=keys).rename_axis("key")


def _row(entry: dict[str, Any], cell: dict[str, Any], record: Record) -> dict[str, Any]:
    about = {name: entry[name] for name in ("suite", "data", "family")}
    about |= {name: cell[name] for name in ("recipe", "condition", "seed", "work", "inputs", "scope")}
    about |= {"outcome": record.get("outcome"), "training_accuracy": record.get("training_accuracy")}
    for role in ("measure", "metric"):
        about |= {f"{role} {name}": value["value"] for name, value in record.get(f"{role}s", {}).items()}
    return about
