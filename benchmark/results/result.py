"""From a plan and its records to results: every cell with the suite that it belongs to and the record that it has.

In: the content of plan.json, and records by key. Out: one `Result` for each cell, in the plan's order. Whoever makes
models or rows reads results, and neither the plan nor the run folder.
"""

from collections.abc import Mapping
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


def results(resolved: ResolvedContent, records: Mapping[str, Record]) -> list[Result]:
    """The result of every cell of a plan, in its order. `records` are train and score, by key."""
    entries = resolved["entries"]
    return [Result(cell, entries[cell["entry"]], records.get(cell["key"])) for cell in resolved["cells"]]
