"""What workers are given, and the folder before they begin and after they end.

In: a resolved plan and its run folder. Out: the cells that are left to do; cells that cannot be trusted are set aside,
and what killed processes have left is removed. Afterwards: what became of every cell.
"""

import os
import sys
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from benchmark.data import splits as data
from benchmark.estimator import NearestSettings
from benchmark.plan.cells import resolve
from benchmark.plan.reading import KeepWeights, read_plan
from benchmark.plan.resolved import Cell, Resolved
from benchmark.process import ownership, provenance
from benchmark.process.paths import absolute, each, shown
from benchmark.process.progress import Progress
from benchmark.record import Record
from benchmark.run_folder import included, store
from benchmark.run_folder.at_work import plan_at_work
from benchmark.run_folder.leases import Leases
from benchmark.run_folder.run_plans import keep_plan
from benchmark.run_folder.shapes import DamagedCell, check_work
from benchmark.scoring.groups import check_groups
from registry import SUITES, DataError, data_folder
from registry.kernel_folder import kernel_folder
from registry.sources import Source

ATTEMPTS = 2  # of one command, at a cell
ARRAY = "SLURM_ARRAY_JOB_ID"
NOT_AGAIN = (
    f"not tried again: it failed {ATTEMPTS} times in job array {{number}}, whose commands count as one; to try it "
    f"again in the same job, unset {ARRAY} before the command"
)


def command_name() -> str:
    """What the attempts of one command are counted under: the workers of a Slurm job array belong to one."""
    array = os.environ.get(ARRAY)
    return f"slurm-{array}" if array else uuid.uuid4().hex


@dataclass(frozen=True)
class Assignment:
    """What all workers of one command are given: the plan, its run folder, the data, the user's own code of entries.

    `settings` are the key=value texts that have changed the plan. `retrain` allows training networks again whose
    weights are gone where a reading needs them.
    """

    resolved: Resolved
    run: Path
    root: Path
    sources: tuple[Source, ...] = ()
    settings: tuple[str, ...] = ()
    command: str = field(default_factory=command_name)
    retrain: bool = False

    def network_keeps(self, cell: Cell) -> KeepWeights:
        """Whether the weights of the network of a train cell are kept: always where a score is yet to read it."""
        keeps = self.resolved.plan.keep_weights
        return "all" if keeps == "auto" and cell.key in self.read_again else keeps

    @cached_property
    def read_again(self) -> frozenset[str]:
        """The keys of the networks that readings are taken from."""
        return frozenset(cell.train for cell in self.resolved.cells if "readings" in cell.identity)


def assign(
    plan: str,
    out: str | Path | None,
    data_dir: str | Path | None,
    overrides: str | Sequence[str],
    sources: Sequence[Source],
    retrain: bool = False,
) -> Assignment:
    """What is to be done, from what was asked for.

    Args:
        plan: The name of a built-in plan, or the path of a YAML file.
        out: The run folder; None for runs/ and the plan's name.
        data_dir: The data folder; None for that of the environment or the user.
        overrides: key=value texts that change the plan.
        sources: The user's own files that declare entries, already included.
        retrain: Whether networks whose weights are gone may be trained again where a reading needs them.

    Returns:
        The plan with its cells and keys, and where it runs. Nothing is written.

    Raises:
        UserError: The plan cannot be run; `PlanError` says where.
        DataError: A data set is not complete in the data folder.
    """
    settings = each(overrides)
    checked = read_plan(plan, settings)
    root = absolute(data_folder(data_dir))
    trial = f"-limit{checked.limit}" if checked.limit else ""
    folder = absolute(Path("runs") / f"{checked.name}{trial}" if out is None else out)
    return Assignment(resolve(checked, root), folder, root, tuple(sources), settings, retrain=retrain)


@contextmanager
def begun(given: Assignment, force: bool, say: Callable[[str], None]) -> Iterator[str]:
    """Claim the run folder and write down what is to be done; no command with another plan works there meanwhile.

    Args:
        given: What is to be done, and where.
        force: Whether the folder may hold other files too.
        say: Takes a line if the folder was another plan's until now.

    Yields:
        The digest of the plan.

    Raises:
        UserError: The folder is somebody else's (with `force`: its files lie in the way), or a command with another
            plan is at work there.
    """
    resolved = given.resolved.as_json()
    digest = str(resolved["digest"])
    ownership.claim(given.run, force)
    with plan_at_work(given.run, digest, given.command):
        included.keep(given.run, given.sources)
        if taken_over := keep_plan(given.run, resolved, given.settings):
            say(taken_over)
        provenance.record_command(given.run, sys.argv)
        yield digest


