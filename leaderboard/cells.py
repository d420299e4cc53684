"""The cells of a run folder, as plain data or as a DataFrame.

In: a run folder. Out: its records, or one row for each cell of its plan; and what its networks predict.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from benchmark.plan.content import CellPart, CellRow, PlanEntry
from benchmark.process.paths import shown
from benchmark.record import Record, of_network, of_score
from benchmark.run_folder.outputs import read
from benchmark.run_folder.packs.reading import as_run_folders, is_pack
from benchmark.run_folder.records import read_records, read_resolved
from benchmark.run_folder.shapes import DamagedCell
from leaderboard.published_boards import place_of
from registry import UserError

if TYPE_CHECKING:
    from pandas import DataFrame

_OF_ENTRY: tuple[Literal["suite", "data", "family"], ...] = ("suite", "data", "family")
_OF_CELL: tuple[CellPart, ...] = ("recipe", "condition", "seed", "work", "inputs", "scope")


@overload
def load_records(run: str | Path, as_frame: Literal[False] = False) -> dict[str, Record]: ...


@overload
def load_records(run: str | Path, as_frame: Literal[True]) -> DataFrame: ...


def load_records(run: str | Path, as_frame: bool = False) -> dict[str, Record] | DataFrame:
    """Read the records of a run folder's plan.

    Args:
        run: The run folder; or a pack, or the name of a published board.
        as_frame: Whether to return a DataFrame.

    Returns:
        The records that can be trusted by cell key, as record.json holds them. A DataFrame has one row for each cell
        of the plan and its key as index. Its columns are suite, data, family, recipe, condition, seed, work ("train" or
        "score"), inputs, scope, outcome ("done" or "diverged", missing where there is no record), training_accuracy,
        and one for each measure and metric, "measure mean-mi", "metric accuracy", ...

    Raises:
        UserError: It is no run folder and no pack.
    """
    with as_run_folders([place_of(run)]) as (folder,):
        resolved = read_resolved(folder)
        records, _ = read_records(folder, resolved["cells"])
    if not as_frame:
        return records
    from pandas import DataFrame

    rows = [_row(resolved["entries"][cell["entry"]], cell, records.get(cell["key"])) for cell in resolved["cells"]]
    keys = [cell["key"] for cell in resolved["cells"]]
    return DataFrame(rows, index=keys).rename_axis("key")


def load_predictions(run: str | Path) -> DataFrame:
    """Read what each network of a run folder predicts of each evaluation example.

    Args:
        run: The run folder.

    Returns:
        One row for each network of the plan that is there and each evaluation example, in their order, which is the
        same for all networks of a suite. The index is the network's cell key; the columns are example (its row),
        label, group (missing where the data have none), predicted (the class with the largest logit) and judged
        (whether metrics are computed on it).

    Raises:
        UserError: The folder is no run folder, or the outputs of a network are damaged.
    """
    from pandas import DataFrame

    if is_pack(place_of(run)):
        raise UserError(f"{run}: a pack holds no predictions; the run folder that it was made of does")
    resolved = read_resolved(Path(run))
    records, _ = read_records(Path(run), resolved["cells"])
    done = [key for key, record in records.items() if record["work"] == "train" and record["outcome"] == "done"]
    try:
        rows = [row for key in done for row in _predictions(Path(run), key)]
    except DamagedCell as error:
        raise UserError(f"{shown(Path(run))}: {error}; the same `memorank run` makes it anew") from None
    kinds = {"example": "Int64", "label": "Int64", "group": "Int64", "predicted": "Int64", "judged": "boolean"}
    return DataFrame(rows, columns=["key", *kinds]).astype(kinds).set_index("key")


def _predictions(run: Path, key: str) -> Iterator[tuple[Any, ...]]:
    given = read(run, key)["evaluation"]
    examples = len(given.labels)
    groups = [None] * examples if given.groups is None else given.groups.tolist()
    judged = [True] * examples if given.judged is None else given.judged.tolist()
    predicted = given.logits.argmax(axis=1).tolist()
    return zip([key] * examples, range(examples), given.labels.tolist(), groups, predicted, judged, strict=True)


def _row(entry: PlanEntry, cell: CellRow, record: Record | None) -> dict[str, object]:
    about: dict[str, object] = {name: entry[name] for name in _OF_ENTRY}
    about |= {name: cell[name] for name in _OF_CELL}
    network, score = of_network(record), of_score(record)
    about["outcome"] = record["outcome"] if record is not None else None
    about["training_accuracy"] = network.get("training_accuracy") if network is not None else None
    if score is not None:
        about |= {f"measure {name}": value["value"] for name, value in score["measures"].items()}
        about |= {f"metric {name}": value["value"] for name, value in score["metrics"].items()}
    return about
