"""The commands that compute or look at what can be computed; those that need no page live here.

In: the options of a command line. Out: lines on stdout, and the exit code.
"""

import argparse
import secrets
import shlex
from math import inf
from typing import TYPE_CHECKING

from benchmark.process.ownership import check_claim
from benchmark.process.paths import absolute, shown
from benchmark.process.wrapping import complain, line_width, printable, say, wrapped
from benchmark.run.assignment import Assignment, assign, begun, check_data
from benchmark.run_folder.run_plans import board_folder
from registry import UserError

if TYPE_CHECKING:
    from benchmark.inspection.verification import BoardCheck

PROBING = 10.0  # seconds for which `plan` tries cells without being asked to
SEED_BITS = 32  # a seed that a person can type


def asked(options: argparse.Namespace) -> Assignment:
    """What `run` and `plan` are asked for."""
    overrides = [*options.set, *([f"limit={options.limit}"] if options.limit else [])]
    retrain = getattr(options, "retrain", False)
    return assign(options.plan, options.out, options.data_dir, overrides, options.sources, retrain)


def chosen_scheduler(options: argparse.Namespace) -> str | None:
    """The address of the Dask scheduler that --dask names, None without --dask.

    Raises:
        UserError: --workers or --slurm stands beside it, or it names no scheduler.
    """
    if options.dask is None:
        return None
    for word in ("workers", "slurm"):
        if getattr(options, word) is not None:
            raise UserError(f"--dask and --{word} exclude each other: the workers of a Dask cluster are started by it")
    from benchmark.run.cluster.scheduler import address_of

    return address_of(options.dask)


def submit(assigned: Assignment, options: argparse.Namespace) -> int:
    """Submit a job array to Slurm; what would stop every job at its first step is checked here first."""
    from benchmark.process.progress import Shown
    from benchmark.run import slurm

    check_data(assigned.resolved.cells, assigned)
    words = slurm.without(options.words, "--slurm")
    with begun(assigned, options.force, Shown().say) as digest:
        board = shown(board_folder(assigned.run, digest))
        submitted = slurm.submit(assigned, words, options.slurm, options.workers or 1)
    how_far = f"how far: memorank status {shlex.quote(shown(assigned.run))}"
    say(
        f"submitted job {submitted.job}: {options.slurm} x memorank {shlex.join(words)}",
        f"logs: {submitted.logs}",
        f"{how_far}; to stop it: scancel {submitted.job}; the board will be in {board}",
    )
    return 0


def command_plan(options: argparse.Namespace) -> int:
    """Say what would run, what is done, and why."""
    from benchmark.inspection.outlook import outlook

    assigned = asked(options)
    check_claim(assigned.run)
    budget = inf if options.probe else PROBING
    lines = outlook(assigned.resolved, assigned.run, assigned.root, budget)
    head = f"plan {assigned.resolved.plan.name} in {shown(assigned.run)}"
    say(*wrapped(map(printable, [head, *lines]), line_width()))
    return 0


def command_verify(options: argparse.Namespace, board: "BoardCheck") -> int:
    """Verify a run folder or a pack; 0: nothing differs, 1: something does, 2: not all could be checked."""
    from benchmark.inspection.pack_verification import verify_pack
    from benchmark.inspection.verification import Asked, verify
    from benchmark.plain.findings import FAULTS, GAPS
    from benchmark.process.progress import Shown
    from benchmark.run_folder.packs.reading import is_pack
    from registry import data_folder

    seed = secrets.randbits(SEED_BITS) if options.seed is None else options.seed
    cells = None if options.all else options.cells
    asked = Asked(cells, seed, options.trust, bool(options.sources), options.plan)
    root = absolute(data_folder(options.data_dir))
    faults, gaps = 0, 0
    place = absolute(options.folder)
    if is_pack(place):
        if options.plan:
            raise UserError("--plan: a pack has one plan, which is checked without saying so")
        findings = verify_pack(place, root, asked, Shown())
    else:
        findings = verify(place, root, asked, board, Shown())
    try:
        for found in findings:
            say(*wrapped([str(found)], line_width()))
            faults += found.kind in FAULTS
            gaps += found.kind in GAPS
    except UserError as error:
        if not faults or options.debug:
            raise
        complain(error)
    return 1 if faults else 2 if gaps else 0


def command_submit(options: argparse.Namespace) -> int:
    """Pack a finished run into one file."""
    from rich.filesize import decimal

    from benchmark.run_folder.packs.reading import is_pack
    from benchmark.run_folder.packs.writing import pack, write_pack
    from benchmark.run_folder.run_plans import find_plan

    run = absolute(options.folder)
    if is_pack(run):
        raise UserError(f"{shown(run)} is a pack already: give a run folder")
    place = absolute(options.out or f"{options.name}.zip")
    if place.is_dir():
        raise UserError(f"{shown(place)} is a folder: give a file, as {shown(place / options.name)}.zip")
    earlier = ", in place of an earlier pack" if place.exists() else ""
    members = pack(run, options.name, find_plan([run], options.plan), not options.without_weights)
    size = write_pack(members, place)
    networks = sum(member.startswith("weights/") for member in members)
    quoted = shlex.quote(shown(place))
    say(
        f"{shown(place)}: {decimal(size)}, with the weights of {networks} networks{earlier}",
        f"what it holds: python -m zipfile -l {quoted}",
        f"its board: memorank report {quoted}",
        f"whether it is what it says: memorank verify {quoted}",
    )
    return 0


def command_new(options: argparse.Namespace) -> int:
    """Print a working file to start an entry from."""
    from benchmark.entries.scaffolds import scaffold

    print(scaffold(options.kind, options.name), end="")
    return 0


def command_check(options: argparse.Namespace) -> int:
    """See whether an entry does what it must; 1 where it does not."""
    from benchmark.plan.catalogue import asked_for
    from registry import data_folder

    entries, problems = asked_for(options.name)

    from benchmark.entries.checks import findings

    for problem in problems:
        say(f"FAULT  {problem}")
    faults = len(problems)
    for kind, entry in entries:
        say(f"{kind} {entry.name}:")
        for finding in findings(entry, data_folder(options.data_dir)):
            said = f": {finding.fault or finding.remark}" if finding.fault or finding.remark else ""
            say(f"  {'FAULT ' if finding.fault else 'ok    '} {finding.check}{said}")
            faults += finding.fault is not None
    return 1 if faults else 0


def command_fetch(options: argparse.Namespace) -> int:
    """Put data sets into the data folder."""
    from benchmark.data.fetching import fetch
    from registry import data_folder

    root = data_folder(options.data_dir)
    for name in options.datasets:
        say(fetch(name, root))
    return 0


def command_doctor(options: argparse.Namespace) -> int:
    """Say what this machine has, what is missing, and the cure."""
    from benchmark.inspection.doctor import diagnosis
    from registry import data_folder

    lines = map(printable, diagnosis(data_folder(options.data_dir)))
    say(*wrapped(lines, line_width(), hang=4))
    return 0