@dataclass
class Tally:
    """What became of the cells: how many were there already, how many this command computed, which failed or diverged.

    `failed` has the cause of each cell that failed for good, by key. `diverged` includes networks that diverged in an
    earlier run: the board cannot rank them either. `undone` are cells that nobody has published, although neither they
    nor their networks failed or diverged.
    """

    found: int = 0
    computed: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    diverged: list[str] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether every cell of the plan is published and can be ranked."""
        return not (self.failed or self.diverged or self.undone)


@dataclass(frozen=True)
class Remaining:
    """What is left of an assignment when its command begins: the cells that are not published.

    `given_up` are those that this command has failed at often enough before: a job array counts as one command.
    """

    cells: list[Cell]
    given_up: frozenset[str]


def prepare(assigned: Assignment, progress: Progress) -> tuple[Remaining, Tally]:
    """Remove what killed processes have left, set aside cells that cannot be trusted, and see what is left to do.

    Args:
        assigned: What is to be done.
        progress: Told of each cell that is set aside.

    Returns:
        The cells that are not published, and a tally that has counted those that are.
    """
    good = _good(assigned, progress)
    pending = [cell for cell in assigned.resolved.cells if cell.key not in good]
    if pending and (remark := kernel_folder().remark):
        progress.say(remark)
    before = frozenset(cell.key for cell in pending if given_up(cell.key, assigned.run, assigned.command))
    return Remaining(pending, before), Tally(found=len(good))


@contextmanager
def noting(tally: Tally, cells: int) -> Iterator[None]:
    """Add a note on how many of so many cells are done to whatever is raised inside the block."""
    try:
        yield
    except BaseException as stop:
        stop.add_note(f"{tally.found + tally.computed} of {cells} cells done")
        raise


def settle(assigned: Assignment, remaining: Remaining, tally: Tally) -> None:
    """Complete the tally with what other workers have done: cells that failed for good, networks that diverged.

    A score cell of a network that failed or diverged is not counted as undone.
    """
    store.sweep(assigned.run)
    lost: set[str] = set()  # networks without outputs
    for cell in assigned.resolved.cells:
        if store.is_published(assigned.run, cell.key):
            if cell.work == "train" and outcome(cell.key, assigned.run) == "diverged":
                tally.diverged.append(cell.key)
                lost.add(cell.key)
        elif len(causes := store.failures(assigned.run, cell.key, assigned.command)) >= ATTEMPTS:
            again = f"; {NOT_AGAIN.format(number=os.environ.get(ARRAY))}" if cell.key in remaining.given_up else ""
            tally.failed[cell.key] = causes[-1] + again
            lost.add(cell.key)
        elif cell.train not in lost:
            tally.undone.append(cell.key)


def find_published(cells: Iterable[Cell], run: Path) -> tuple[dict[str, Record], dict[str, str]]:
    """The record of each good cell, and why each damaged one cannot be trusted."""
    good: dict[str, Record] = {}
    damaged = {}
    for cell in cells:
        try:
            record = store.read_whole(run, cell.key)
            if record is not None:
                check_work(record, cell.work)
        except DamagedCell as error:
            damaged[cell.key] = str(error)
        else:
            if record is not None:
                good[cell.key] = record
    return good, damaged


def _good(assigned: Assignment, progress: Progress) -> set[str]:
    """The keys of the published cells; stale leases and unfinished files are removed, damaged cells set aside."""
    cells, run = assigned.resolved.cells, assigned.run
    store.sweep(run)
    good, damaged = find_published(cells, run)
    Leases(run, assigned.command).clear(good)  # those of cells that are not there are taken over, and counted
    for key, reason in damaged.items():
        with suppress(FileNotFoundError):  # another command has done so, just now
            aside = store.set_aside(run, key, reason)
            progress.say(f"{key}: {reason}; set aside in {shown(aside)}, will run again")
    return set(good)


def check_data(pending: Iterable[Cell], assigned: Assignment) -> None:
    """Load the data of every entry that has networks to train, and make its splits once, before anything trains.

    Raises:
        DataError: The data are not there, a metric needs groups that they do not have, or there are too few examples to
            train on, or to measure on.
    """
    for _ in data_checks(pending, assigned):
        pass


def data_checks(pending: Iterable[Cell], assigned: Assignment) -> Iterator[None]:
    """As `check_data`, with a pause after each entry whose data are found to be good."""
    resolved = assigned.resolved
    mi = resolved.plan.estimator.mi
    needed = mi.k + 1 if isinstance(mi, NearestSettings) else 2
    first = {cell.entry: cell.train_identity for cell in reversed(list(pending)) if cell.work == "train"}
    for number, identity in sorted(first.items()):
        splits = data.splits_of(identity, assigned.root)
        suite = resolved.entries[number]["suite"]
        check_groups(SUITES[suite], splits)
        fewest = min(len(splits.evaluation), len(splits.in_distribution))
        if fewest < needed:
            raise DataError(f"suite {suite!r} has {fewest} examples to measure on: the estimators need {needed}")
        if identity["training"].get("patience") and len(splits.train) <= data.FEWEST:
            raise DataError(
                f"suite {suite!r} has {len(splits.train)} examples to train on: with patience, which holds one back, "
                f"{data.FEWEST + 1} or more are needed"
            )
        yield


def given_up(key: str, run: Path, command: str) -> bool:
    """Whether the command has tried the cell often enough."""
    return len(store.failures(run, key, command)) >= ATTEMPTS


def outcome(key: str, run: Path) -> str:
    """How a published cell came out: "done", "diverged", or "damaged"."""
    try:
        record = store.read_record(run, key)
    except DamagedCell:
        return "damaged"
    return str(record["outcome"]) if record else "damaged"
