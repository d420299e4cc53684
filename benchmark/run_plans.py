"""The plans of a run folder: the folder's own in plan.json, each in plans/, and where the board of each goes.

In: a run folder and a plan. Out: the plan written down, found again by a word, and the folder of its board. A plan that
a later `--set` makes has a board of its own beside the first, never in its place.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmark import store
from benchmark.cells import plan_digest
from benchmark.paths import shown
from benchmark.records import read_resolved
from registry import UserError

BOARD = "board"
LONGEST = 60  # characters of the settings in a folder's name
DIGITS = 8  # of the digest there


def keep_plan(run: Path, resolved: Mapping[str, Any], settings: Sequence[str]) -> None:
    """Write a plan into plans/, and into plan.json too where it is the folder's own.

    It is if the folder has none yet, or this one already, or if no setting changes it: then the plan's file has
    changed, and the board of the plan before it moves aside.

    Args:
        run: The run folder.
        resolved: The content for plan.json, with its digest.
        settings: The key=value texts that have changed the plan.
    """
    content = {**resolved, "settings": list(settings)} if settings else dict(resolved)
    own = _folders_own(run)
    store.write_json(run / "plans" / f"{resolved['digest']}.json", content)
    if own is not None and plan_digest(own) != resolved["digest"]:
        if settings:
            return
        with suppress(OSError):  # it has no board, or the same plan's stands there already
            (run / BOARD).rename(run / _name(own))
    store.write_json(run / "plan.json", content)


def board_folder(run: Path, digest: str | None = None) -> Path:
    """Where the board of a plan goes, by default of the folder's own. Raises UserError where there is no such plan."""
    own = _folders_own(run)
    if digest is None or (own is not None and plan_digest(own) == digest):
        return run / BOARD
    return run / _name(read_resolved(run, digest))


def find_plan(runs: Sequence[Path], word: str | None) -> str | None:
    """The digest of the plan that is meant.

    Args:
        runs: The run folder; several have no plan but their own.
        word: The digest or how it begins, the settings that made the plan, or the name of its board's folder; None for
            the folder's own plan.

    Returns:
        The digest, None for the folder's own plan.

    Raises:
        UserError: None of the folder's plans is meant, or several are.
    """
    if word is None:
        return None
    if len(runs) > 1:
        raise UserError("--plan names a plan of one run folder, and there are several")
    run = runs[0]
    found = kept_plans(run)
    names = {digest: _name(content) for digest, content in found.items()}
    meant = [
        digest
        for digest, content in found.items()
        if word and (word in (names[digest], ", ".join(content.get("settings", []))) or digest.startswith(word))
    ]
    if len(meant) == 1:
        return meant[0]
    there = "; ".join(f"{digest[:DIGITS]} ({_said(content)})" for digest, content in found.items())
    problem = "no plan" if not meant else "several plans"
    raise UserError(f"{shown(run)} has {problem} {word!r}: its plans are {there or 'not kept'}")


def kept_plans(run: Path) -> dict[str, dict[str, Any]]:
    """The content of every plan of the folder that can be read, by its digest."""
    found = {}
    for path in sorted((run / "plans").glob("[!.]*.json")):
        with suppress(UserError):
            found[path.stem] = read_resolved(run, path.stem)
    return found


def _folders_own(run: Path) -> dict[str, Any] | None:
    """The content of plan.json, None where there is none that can be read."""
    with suppress(UserError):
        return read_resolved(run)
    return None


def _name(content: Mapping[str, Any]) -> str:
    """The folder of a plan's board where it is not the folder's own plan.

    >>> _name({"settings": ["estimator.mi.k=5"], "digest": "0123456789abcdef"})
    'board-estimator.mi.k=5-01234567'
    """
    digest = content.get("digest") or plan_digest(content)
    said = re.sub(r"[^A-Za-z0-9.=]+", "_", ",".join(content.get("settings", []))).strip("_.")[:LONGEST]
    return f"{BOARD}-{said or 'earlier'}-{digest[:DIGITS]}"


def _said(content: Mapping[str, Any]) -> str:
    return ", ".join(content.get("settings", [])) or "no settings changed"
