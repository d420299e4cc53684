"""From a plan and its records to results: every cell with the suite that it belongs to and the record that it has.

In: the content of plan.json, and records by key. Out: `Results`, one `Result` for each cell. Whoever makes models or
rows reads results, which have the entries of the plan, and neither the plan itself nor the run folder.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmark.plan.content import CellRow, PlanEntry, ResolvedContent
from benchmark.record import Record, ScoreRecord, TrainRecord, of_network, of_score


@dataclass(frozen=True)
class Result:
    """A cell of a plan, the entry of the plan that it is of, and its record: None where it has none yet."""

    cell: CellRow
    suite: PlanEntry
    record: Record | None

    @property
    def is_network(self) -> bool:
        """Whether it is the training of a network that is ranked; anchors are not."""
        return self.cell["work"] == "train" and not self.cell["anchor"]

    @property
    def is_score(self) -> bool:
        """Whether it is the scoring of a network that is ranked; anchors are not."""
        return self.cell["work"] == "score" and not self.cell["anchor"]

    @property
    def network(self) -> TrainRecord | None:
        """The record as that of a trained network, None where it is none."""
        return of_network(self.record)

    @property
    def score(self) -> ScoreRecord | None:
        """The record as that of a score, None where it is none."""
        return of_score(self.record)


@dataclass(frozen=True)
class Results:
    """The results of some cells, and the entries of the plan that the results are of, by their numbers there.

    An entry is there whether or not it has a cell. Of a plan as a whole, cells and entries stand in its order.
    """

    suites: Mapping[int, PlanEntry]
    cells: Sequence[Result]

    def __iter__(self) -> Iterator[Result]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)


def results(resolved: ResolvedContent, records: Mapping[str, Record]) -> Results:
    """The result of every cell of a plan, in its order. `records` are train and score, by key."""
    entries = resolved["entries"]
    cells = [Result(cell, entries[cell["entry"]], records.get(cell["key"])) for cell in resolved["cells"]]
    return Results(dict(enumerate(entries)), cells)
