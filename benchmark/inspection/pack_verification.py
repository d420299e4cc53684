"""Is a pack what it says it is? Its bytes by their hashes, its plan derived again, some cells computed again.

In: a pack from anybody, how many cells to draw by which seed, whether to run the code of its own that it holds. Out:
findings, one after another, and the level that was reached. Foreign code is run only where that is asked for.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmark.inspection.levels import FINDS, LEVELS, MEANS, Level, numbers_of, probability, spreads, weakest
from benchmark.inspection.pack_statements import made_on, other_versions, plan_found, weights_found
from benchmark.inspection.rebuilt import Rebuilt
from benchmark.inspection.recomputation import ACCURACY, ENVELOPE, drawn
from benchmark.inspection.verification import Asked, trusted
from benchmark.measures import HEADLINES, MEASURES
from benchmark.plain.differences import differences
from benchmark.plain.findings import Finding, differs, listed
from benchmark.plain.packing import plain
from benchmark.plan.content import ResolvedContent
from benchmark.plan.resolved import Cell, Resolved
from benchmark.process import interruption
from benchmark.process.paths import shown
from benchmark.process.progress import Progress
from benchmark.record import Record, ScoreRecord, of_score
from benchmark.run.beside import Beside, peers_of
from benchmark.run.compute import compute
from benchmark.run_folder.included import FOLDER
from benchmark.run_folder.outputs import FILE
from benchmark.run_folder.packs.kept import HIDDEN
from benchmark.run_folder.packs.reading import unpack
from benchmark.run_folder.plan_verification import derived
from benchmark.run_folder.records import made_alike, read_records, read_resolved
from benchmark.run_folder.store import WEIGHTS
from registry import UserError
from registry.errors import RunError, in_short

RESCORED = 1e-3  # of itself, by which a number may be off that is computed from weights on another machine
FORGED = (1, 5, 20)  # cells, for which it is said how likely they would have been found
SHOWN = 5
LONGEST = 1000  # of a list that may hold words: a longer one holds numbers
_ARRAYS = ("taps", "plane")  # what no record of a pack has


@dataclass(frozen=True)
class _Pack:
    """A pack unpacked: where its networks are made anew, its plan as derived here, and its records."""

    rebuilt: Rebuilt
    resolved: ResolvedContent
    planned: Resolved
    records: Mapping[str, Record]


def verify_pack(file: Path, root: Path, asked: Asked, progress: Progress) -> Iterator[Finding]:
    """Everything that can be verified of a pack, cheap things first.

    Args:
        file: The pack.
        root: The data folder.
        asked: How much to compute again, and what may be run.
        progress: Told of every cell that is computed again.

    Yields:
        Findings; the last ones say which level was reached, and how likely forged cells would have been found.

    Raises:
        UserError: It is no pack, or its bytes are not what they were.
    """
    with TemporaryDirectory(prefix="memorank-") as scratch:
        run, again = Path(scratch, "pack"), Path(scratch, "again")
        for folder in (run, again / "cells"):
            folder.mkdir(parents=True)
        facts = unpack(file, run)
        resolved = read_resolved(run)
        records = read_records(run, resolved["cells"])[0]
        yield Finding(
            "pack", facts["name"], f"{facts['plan']}, {facts['cells']} cells, by memorank {facts['memorank']}"
        )
        yield Finding("checked", f"{facts['cells']} records and {len(facts['files'])} members, by their hashes")
        yield from made_on(facts)
        yield from other_versions(facts)
        try:
            yield from trusted(run, records.values(), asked)
            plan = derived(resolved, root)
        except UserError as error:
            code = f"its {FOLDER}/ (python -m zipfile -e {shown(file)} DIR)"
            said = str(error).replace(shown(run / FOLDER), code).replace(shown(run), facts["name"])
            yield Finding("not checked", "plan.json and every cell", said)
            yield _reached([])
            return
        found = [*plan_found(facts, resolved, plan, records), *weights_found(run, records)]
        yield from found
        pack = _Pack(Rebuilt(run, again, root, plan.plan.threads), resolved, plan, records)
        cells = [cell for cell in plan.cells if cell.key in records]
        yield from _drawn(pack, cells, drawn(cells, asked.cells, asked.seed), asked.seed, progress, found)


def _drawn(
    pack: _Pack,
    cells: Collection[Cell],
    chosen: Collection[Cell],
    seed: int,
    progress: Progress,
    before: Collection[Finding],
) -> Iterator[Finding]:
    """Compute the cells that are drawn, and say what that shows, together with what was found of the plan before."""
    reached: list[Level] = []
    wrong = 0
    with progress.over(len(chosen)):
        for cell in chosen:
            interruption.check()
            progress.begin(cell.key)
            try:
                finding = _score(cell, pack) if cell.work == "score" else _network(cell, pack)
            except RunError:
                raise
            except (Exception, SystemExit) as error:  # an entry may be anybody's code
                finding = Finding("not checked", cell.key, f"it cannot be computed again here: {in_short(error)}")
            wrong += finding.kind == "differs"
            reached.append(next((level for level in LEVELS if level == finding.kind), "claimed"))
            yield finding
            progress.end(cell.key)
    compared = sum(level != "claimed" for level in reached) + wrong
    counts = [f"{reached.count(level)} {level}" for level in LEVELS[:3] if level in reached]
    counts += [f"{wrong} different"] if wrong else []
    counts += [f"{len(chosen) - compared} not"] if len(chosen) > compared else []
    same = f"--cells {len(chosen)} --seed {seed} draws the same"
    every = len(pack.records)
    yield Finding("computed again", f"{len(chosen)} of {every} cells: {', '.join(counts) or 'none'} ({same})")
    if compared:
        each = [(forged, probability(compared, every, forged)) for forged in FORGED if forged <= every]
        said = ", ".join(f"of {forged} at least one with {100 * share:.1f} %" for forged, share in each)
        finds = FINDS[weakest([level for level in reached if level != "claimed"] or ["bitwise"])]
        yield Finding("probability", f"that cells forged by {finds} would have been found: {said}")
    if wrong or any(finding.kind == "differs" for finding in before):
        yield Finding("reached", "claimed", "something differs: it is not what it says that it is")
    elif any(finding.kind != "checked" for finding in before):
        yield Finding("reached", "claimed", "its plan was not derived again")
    else:
        yield _reached(reached)


def _score(cell: Cell, pack: _Pack) -> Finding:
    """Compute a score again, on its network made anew."""
    record, rebuilt = pack.records[cell.key], pack.rebuilt
    networks = {one.key: one for one in pack.planned.cells if one.work == "train"}
    peers = peers_of(cell, networks.values())
    alike = made_alike(record) and made_alike(pack.records[cell.train])
    # on a like machine it is trained again, as weights do not show that its history is what the record says
    made = [rebuilt.network(networks[cell.train], by_weights=not alike)]
    made += [rebuilt.network(networks[key]) for key in sorted({key for keys in peers.values() for key in keys})]
    result, _ = compute(cell, rebuilt.run, rebuilt.root, rebuilt.threads, False, "none", Beside(peers))
    stored: dict[str, Any] = {part: value for part, value in plain(record).items() if part not in (*ENVELOPE, *_ARRAYS)}
    whole = plain(json.loads(json.dumps({part: value for part, value in result.items() if part not in _ARRAYS})))
    whole = _as_hidden(stored, whole)
    if alike:
        if not made[0].equal:
            return differs(cell.key, f"its network {cell.train} is another one when it is trained again")
        found = [*map(str, differences(stored, whole))]
        return differs(cell.key, listed(found)) if found else Finding("bitwise", cell.key)
    if all(one.way == "weights" for one in made):
        apart = sorted(name for name in stored["measures"] if "history" in MEASURES[name].needs)
        for part in (stored, whole):
            part["measures"] = {name: value for name, value in part["measures"].items() if name not in apart}
        found = [*map(str, differences(stored, whole, relative=RESCORED, of_largest=("by_example",)))]
        text = f"but for {', '.join(apart)}, which weights do not tell" if apart else ""
        return differs(cell.key, listed(found)) if found else Finding("rescored", cell.key, text)
    score, computed = of_score(record), of_score({**record, **result})  # type: ignore[arg-type]
    if score is None or computed is None:
        return Finding("not checked", cell.key, "one of the two trainings diverged")
    return _reproduced(cell, score, computed, pack)


def _reproduced(cell: Cell, record: ScoreRecord, computed: ScoreRecord, pack: _Pack) -> Finding:
    """Compare the score of a network that was trained again with what seeds differ by."""
    row = next(row for row in pack.resolved["cells"] if row["key"] == cell.key)
    known = spreads(row, pack.resolved["cells"], pack.records)
    one, other = numbers_of(record), numbers_of(computed)
    if gone := sorted(one.keys() ^ other.keys()):
        return differs(cell.key, f"{', '.join(gone[:SHOWN])}: there is a number in one of the two alone")
    names = [name for name in one if name in known]
    if not names:
        return Finding("not checked", cell.key, "no setting has two seeds: nothing says how far a training may be off")
    limits = {name: known[name].smallest_forgery(len(names)) for name in names}
    off = [name for name in names if abs(one[name] - other[name]) > limits[name]]
    if off:
        texts = [
            f"{name} was {one[name]:.6g}, is {other[name]:.6g}, off by more than {limits[name]:.3g}" for name in off
        ]
        return differs(cell.key, listed(texts))
    first = [name for name in (*HEADLINES, *record["metrics"]) if name in limits]
    some = ", ".join(f"{name} by {limits[name]:.2g}" for name in first or names[:SHOWN])
    return Finding("reproduced", cell.key, f"the smallest forgery that this would have found: {some}")


def _as_hidden(stored: Any, computed: Any) -> Any:
    """What was computed, with the record's text where the pack has hidden a part of it."""
    if isinstance(stored, str) and HIDDEN in stored and isinstance(computed, str):
        return stored
    if isinstance(stored, dict) and isinstance(computed, dict):
        return {name: _as_hidden(stored.get(name), value) for name, value in computed.items()}
    if isinstance(stored, list) and isinstance(computed, list) and len(stored) == len(computed) < LONGEST:
        return [_as_hidden(one, other) for one, other in zip(stored, computed, strict=True)]
    return computed


