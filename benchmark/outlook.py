"""What a run would do, before anything is spent: which cells, why, how long, and what tau can show with so many models.

In: a resolved plan, its run folder and the data folder. Out: lines of text. Nothing is written.
"""

import time
from collections import Counter
from collections.abc import Mapping
from math import inf
from pathlib import Path
from statistics import fmean
from typing import Any

from benchmark.assignment import find_published
from benchmark.cells import Cell, Resolved
from benchmark.power import power_by_suite, power_in_words
from benchmark.shapes import DamagedCell
from benchmark.stakes import Stakes, stakes_of
from benchmark.store import last_failure, published, read_record
from benchmark.types import Record
from benchmark.wrapping import counted
from registry import DATASETS, FAMILIES, SUITES, UserError


def outlook(resolved: Resolved, run: Path, root: Path, budget: float = inf) -> list[str]:
    """What the board can show at best, how long it takes, why which cells run, and what each suite holds.

    Kinds of cells that have not run yet are tried here, as long as that takes less than `budget` seconds.
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
        *_cost(resolved, pending, earlier, root, budget),
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
            f"{counted(conditions, 'condition', 'conditions')}{_fewer(entry)}",
            counted(crossed, "recipe", "recipes"),
            counted(seeds, "seed", "seeds"),
        )
        size = f"{' x '.join(factors)} = {counted(conditions * crossed * seeds, 'network', 'networks')}"
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


def _cost(
    resolved: Resolved, pending: list[Cell], earlier: Mapping[str, Record], root: Path, budget: float
) -> list[str]:
    """The time that pending cells take, and more of everything, where that is known."""
    measured = _seconds_by_kind(earlier)
    unknown = {_kind(cell.key, cell.work) for cell in resolved.cells} - set(measured)
    from_probe = _probed(resolved, unknown, root, budget)
    known = {**measured, **from_probe}
    if unknown - set(known):
        return [_known_in_part(pending, known, bool(from_probe))] if pending else []
    whole = duration(sum(known[_kind(cell.key, cell.work)] for cell in pending))
    most, how = ("at most ", "by a short probe, if every epoch is needed") if from_probe else ("", "as they took here")
    seed, condition = (duration(_one_more(resolved, known, part)) for part in ("seeds", "conditions"))
    return [
        *([f"time: {most}about {whole} for one worker, {how}"] if pending else []),
        f"one more seed costs {most}about {seed}, one more condition of each suite {condition}",
    ]


def _known_in_part(pending: list[Cell], known: Mapping[tuple[str, ...], float], probed: bool) -> str:
    """The time of those pending cells of which it is known."""
    seconds = [known[kind] for cell in pending if (kind := _kind(cell.key, cell.work)) in known]
    if not seconds:
        return "time: not known before such cells have run here; --probe tries a few steps"
    most = "at most " if probed else ""
    return (
        f"time: {most}about {duration(sum(seconds))} for {len(seconds)} of the cells to do; that of the others is "
        "not known before such cells have run here; --probe tries a few steps"
    )


def _one_more(resolved: Resolved, known: Mapping[tuple[str, ...], float], part: str) -> float:
    """Seconds of one more seed or condition of each suite."""
    return sum(known[_kind(c.key, c.work)] / len(resolved.entries[c.entry][part]) for c in resolved.cells)


def duration(seconds: float) -> str:
    """A time in the unit that suits it.

    >>> duration(0.2), duration(42), duration(432), duration(33000)
    ('1 s', '42 s', '7.2 min', '9.2 h')
    """
    if seconds < 100:
        return f"{max(1, round(seconds))} s"
    return f"{seconds / 60:.1f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"


def _seconds_by_kind(earlier: Mapping[str, Record]) -> dict[tuple[str, ...], float]:
    """Mean seconds of the cells of each kind in this folder."""
    seconds: dict[tuple[str, ...], list[float]] = {}
    for key, record in earlier.items():
        seconds.setdefault(_kind(key, record["work"]), []).append(record["provenance"]["seconds"])
    return {kind: fmean(spent) for kind, spent in seconds.items()}


def _probed(resolved: Resolved, kinds: set[tuple[str, ...]], root: Path, budget: float) -> dict[tuple[str, ...], float]:
    """Seconds of a cell of each kind, tried here; of networks the mean over the kind's training settings.

    With a budget these are the kinds that could be tried within it: none is begun that would pass the budget if it
    took as long as the longest one so far.
    """
    limited = budget < inf
    if limited and not all(map(_small, _networks_of(resolved, kinds))):
        return {}
    started = before = time.monotonic()
    longest = 0.0
    seconds: dict[tuple[str, ...], float] = {}
    for kind in sorted(kinds):
        now = time.monotonic()
        longest, before = max(longest, now - before), now
        if now - started + longest > budget:
            return seconds
        alike = [cell for cell in resolved.cells if _kind(cell.key, cell.work) == kind]
        try:
            seconds[kind] = _tried(resolved, alike, root)
        except (Exception, SystemExit) as error:  # an entry's code may be anybody's
            if limited:
                return seconds
            raise UserError(f"the probe of {alike[0].stem} failed: {type(error).__name__}: {error}") from error
    return seconds


def _tried(resolved: Resolved, alike: list[Cell], root: Path) -> float:
    """Seconds of one of the cells, which are of one kind. Raises what their entries do."""
    from benchmark.probe import scoring_seconds, training_seconds

    threads = resolved.plan.threads
    if alike[0].work == "train":
        settings = {cell.recipe: cell for cell in alike}.values()
        return fmean(training_seconds(cell, root, threads) for cell in settings)
    network = next(cell for cell in resolved.cells if cell.key == alike[0].train)
    return scoring_seconds(network, alike[0], root, threads)


def _small(network: Cell) -> bool:
    """Whether a network may be tried unasked: a perceptron, and nothing but code of memorank's own."""
    suite, family, data = (network.identity[part] for part in ("suite", "family", "data"))
    places = SUITES.check(suite), FAMILIES.check(family), DATASETS.check(data)
    return FAMILIES[family].modality == "vector" and not any(place.outside for place in places)


def _networks_of(resolved: Resolved, kinds: set[tuple[str, ...]]) -> list[Cell]:
    """The train cells behind the cells of some kinds."""
    wanted = {kind[:2] for kind in kinds}
    return [cell for cell in resolved.cells if cell.work == "train" and _kind(cell.key, cell.work)[:2] in wanted]


def _kind(key: str, work: str) -> tuple[str, ...]:
    """Cells that take alike long: suite, family, kind of work, whether of an anchor."""
    suite, family, *_ = key.split(".")
    return suite, family, work, "anchor" if ".anchor" in key else "network"
