"""What a run would do, before anything is spent: which cells, why, how long, and what tau can show with so many models.

In: a resolved plan and its run folder. Out: lines of text. Nothing is written.
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from statistics import fmean
from typing import Any

from benchmark.cells import Cell, Resolved
from benchmark.power import power_lines
from benchmark.shapes import DamagedCell
from benchmark.store import last_failure, published, read_record
from benchmark.types import Record
from benchmark.workers import find_published


def outlook(resolved: Resolved, run: Path) -> list[str]:
    """One line for each entry, for each reason to compute a cell, for the time, and for what tau can show."""
    good, damaged = find_published(resolved.cells, run)
    earlier = _earlier_records(run)
    lost = {key for key, outcome in good.items() if outcome == "diverged"}
    pending = [cell for cell in resolved.cells if cell.key not in good and cell.train not in lost]
    by_stem: dict[str, list[Record]] = {}
    for record in earlier.values():
        by_stem.setdefault(record["key"].rpartition("-")[0], []).append(record)
    reasons = Counter(f"{cell.work}: {_reason(cell, run, damaged, by_stem.get(cell.stem, []))}" for cell in pending)
    return [
        *_entry_lines(resolved),
        f"{len(resolved.cells)} cells, {len(good)} done, {len(pending)} to do{':' if pending else '; nothing to run'}",
        *([f"  {len(lost)} networks diverged and are not scored"] if lost else []),
        *(f"  {count} {reason}" for reason, count in sorted(reasons.items())),
        *([_cost(pending, earlier)] if pending else []),
        *_more(resolved, earlier),
        *power_lines(resolved.entries, len(resolved.plan.seeds), sum(m["placebo"] for m in resolved.measures.values())),
    ]


def _entry_lines(resolved: Resolved) -> list[str]:
    lines = []
    seeds = len(resolved.plan.seeds)
    for entry in resolved.entries:
        conditions, crossed = len(entry["conditions"]), len(entry["recipes"])
        anchors = ", as many anchors" if resolved.plan.anchors else ""
        networks = conditions * crossed * seeds
        size = f"{conditions} conditions x {crossed} recipes x {seeds} seeds = {networks} networks{anchors}"
        lines.append(
            f"{entry['suite']} ({entry['kind']}, {entry['data']}: {entry['origin']} data), {entry['family']}: {size}"
        )
    return lines


def _earlier_records(run: Path) -> dict[str, Record]:
    """Every readable record in the folder, of this plan or of one before it."""
    records = {}
    for key in published(run):
        try:
            record = read_record(run, key)
        except DamagedCell:
            continue
        if record is not None:
            records[key] = record
    return records


def _reason(cell: Cell, run: Path, damaged: Mapping[str, str], alike: list[Record]) -> str:
    """Why a cell is to be computed; `alike` are records that differ from it in their hash alone."""
    if cell.key in damaged:
        return f"damaged ({damaged[cell.key]})"
    if cause := last_failure(run, cell.key):
        return f"failed before ({cause})"
    if not alike:
        return "new"
    changes = min((list(_changes(record["identity"], cell.identity)) for record in alike), key=len)
    return "changed: " + ", ".join(changes)


def _changes(old: Any, new: Any, at: str = "") -> list[str]:
    """Each place where two identities differ: settings.entropy.bins 100 -> 50. A network's key is its own reason."""
    if isinstance(old, dict) and isinstance(new, dict):
        return [
            change
            for name in {**old, **new}
            for change in _changes(old.get(name), new.get(name), f"{at}.{name}".lstrip("."))
        ]
    if old == new:
        return []
    return ["its network"] if at == "train" else [f"{at} {_short(old)} -> {_short(new)}"]


def _short(value: Any) -> str:
    text = "none" if value is None else str(value)
    return text if len(text) <= 20 else f"{text[:8]}..."


def _cost(pending: list[Cell], earlier: Mapping[str, Record]) -> str:
    minutes = _minutes(pending, earlier)
    if minutes is None:
        return "time: known once a cell of each suite has run here"
    return f"time: about {minutes:.1f} min, as such cells took here before"


def _more(resolved: Resolved, earlier: Mapping[str, Record]) -> list[str]:
    """What more of everything costs, where that is known."""
    minutes = _minutes(resolved.cells, earlier)
    if minutes is None:
        return []
    seed = minutes / len(resolved.plan.seeds)
    conditions = sum(len(entry["conditions"]) for entry in resolved.entries) / len(resolved.entries)
    return [f"one more seed costs about {seed:.1f} min, one more condition of each suite {minutes / conditions:.1f}"]


def _minutes(cells: list[Cell], earlier: Mapping[str, Record]) -> float | None:
    """Seconds of like cells in this folder, as many times as they stand here; None where a kind has not run yet."""
    seconds: dict[tuple[str, ...], list[float]] = {}
    for key, record in earlier.items():
        seconds.setdefault(_kind(key, record["work"]), []).append(record["provenance"]["seconds"])
    known = {kind: fmean(spent) for kind, spent in seconds.items()}
    kinds = Counter(_kind(cell.key, cell.work) for cell in cells)
    return sum(known[kind] * count for kind, count in kinds.items()) / 60 if set(kinds) <= set(known) else None


def _kind(key: str, work: str) -> tuple[str, ...]:
    """Cells that take alike long: suite, kind of work, whether of an anchor."""
    return key.partition(".")[0], work, "anchor" if ".anchor" in key else "network"