def _network(cell: Cell, pack: _Pack) -> Finding:
    """Train a network again. On a like machine it is the same one, its weights too."""
    record, rebuilt = pack.records[cell.key], pack.rebuilt
    keeps = "all" if WEIGHTS in record["files"] else "none"
    result, files = compute(cell, rebuilt.pack, rebuilt.root, rebuilt.threads, False, keeps)  # type: ignore[arg-type]
    stored = {part: value for part, value in plain(record).items() if part not in (*ENVELOPE, "plane")}
    whole = plain(json.loads(json.dumps({part: value for part, value in result.items() if part != "plane"})))
    if made_alike(record):
        digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        named = {name: record["files"].get(name) for name in (FILE, WEIGHTS) if name in record["files"]}
        found = [str(one) for one in (*differences(stored, whole), *differences(named, digests, ("files",)))]
        return differs(cell.key, listed(found)) if found else Finding("bitwise", cell.key)
    one, other = (part.get("training_accuracy", 0.0) for part in (stored, whole))
    if differing := list(differences(one, other, ("training_accuracy",), absolute=ACCURACY)):
        return differs(cell.key, listed(differing))
    text = f"the smallest forgery that this would have found: a training accuracy off by {ACCURACY:g}"
    return Finding("reproduced", cell.key, text)


def _reached(levels: Collection[Level]) -> Finding:
    """The weakest level of all cells; none is computed where there are no levels."""
    level = weakest(levels or ["claimed"])
    some = level == "claimed" and set(levels) - {"claimed"}
    return Finding("reached", level, "not all cells that were drawn were computed again" if some else MEANS[level])
