"""Whose files are these? memorank removes and replaces only what it made.

In: a folder that a command is to write into. Out: it is memorank's from now on, or an error that names what is there.
A run folder holds a marker; one that version 0.1.0 made is known by its plan.json.
"""

import json
import os
import re
import uuid
from contextlib import suppress
from pathlib import Path

from benchmark.process.paths import shown
from registry import UserError
from registry.regular_files import read_regular

MARKER = "memorank.json"
FOLDERS = ("board", "cells", "checkpoints", "commands", "failed", "included", "leases", "logs", "plans", "sensitivity")
NAMES = frozenset(("plan.json", "provenance.json", MARKER, *FOLDERS))
BUILDING = re.compile(r"\.tmp-(?P<name>.+)-[0-9a-f]{32}")  # what is not yet renamed to its place
_CONTENT = b'{"memorank": "run folder"}\n'


def building_of(path: Path) -> str | None:
    """The name that a file or folder under construction will get; None for what memorank does not build.

    >>> building_of(Path("cells/.tmp-mydata"))
    >>> building_of(Path(f".tmp-plan.json-{32 * '0'}"))
    'plan.json'
    """
    found = BUILDING.fullmatch(path.name)
    return found["name"] if found else None


def check_claim(run: Path, force: bool = False) -> None:
    """Check that a folder is a run folder or can become one. Nothing is written.

    Args:
        run: The folder, which need not be there.
        force: Whether other files may lie beside memorank's.

    Raises:
        UserError: The folder holds files of somebody else's, or is a file.
    """
    try:
        names = sorted(path.name for path in run.iterdir() if building_of(path) is None and not _is_our_output(path))
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise UserError(f"{shown(run)}: Not a directory: a run folder is needed; choose another --out") from None
    if not names or _is_run_folder(run):
        return
    taken = sorted(NAMES & set(names))
    if taken:
        raise UserError(
            f"{shown(run)} is not a run folder and holds {taken[0]}, which memorank did not make and would replace: "
            "choose another --out"
        )
    if not force:
        some = ", ".join(names[:3]) + (", ..." if names[3:] else "")
        raise UserError(
            f"{shown(run)} is not empty and not a run folder: it holds {some}; choose another --out, or say --force "
            "to put the run's files beside them"
        )


def claim(run: Path, force: bool = False) -> None:
    """Make a folder a run folder. Raises UserError as `check_claim` does, and writes nothing then."""
    check_claim(run, force)
    run.mkdir(parents=True, exist_ok=True)
    marker = run / MARKER
    if not marker.is_file():
        building = run / f".tmp-{MARKER}-{uuid.uuid4().hex}"  # a marker without its content would be somebody else's
        try:
            building.write_bytes(_CONTENT)
            building.replace(marker)
        finally:
            building.unlink(missing_ok=True)


def _is_our_output(path: Path) -> bool:
    """Whether a file is where this process writes its output, which the shell has made just now."""
    for number in (1, 2):
        with suppress(OSError):
            if os.path.samestat(path.stat(), os.fstat(number)):
                return True
    return False


def _is_run_folder(run: Path) -> bool:
    with suppress(OSError):
        if read_regular(run / MARKER) == _CONTENT:
            return True
    try:
        plan = json.loads(read_regular(run / "plan.json"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(plan, dict) and plan.get("schema") == 1 and {"plan", "entries", "cells", "measures"} <= set(plan)
