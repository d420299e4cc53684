"""What a run would do, before anything is spent: which cells, why, how long, and what tau can show with so many models.

In: a resolved plan and its run folder. Out: lines of text. Nothing is written.
"""

from collections import Counter
from collections.abc import Mapping
from math import factorial
from pathlib import Path
from statistics import fmean
from typing import Any

from benchmark.cells import Cell, Resolved
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
        *_power_lines(resolved),
    ]


def _entry_lines(resolved: Resolved) -> list[str]:
    lines = []
    seeds = len(resolved.plan.seeds)
    for entry in resolved.entries:
        conditions, crossed = len(entry["conditions"]), len(entry["recipes"])
        size = f"{conditions} conditions x {crossed} recipes x {seeds} seeds = {conditions * crossed * seeds} networks"
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
    """Seconds of like cells in this folder, as many times as they are to do."""
    seconds: dict[tuple[str, str], list[float]] = {}
    for key, record in earlier.items():
        seconds.setdefault((key.partition(".")[0], record["work"]), []).append(record["provenance"]["seconds"])
    known = {kind: fmean(spent) for kind, spent in seconds.items()}
    kinds = Counter((cell.key.partition(".")[0], cell.work) for cell in pending)
    if not set(kinds) <= set(known):
        return "time: known once a cell of each suite has run here"
    minutes = sum(known[kind] * count for kind, count in kinds.items()) / 60
    return f"time: about {minutes:.1f} min, as such cells took here before"


def _power_lines(resolved: Resolved) -> list[str]:
    lines: dict[int, list[str]] = {}
    for entry in resolved.entries:
        n = len(entry["conditions"])
        lines.setdefault(n, []).append(entry["suite"])
    return [
        f"n = {n}: tau 1 has p {min(1.0, 2 / factorial(n)):.2g} ({', '.join(suites)})"
        for n, suites in sorted(lines.items())
    ]
