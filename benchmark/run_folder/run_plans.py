"""The plans of a run folder: the folder's own in plan.json, each in plans/, and where the board of each goes.

In: a run folder and a plan. Out: the plan written down, found again by a word, and the folder of its board. A plan that
a later `--set` makes has a board of its own beside the first, never in its place.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from itertools import chain, count
from pathlib import Path

from benchmark.plan.content import ResolvedContent
from benchmark.plan.resolved import plan_digest
from benchmark.process import files
from benchmark.process.paths import shown
from benchmark.run_folder.records import read_resolved
from registry import UserError

BOARD = "board"
LONGEST = 60  # characters of the settings in a folder's name
DIGITS = 8  # of the digest there


def keep_plan(run: Path, resolved: ResolvedContent, settings: Sequence[str]) -> str | None:
    """Write a plan into plans/, and into plan.json too where it is the folder's own.

    It is if the folder has none yet, or this one already, or if no setting changes it: then the plan's file has
    changed, and the board of the plan before it moves aside.

    Args:
        run: The run folder.
        resolved: The content for plan.json, with its digest.
        settings: The key=value texts that have changed the plan. Those by which it was first made stay.

    Returns:
        A line that says so where the folder was another plan's own until now, and where the board of that one is.
    """
    digest = plan_digest(resolved)
    own = _folders_own(run)
    known = own if own is not None and plan_digest(own) == digest else _kept(run, digest)
    said = list(settings) if known is None else known.get("settings", [])
    content: ResolvedContent = {**resolved, "settings": said} if said else {**resolved}
    files.write_json(_file(run, digest), content)
    if own is not None and plan_digest(own) != digest:
        if not _file(run, plan_digest(own)).is_file():  # version 0.1.0 kept none
            files.write_json(_file(run, plan_digest(own)), {**own, "digest": plan_digest(own)})
        if settings:
            return None
        moved = _moved(run / BOARD, run / _name(own))
        _moved(run / _name(content), run / BOARD)  # from when it was the folder's own before
        files.write_json(run / "plan.json", content)
        board = f"its board is now in {shown(moved)}" if moved else "it had no board yet"
        return f"{shown(run)} was of another plan ({own['plan']['name']}) until now; {board}"
    files.write_json(run / "plan.json", content)
    return None


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
    meant = [
        digest
        for digest, content in found.items()
        if word
        and (
            word == ", ".join(content.get("settings", []))
            or digest.startswith(word)
            or (word.startswith(BOARD) and word.endswith(f"-{digest[:DIGITS]}"))
        )
    ]
    if len(meant) == 1:
        return meant[0]
    there = "; ".join(f"{digest[:DIGITS]} ({_said(content)})" for digest, content in found.items())
    problem = "no plan" if not meant else "several plans"
    raise UserError(f"{shown(run)} has {problem} {word!r}: its plans are {there or 'not kept'}")


def kept_plans(run: Path) -> dict[str, ResolvedContent]:
    """The content of every plan of the folder that can be read, by its digest."""
    found = {}
    for path in sorted((run / "plans").glob("[!.]*.json")):
        with suppress(UserError):
            found[path.stem] = read_resolved(run, path.stem)
    return found


def _folders_own(run: Path) -> ResolvedContent | None:
    """The content of plan.json; None where the file is missing or cannot be read."""
    with suppress(UserError):
        return read_resolved(run)
    return None


def _kept(run: Path, digest: str) -> ResolvedContent | None:
    """The content of a plan that is kept, None where it is not, or cannot be read."""
    with suppress(UserError):
        return read_resolved(run, digest)
    return None


def _file(run: Path, digest: str) -> Path:
    return run / "plans" / f"{digest}.json"


def _moved(board: Path, target: Path) -> Path | None:
    """Rename a folder if it is there, to a name with a number where the target is taken; where it is now."""
    if not board.is_dir():
        return None
    numbered = (target.with_name(f"{target.name}-{number}") for number in count(2))
    place = next(place for place in chain([target], numbered) if not place.exists())
    board.rename(place)
    return place


def _name(content: ResolvedContent) -> str:
    """The name of the folder for the board of a plan that is not the run folder's own.

    >>> _name({"settings": ["estimator.mi.k=5"], "digest": "0123456789abcdef"})
    'board-estimator.mi.k=5-01234567'
    """
    digest = content.get("digest") or plan_digest(content)
    said = re.sub(r"[^A-Za-z0-9.=]+", "_", ",".join(content.get("settings", []))).strip("_.")[:LONGEST]
    return f"{BOARD}-{said or 'earlier'}-{digest[:DIGITS]}"


def _said(content: ResolvedContent) -> str:
    return ", ".join(content.get("settings", [])) or "no settings changed"
