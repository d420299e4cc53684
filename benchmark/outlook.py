"""What a run would do, before anything is spent: which cells, why, how long, and what tau can show with so many models.

In: a resolved plan and its run folder; for a probe also the data folder. Out: lines of text. Nothing is written.
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from statistics import fmean
from typing import Any

from benchmark.assignment import find_published
from benchmark.cells import Cell, Resolved
from benchmark.power import power_lines
from benchmark.shapes import DamagedCell
from benchmark.store import last_failure, published, read_record
from benchmark.types import Record
from registry import UserError


def outlook(resolved: Resolved, run: Path, root: Path | None = None) -> list[str]:
    """One line for each entry, for each reason to compute a cell, for the time, and for what tau can show.

    Kinds of cells that have not run yet are probed where the data folder is given.
    """
    good, damaged = find_published(resolved.cells, run)
    earlier = {**good, **_other_records(run, {cell.key for cell in resolved.cells})}
    lost = {key for key, record in good.items() if record["outcome"] == "diverged"}
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
        *_cost(resolved, pending, earlier, root),
        *power_lines(resolved.entries, sum(m["placebo"] for m in resolved.measures.values())),
    ]


def _entry_lines(resolved: Resolved) -> list[str]:
    lines = []
    for entry in resolved.entries:
        conditions, crossed, seeds = (len(entry[name]) for name in ("conditions", "recipes", "seeds"))
        anchors = ", as many anchors" if resolved.plan.anchors else ""
        networks = conditions * crossed * seeds
        size = f"{conditions} conditions{_fewer(entry)} x {crossed} recipes x {seeds} seeds = {networks} networks"
        place = f"{entry['suite']} ({entry['kind']}, {entry['data']}: {entry['origin']} data), {entry['family']}"
        lines.append(f"{place}: {size}{anchors}")
    return lines


def _fewer(entry: Mapping[str, Any]) -> str:
    return " (fewer: no bfloat16 here)" if entry["fewer_conditions"] else ""


def _other_records(run: Path, planned: set[str]) -> dict[str, Record]:
    """Every readable record in the folder of a plan before this one."""
    records = {}
    for key in published(run) - planned:
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


def _cost(resolved: Resolved, pending: list[Cell], earlier: Mapping[str, Record], root: Path | None) -> list[str]:
    """The time that pending cells take, and more of everything, where that is known."""
    measured = _seconds_by_kind(earlier)
    unknown = {_kind(cell.key, cell.work) for cell in resolved.cells} - set(measured)
    if unknown and root is None:
        return ["time: not known before such cells have run here; --probe tries a few steps"] if pending else []
    from_probe = _probed(resolved, unknown, root) if root and unknown else {}
    known = {**measured, **from_probe}
    minutes = sum(known[_kind(cell.key, cell.work)] for cell in pending) / 60
    most, how = ("at most ", "by a short probe, if every epoch is needed") if from_probe else ("", "as they took here")
    seed, condition = (_one_more(resolved, known, part) for part in ("seeds", "conditions"))
    return [
        *([f"time: {most}about {minutes:.1f} min for one worker, {how}"] if pending else []),
        f"one more seed costs {most}about {seed:.1f} min, one more condition of each suite {condition:.1f}",
    ]


def _one_more(resolved: Resolved, known: Mapping[tuple[str, ...], float], part: str) -> float:
    """Minutes of one more seed or condition of each suite."""
    shares = (known[_kind(c.key, c.work)] / len(resolved.entries[c.entry][part]) for c in resolved.cells)
    return sum(shares) / 60


def _seconds_by_kind(earlier: Mapping[str, Record]) -> dict[tuple[str, ...], float]:
    """Mean seconds of the cells of each kind in this folder."""
    seconds: dict[tuple[str, ...], list[float]] = {}
    for key, record in earlier.items():
        seconds.setdefault(_kind(key, record["work"]), []).append(record["provenance"]["seconds"])
    return {kind: fmean(spent) for kind, spent in seconds.items()}


def _probed(resolved: Resolved, kinds: set[tuple[str, ...]], root: Path) -> dict[tuple[str, ...], float]:
    """Seconds of a cell of each kind, tried here; of networks the mean over the kind's training settings."""
    from benchmark.probe import scoring_seconds, training_seconds

    threads = resolved.plan.threads
    networks = {cell.key: cell for cell in resolved.cells if cell.work == "train"}
    seconds = {}
    for kind in kinds:
        alike = [cell for cell in resolved.cells if _kind(cell.key, cell.work) == kind]
        try:
            if alike[0].work == "train":
                settings = {cell.recipe: cell for cell in alike}.values()
                seconds[kind] = fmean(training_seconds(cell, root, threads) for cell in settings)
            else:
                seconds[kind] = scoring_seconds(networks[alike[0].train], alike[0], root, threads)
        except (Exception, SystemExit) as error:  # an entry's code may be anybody's
            raise UserError(f"the probe of {alike[0].stem} failed: {type(error).__name__}: {error}") from error
    return seconds


def _kind(key: str, work: str) -> tuple[str, ...]:
    """Cells that take alike long: suite, family, kind of work, whether of an anchor."""
    suite, family, *_ = key.split(".")
    return suite, family, work, "anchor" if ".anchor" in key else "network"
