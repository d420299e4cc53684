"""What the entries of a board refer to. A board.json holds no references: they are those of the entries known here.

In: the content of board.json. Out: the reference of each entry that the board used, None where nobody here knows it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from leaderboard.content.board import BoardContent


@dataclass(frozen=True)
class Used:
    """An entry that a board used: what it is, its name, and its reference, None where it is not known."""

    kind: str
    name: str
    reference: str | None


class _Referring(Protocol):
    @property
    def reference(self) -> str: ...


def used_by(board: BoardContent) -> list[Used]:
    """The data sets, families, suites, measures and metrics of a board, each once, with their references."""
    names = {
        "data set": [row["data"] for row in board["suites"]],
        "family": [row["family"] for row in board["suites"]],
        "suite": [row["suite"] for row in board["suites"]],
        "measure": list(board["directions"]["measures"]),
        "metric": list(board["directions"]["metrics"]),
    }
    known = _known()
    return [
        Used(kind, name, known[kind][name].reference if name in known[kind] else None)
        for kind, own in names.items()
        for name in dict.fromkeys(own)
    ]


def all_references() -> list[str]:
    """The reference of every entry that is known here. What a work is called hangs on these, and not on the board."""
    return list(dict.fromkeys(_each_reference()))


def _each_reference() -> Iterator[str]:
    for entries in _known().values():
        for entry in entries.values():
            yield entry.reference


def _known() -> dict[str, Mapping[str, _Referring]]:
    """The usable entries of each kind."""
    from benchmark.measures import MEASURES
    from benchmark.metrics import METRICS
    from registry import DATASETS, FAMILIES, SUITES

    return {
        "data set": DATASETS.usable(),
        "family": FAMILIES.usable(),
        "suite": SUITES.usable(),
        "measure": MEASURES.usable(),
        "metric": METRICS.usable(),
    }
