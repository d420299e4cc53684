"""The folder of a board's figures: which of its files are ours, and how they are replaced.

In: a folder and the files of the figures. Out: the files there. A list beside them names each with its SHA-256: what it
does not name, or what has changed since, is somebody else's, and is neither replaced nor removed.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from benchmark.process.files import write_file
from benchmark.process.paths import shown
from registry import UserError
from registry.regular_files import NoRegularFile, read_regular

LIST = "figures.json"
Hashes = dict[str, list[str]]  # of what each file holds, or may hold while it is being replaced


def check_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """See whether figures can be written into a folder; nothing is written.

    Args:
        folder: The folder, which need not be there.
        files: What is to be written there, by name.

    Raises:
        UserError: It is no folder, or a file of that name is there that no figure of ours is.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise UserError(f"{shown(folder)} is no folder of its own: the figures need one; move it")
    listed = _listed(folder)
    for name, content in files.items():
        path = folder / name
        if (path.exists() or path.is_symlink()) and not _is_ours(path, [*listed.get(name, []), _hash(content)]):
            raise UserError(f"{shown(path)} is no figure of a board, and would be replaced: move it")


def write_figures(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the figures, and remove those of ours that are no longer drawn.

    The list is written first with the old and the new, so that a run that is killed leaves only files that it names.
    """
    before = _listed(folder)
    now = {name: [_hash(content)] for name, content in files.items()}
    _write_list(folder, {name: [*before.get(name, []), *now.get(name, [])] for name in {**before, **now}})
    for name, content in files.items():
        write_file(folder / name, content)
    for name, hashes in before.items():
        if name not in files and _is_ours(folder / name, hashes):
            (folder / name).unlink()
    _write_list(folder, now)


def _listed(folder: Path) -> Hashes:
    """The files that the list names. Raises UserError where a file of its name is something else."""
    try:
        content = json.loads(read_regular(folder / LIST))
        files = content["files"]
        good = isinstance(files, dict) and all(_is_entry(name, hashes) for name, hashes in files.items())
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, NoRegularFile):
        good = False
    if not good:
        raise UserError(f"{shown(folder / LIST)} is no list of a board's figures, and would be replaced: move it")
    return dict(files)


def _is_entry(name: str, hashes: object) -> bool:
    """Whether a line of the list names a file in the folder itself, with hashes."""
    inside = bool(name) and not name.startswith(".") and "/" not in name and "\0" not in name
    return inside and isinstance(hashes, list) and all(isinstance(one, str) for one in hashes)


def _write_list(folder: Path, hashes: Hashes) -> None:
    content = {"figures of": "a board of memorank", "files": {name: hashes[name] for name in sorted(hashes)}}
    write_file(folder / LIST, (json.dumps(content, indent=1) + "\n").encode())


def _is_ours(path: Path, hashes: list[str]) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    return _hash(read_regular(path)) in hashes


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
