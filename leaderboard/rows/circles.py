"""What the neurons of the circles' networks do on the plane: for each model its first network, at its last tap.

In: the content of plan.json and the train records. Out: rows for the figure.
"""

from collections.abc import Mapping

from benchmark.plan.content import CellRow, PlanEntry, ResolvedContent
from benchmark.record import PlaneContent, Record, of_network
from leaderboard.content.models import CirclesRow


def circles_rows(resolved: ResolvedContent, records: Mapping[str, Record]) -> list[CirclesRow]:
    """A row for each model whose first network was read on a plane.

    Args:
        resolved: The content of plan.json.
        records: The records of its cells that are published, by key.

    Returns:
        Rows in the order of the plan. A model whose first network is missing, diverged, or has a record of an earlier
        version has none: another seed does not stand in for it.
    """
    rows, seen = [], set()
    for cell in resolved["cells"]:
        model = (cell["entry"], cell["recipe"], cell["condition"])
        if cell["work"] != "train" or cell["anchor"] or model in seen:
            continue
        seen.add(model)
        record = of_network(records.get(cell["key"]))
        plane = record.get("plane") if record is not None else None
        if plane is not None:
            rows.append(_row(resolved["entries"][cell["entry"]], cell, plane))
    return rows


def _row(entry: PlanEntry, cell: CellRow, plane: PlaneContent) -> CirclesRow:
    tap = list(plane["taps"])[-1]
    return {
        "suite": entry["suite"],
        "data": entry["data"],
        "family": entry["family"],
        "recipe": cell["recipe"],
        "condition": cell["condition"],
        "seed": cell["seed"],
        "tap": tap,
        "low": plane["low"],
        "high": plane["high"],
        "side": plane["side"],
        "neurons": plane["taps"][tap],
    }
