"""What made a board: versions, commits, data, seeds, code and plan, as its records and plan.json have them.

In: the results of a plan. Out: plain data without a clock, a host or a path, so that it is the same
whoever reports; and, apart from the board, what making it has cost.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from benchmark.plan.content import PlanEntry
from benchmark.record import Machine, ProvenanceContent, Record
from benchmark.results.result import Results
from leaderboard.content.board import Cost, DataRow, Made, PartCost

Word = TypeVar("Word", str, int)


def made(results: Results, plan: str) -> Made:
    """Where every number of the board comes from. `plan` is the text of its plan."""
    suites = results.suites.values()
    origins = [result.record.get("provenance", {}) for result in results if result.record is not None]
    packages = sorted({package for origin in origins for package in origin.get("versions", {})})
    sources = [(name, digest) for origin in origins for name, digest in origin.get("sources", {}).items()]
    return {
        "versions": {
            package: _distinct(origin.get("versions", {}).get(package) for origin in origins) for package in packages
        },
        "commits": _distinct(origin.get("commit") for origin in origins),
        "devices": _distinct(origin.get("device") for origin in origins),
        "threads": _distinct(origin.get("threads") for origin in origins),
        "data": _data(suites, origins),
        "sources": {
            name: _distinct(digest for own, digest in sources if own == name) for name in sorted(dict(sources))
        },
        "seeds": _distinct(seed for entry in suites for seed in entry["seeds"]),
        "plan": plan,
    }


def cost(records: Mapping[str, Record]) -> Cost | None:
    """Where and when the records were made and how long that took: no part of a board. None without records."""
    origins = [record["provenance"] for record in records.values() if "provenance" in record]
    if not origins:
        return None
    machines = [origin.get("machine", {}) for origin in origins]
    times = _distinct(origin.get("started") for origin in origins)
    memory = [peak for origin in origins if (peak := origin.get("peak_memory")) is not None]
    found: Cost = {
        "machines": _distinct(_machine(machine) for machine in machines),
        "first": times[0] if times else None,
        "last": times[-1] if times else None,
        "seconds": sum(origin.get("seconds", 0.0) for origin in origins),
        "peak_memory": max(memory, default=None),
    }
    if parts := _parts(origin.get("parts", {}) for origin in origins):
        found["parts"] = parts
    return found


def _parts(each: Iterable[Mapping[str, float]]) -> list[PartCost]:
    """What each measure and reading takes, the dearest first. The first measure that needs MI pays for all that do."""
    seconds: dict[str, list[float]] = {}
    for parts in each:
        for part, spent in parts.items():
            seconds.setdefault(part, []).append(spent)
    rows: list[PartCost] = [
        {"part": part, "mean": sum(spent) / len(spent), "most": max(spent), "scores": len(spent)}
        for part, spent in seconds.items()
    ]
    return sorted(rows, key=lambda row: (-row["mean"], row["part"]))


def _data(suites: Iterable[PlanEntry], origins: Sequence[ProvenanceContent]) -> list[DataRow]:
    """Every data set of the plan with the fingerprints of the files that were read."""
    rows: list[DataRow] = []
    for name in dict.fromkeys(entry["data"] for entry in suites):
        entry = next(entry for entry in suites if entry["data"] == name)
        fingerprints = _distinct(origin.get("data_fingerprint") for origin in origins if origin.get("data") == name)
        licence = entry.get("licence", "")
        rows.append({"data": name, "origin": entry["origin"], "licence": licence, "fingerprints": fingerprints})
    return rows


def _machine(machine: Machine) -> str | None:
    """A machine in words: its processor, its cores and its system."""
    said = [
        machine.get("processor"),
        f"{machine['cores']} cores" if machine.get("cores") is not None else None,
        machine.get("system"),
    ]
    return ", ".join(str(part) for part in said if part) or None


def _distinct(values: Iterable[Word | None]) -> list[Word]:
    """The different values in order, None aside."""
    return sorted({value for value in values if value is not None})
