"""Is a run folder what it says it is? Its files by their hashes, its plan derived again, some cells computed again.

In: a run folder, how many cells to draw by which seed, whether to run the code of its own that it holds. Out: findings,
one after another; nothing is written. Foreign code is run only where that is asked for.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmark.inspection.recomputation import drawn, recomputed, summary
from benchmark.inspection.sensitivity import Values, kept_values
from benchmark.plain.differences import differences
from benchmark.plain.findings import Finding, differs, listed
from benchmark.plan.catalogue import include
from benchmark.plan.content import ResolvedContent
from benchmark.plan.resolved import Cell
from benchmark.process.paths import shown
from benchmark.process.progress import Progress
from benchmark.record import Record
from benchmark.run_folder import included
from benchmark.run_folder.outputs import FILE, check_named, of_record
from benchmark.run_folder.plan_verification import derived, kept_plans, plan_differences
from benchmark.run_folder.records import read_resolved
from benchmark.run_folder.run_plans import board_folder, find_plan
from benchmark.run_folder.shapes import DamagedCell, UnreadableCell, check_work
from benchmark.run_folder.store import published, read_file, read_record
from registry import UserError
from registry.sources import Source

# A board's folder, the content of plan.json, the records, and what gives the values for its sensitivity.
BoardCheck = Callable[[Path, ResolvedContent, Mapping[str, Record], Callable[[], Values]], Iterable[Finding]]


@dataclass(frozen=True)
class Asked:
    """What is to be verified.

    `cells` is how many to compute again, None for all, drawn by `seed`. `trust` allows to run the code of its own that
    the run folder holds; `brought` says that the user has included files instead. `plan` names another plan of the
    folder than its own.
    """

    cells: int | None
    seed: int
    trust: bool = False
    brought: bool = False
    plan: str | None = None


@dataclass(frozen=True)
class Stored:
    """The cells of a run folder: the records that can be read, the keys of those whose files are whole too."""

    records: dict[str, Record]
    whole: set[str]
    findings: list[Finding]

    @property
    def unread(self) -> set[str]:
        """The keys of those that cannot be read just now."""
        return {finding.about for finding in self.findings if finding.kind == "not checked"}


def verify(run: Path, root: Path, asked: Asked, board: BoardCheck, progress: Progress) -> Iterator[Finding]:
    """Everything that can be verified of a run folder, cheap things first.

    Args:
        run: The run folder.
        root: The data folder.
        asked: How much to compute again, and what may be run.
        board: Compares the board with what the records give; it needs what only `leaderboard` knows.
        progress: Told of every cell that is computed again.

    Yields:
        Findings; the last ones say what has been checked, and how likely a forged number would have been found.

    Raises:
        UserError: What is no run folder, or something without which the rest cannot be checked.
    """
    own = read_resolved(run)
    digest = find_plan([run], asked.plan)
    resolved = own if digest is None else read_resolved(run, digest)
    stored = read_cells(run, resolved)
    yield from stored.findings
    files = sum(len(stored.records[key]["files"]) for key in stored.whole)
    yield Finding("checked", f"{len(stored.whole)} cells and {files} files of theirs, by their hashes")
    yield from kept_plans(run, own)
    if stored.unread:
        yield Finding("not checked", "board", "it cannot be compared before every record can be read")
    else:
        values = partial(kept_values, run, resolved, stored.records)
        yield from board(board_folder(run, digest), resolved, stored.records, values)
    yield from trusted(run, stored.records.values(), asked)
    plan = derived(resolved, root)
    file = "plan.json" if digest is None else f"plans/{digest}.json"
    yield from plan_differences(file, resolved, plan)
    yield from _identities(plan.cells, stored.records)
    yield Finding("checked", f"{file}, and what each record says that it is of")
    whole = [cell for cell in plan.cells if cell.key in stored.whole]
    usable = [cell for cell in whole if _has_network(cell, stored)]
    for cell in whole:
        if not _has_network(cell, stored) and cell.train not in stored.unread:
            yield differs(cell.key, f"its network {cell.train} is not there whole: nothing stands behind its numbers")
    if not usable:
        raise UserError(f"{shown(run)} {_why_none(resolved, plan.cells, published(run))}")
    chosen = drawn(usable, asked.cells, asked.seed)
    found = []
    for finding in recomputed(chosen, run, root, resolved, plan, stored.records, progress):
        found.append(finding)
        yield finding
    yield from summary(usable, chosen, found, stored.records, asked.seed)


def read_cells(run: Path, resolved: ResolvedContent) -> Stored:
    """Read every published cell, each file by its hash and outputs by what they must hold.

    The plan's cells that are not there are named too.
    """
    planned = {cell["key"]: cell["work"] for cell in resolved["cells"]}
    there = published(run)
    stored = Stored({}, set(), [Finding("missing", key, "it has no record") for key in planned if key not in there])
    for key in sorted(there):
        try:
            record = read_record(run, key)
            if record is None:  # removed just now
                continue
            if key in planned:
                check_work(record, planned[key])
                stored.records[key] = record
            else:
                stored.findings.append(Finding("of another plan", key))
            contents = {name: read_file(run, record, name) for name in record["files"]}
            if record["work"] == "train" and record["outcome"] == "done":
                check_named(record)
                of_record(record, contents[FILE])
            stored.whole.update({key} & planned.keys())
        except DamagedCell as error:
            stored.findings.append(Finding("damaged", key, str(error)))
        except UnreadableCell as error:
            stored.findings.append(Finding("not checked", key, str(error)))
    return stored


def trusted(run: Path, records: Iterable[Record], asked: Asked) -> Iterator[Finding]:
    """Include the user's code that the run's records name. Raises UserError where it may not be run."""
    sources = {digest for record in records for digest in record["identity"].get("sources", {}).values()}
    try:
        kept = included.kept(run)
    except UserError as error:
        yield differs(included.FOLDER, error)
        kept = ()
    used = [source for source in kept if source.digest in sources]
    if not used or asked.brought:
        return
    if not asked.trust:
        place = shown(run / included.FOLDER)
        raise UserError(
            f"{shown(run)} was made with code of its own ({_names(used)}), which has not been run, so plan.json and "
            f"the cells have not been checked: look at it in {place}, then say --trust to run it, or bring your own "
            "copy with --include"
        )
    if problems := include(used):
        raise UserError(problems[0])
    yield Finding("trusted", _names(used), f"run from {run / included.FOLDER}")


def _names(sources: Iterable[Source]) -> str:
    return ", ".join(sorted(file.name for one in sources for file in (one.file, *(h.file for h in one.helpers))))


def _identities(cells: Iterable[Cell], records: Mapping[str, Record]) -> Iterator[Finding]:
    """Each record is of what its key stands for."""
    for cell in cells:
        said = records[cell.key]["identity"] if cell.key in records else cell.identity
        if found := list(differences(said, cell.identity, ("identity",))):
            yield differs(cell.key, listed(found))


def _why_none(resolved: ResolvedContent, cells: Iterable[Cell], there: set[str]) -> str:
    """Why no cell can be computed again, from plan.json, the cells of this version, and the published keys."""
    if there.isdisjoint(cell["key"] for cell in resolved["cells"]):
        return "has no cell yet: `memorank run` computes them"
    if there.isdisjoint(cell.key for cell in cells):
        return "has no cell that this version would compute: its entries or versions have changed"
    return "has no cell that can be computed again: the lines above say what is wrong with each"


def _has_network(cell: Cell, stored: Stored) -> bool:
    return cell.train in stored.whole and (cell.work == "train" or stored.records[cell.train]["outcome"] == "done")
