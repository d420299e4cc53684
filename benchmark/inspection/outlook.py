"""What a run would do, before anything is spent: which cells, why, how long, and what tau can show with so many models.

In: a resolved plan, its run folder and the data folder. Out: lines of text. Nothing is written.
"""

from collections import Counter
from collections.abc import Mapping
from math import inf
from pathlib import Path

from benchmark.inspection.cost import cost
from benchmark.plain.words import counted
from benchmark.plan.resolved import Cell, Resolved
from benchmark.record import Record
from benchmark.run.assignment import find_published
from benchmark.run_folder.shapes import DamagedCell
from benchmark.run_folder.store import last_failure, published, read_record
from benchmark.statistics.power import power_by_suite, power_in_words
from benchmark.statistics.stakes import Stakes, stakes_of


def outlook(resolved: Resolved, run: Path, root: Path, budget: float = inf) -> list[str]:
    """What the board can show at best, how long it takes, which cells run and why, and what each suite holds.

    Args:
        resolved: The plan.
        run: Its run folder, which need not be there.
        root: The data folder.
        budget: Seconds that may be spent on trying kinds of cells that have not run yet.

    Returns:
        Lines of text.
    """
    good, damaged = find_published(resolved.cells, run)
    earlier = {**good, **_other_records(run, {cell.key for cell in resolved.cells})}
    lost = {key for key, record in good.items() if record["outcome"] == "diverged"}
    pending = [cell for cell in resolved.cells if cell.key not in good and cell.train not in lost]
    by_stem: dict[str, list[Record]] = {}
    for record in earlier.values():
        by_stem.setdefault(record["key"].rpartition("-")[0], []).append(record)
    reasons = Counter(f"{cell.work}: {_reason(cell, run, damaged, by_stem.get(cell.stem, []))}" for cell in pending)
    stakes = stakes_in(resolved)
    return [
        *power_in_words(stakes, resolved.plan.hypotheses),
        *cost(resolved, pending, earlier, root, budget),
        f"{counted(sum(cell.work == 'train' for cell in resolved.cells), 'network', 'networks')}, "
        f"{len(resolved.cells)} cells, {len(good)} done, {len(pending)} to do{':' if pending else '; nothing to run'}",
        *([f"  {len(lost)} networks diverged and are not scored"] if lost else []),
        *(f"  {count} {reason}" for reason, count in sorted(reasons.items())),
        *_entry_lines(resolved),
        *power_by_suite(stakes),
    ]


def stakes_in(resolved: Resolved) -> Stakes:
    """What the claims of a plan's board rest on."""
    plan = resolved.plan
    placebos = sum(measure["placebo"] for measure in resolved.measures.values())
    asked = len(plan.hypotheses), len(plan.estimator.inputs), len(plan.estimator.scope)
    return stakes_of(resolved.entries, *asked, placebos)


def _entry_lines(resolved: Resolved) -> list[str]:
    lines = []
    for entry in resolved.entries:
        conditions, crossed, seeds = (len(entry[name]) for name in ("conditions", "recipes", "seeds"))
        anchors = ", as many anchors" if resolved.plan.anchors else ""
        factors = (
            f"{counted(conditions, 'condition', 'conditions')}",
            counted(crossed, "recipe", "recipes"),
            counted(seeds, "seed", "seeds"),
        )
        size = f"{' x '.join(factors)} = {counted(conditions * crossed * seeds, 'network', 'networks')}"
        place = f"{entry['suite']} ({entry['kind']}, {entry['data']}: {entry['origin']} data), {entry['family']}"
        lines.append(f"{place}: {size}{anchors}")
    return lines


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


def _changes(old: object, new: object, at: str = "") -> list[str]:
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


def _short(value: object) -> str:
    text = "none" if value is None else str(value)
    return text if len(text) <= 20 else f"{text[:8]}..."
