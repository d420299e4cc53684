"""The numbers of a score cell that an earlier score of the same network holds already.

In: a score cell and the run folder. Out: the record of which most can be taken over, and which measures that is. A
measure is the same if its version and its code are, and those of its readings, and the networks that it looks at.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from benchmark.identity import ScoreIdentity
from benchmark.measures import MEASURES
from benchmark.metrics import METRICS
from benchmark.networks.readings import READINGS
from benchmark.plain.keeping import kept
from benchmark.plan.resolved import Cell
from benchmark.record import ScoreRecord, of_score
from benchmark.run_folder import store
from benchmark.run_folder.records import made_here
from benchmark.run_folder.shapes import DamagedCell, UnreadableCell

SAME = (
    "train",
    "inputs",
    "settings",
    "metrics",
    "read_on",
)  # in both identities


@dataclass(frozen=True)
class Before:
    """An earlier score of the same network, and the names of the measures that are the same there."""

    record: ScoreRecord
    measures: frozenset[str]

    def parts(self) -> Mapping[str, float]:
        """What its measures and readings took."""
        return self.record["provenance"].get("parts", {})


def score_before(cell: Cell, run: Path) -> Before | None:
    """The earlier score with the most measures that are the same, None where there is none.

    Args:
        cell: A score cell.
        run: The run folder. What cannot be read there is no earlier score.
    """
    found = []
    for key in _published_by_stem(run).get(cell.stem, ()):
        if key == cell.key:
            continue
        try:
            record = of_score(store.read_record(run, key))
        except (DamagedCell, UnreadableCell):
            continue
        if record is not None and made_here(record) and (same := _same(cell.score_identity, record)):
            found.append(Before(record, same))
    return max(found, key=lambda before: len(before.measures), default=None)


@kept(most=1)
def _published_by_stem(run: Path) -> dict[str, list[str]]:
    """The keys of the published cells by their readable part; the folder is listed once for all cells of a worker."""
    found: dict[str, list[str]] = {}
    for key in sorted(store.published(run)):
        found.setdefault(key.rpartition("-")[0], []).append(key)
    return found


def _same(asked: ScoreIdentity, record: ScoreRecord) -> frozenset[str]:
    """The measures of a record that stand there as the identity asks for them."""
    known = cast(ScoreIdentity, record["identity"])
    one, other = cast(Mapping[str, object], asked), cast(Mapping[str, object], known)
    if any(one.get(part) != other.get(part) for part in SAME) or _code_of_metrics(asked) != _code_of_metrics(known):
        return frozenset()
    return frozenset(
        name
        for name, version in asked["measures"].items()
        if name in record["measures"] and known["measures"].get(name) == version and _is_made_alike(name, asked, known)
    )


def _code_of_metrics(identity: ScoreIdentity) -> dict[str, str]:
    said = identity.get("sources", {})
    return {name: digest for name, digest in said.items() if name.rpartition(" ")[0] == METRICS.kind}


def _is_made_alike(name: str, asked: ScoreIdentity, known: ScoreIdentity) -> bool:
    """Whether the code of a measure, its readings and the networks that it looks at are the same in both."""
    measure = MEASURES[name]
    said = [f"{MEASURES.kind} {name}", *(f"{READINGS.kind} {reading}" for reading in measure.readings)]
    return (
        all(asked.get("sources", {}).get(code) == known.get("sources", {}).get(code) for code in said)
        and all(asked.get("readings", {}).get(one) == known.get("readings", {}).get(one) for one in measure.readings)
        and (measure.over == "one" or asked["peers"].get(measure.over) == known.get("peers", {}).get(measure.over))
    )
