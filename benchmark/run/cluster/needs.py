"""What cells need of the workers of a Dask cluster.

In: cells. Out: amounts by the names of Dask's resources.
"""

from collections.abc import Iterable, Mapping

from benchmark.plan.resolved import Cell
from registry import FAMILIES

Needs = tuple[tuple[str, float], ...]  # names of resources with amounts; empty where any worker will do


def needs_of_networks(cells: Iterable[Cell]) -> dict[str, Needs]:
    """What the family of each network declares, by the key of the network."""
    return {
        cell.key: tuple(FAMILIES[cell.train_identity["family"]].resources.asked().items())
        for cell in cells
        if cell.work == "train"
    }


def needs_of(cell: Cell, of_networks: Mapping[str, Needs]) -> Needs:
    """What a cell needs: a train cell all that its family declares, a score cell no GPU."""
    needs = of_networks[cell.train]
    return needs if cell.work == "train" else tuple(need for need in needs if need[0] != "gpus")


def option_of(needs: Needs) -> str:
    """The value of `dask worker --resources` that offers just this.

    >>> option_of((("memory", 8e9), ("gpus", 1)))
    'memory=8e+09 gpus=1'
    """
    return " ".join(f"{name}={amount:g}" for name, amount in needs)
