"""What the neurons of the circles' networks do on the plane: for each model its first network, at its last tap.

In: the results of a plan. Out: rows for the figure.
"""

from collections.abc import Iterable

from benchmark.plan.content import CellRow, PlanEntry
from benchmark.record import PlaneContent
from benchmark.results.result import Result
from leaderboard.content.models import CirclesRow


def circles_rows(results: Iterable[Result]) -> list[CirclesRow]:
    """A row for each model whose first network was read on a plane.

    Args:
        results: All cells of the plan, with the records that they have.

    Returns:
        Rows in the order of the plan. A model whose first network is missing, diverged, or has a record of an earlier
        version has none: another seed does not stand in for it.
    """
    rows, seen = [], set()
    for result in results:
        cell, network = result.cell, result.network
        model = (cell["entry"], cell["recipe"], cell["condition"])
        if not result.is_network or model in seen:
            continue
        seen.add(model)
        plane = network.get("plane") if network is not None else None
        if plane is not None:
            rows.append(_row(result.suite, cell, plane))
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
