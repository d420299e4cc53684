"""The user's own code in a run folder, so that somebody else can see and verify what ran.

In: sources. Out: `included/<digest>/`: the file, its helper modules under helpers/, and source.json, which names them.
"""

import json
import shutil
import uuid
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from benchmark.process.paths import shown
from registry import UserError
from registry.imports import Helper
from registry.regular_files import read_regular
from registry.sources import Source

FOLDER = "included"
INDEX = "source.json"


def keep(run: Path, sources: Sequence[Source]) -> None:
    """Write each source into the run folder, through one rename; what is there already stays."""
    for source in sources:
        target = run / FOLDER / source.digest
        if target.is_dir():
            continue
        building = target.parent / f".tmp-{target.name}-{uuid.uuid4().hex}"
        for place, content in files_of(source).items():
            (building / place).parent.mkdir(parents=True, exist_ok=True)
            (building / place).write_bytes(content)
        try:
            building.rename(target)
        except OSError:
            if not target.is_dir():
                raise
            shutil.rmtree(building)  # another command was faster


def kept(run: Path) -> tuple[Source, ...]:
    """The sources that a run folder holds, read and not run. Raises UserError for one that is not what it was."""
    folder = run / FOLDER
    return tuple(_read(place) for place in sorted(folder.glob("[!.]*"))) if folder.is_dir() else ()


def files_of(source: Source) -> dict[str, bytes]:
    """The files that are kept of a source, by their place in its folder."""
    helpers = {helper.name: _place(helper.name, helper.file) for helper in source.helpers}
    index = json.dumps({"file": source.file.name, "helpers": helpers}, indent=1).encode() + b"\n"
    contents = {helpers[helper.name]: helper.content for helper in source.helpers}
    return {source.file.name: source.content, **contents, INDEX: index}


def _place(name: str, file: Path) -> str:
    """Where a helper module is kept: as it would be imported."""
    inner = [*name.split("."), file.name] if file.stem == "__init__" else [*name.split(".")[:-1], file.name]
    return str(PurePosixPath("helpers", *inner))


def _read(folder: Path) -> Source:
    try:
        index = json.loads(read_regular(folder / INDEX))
        main, helpers = index["file"], index["helpers"]
        paths = [PurePosixPath(place) for place in (main, *helpers.values())]
        if any(path.is_absolute() or ".." in path.parts for path in paths):
            raise ValueError("a path leads out of its folder")
        read = tuple(Helper(name, folder / place, read_regular(folder / place)) for name, place in helpers.items())
        source = Source(folder / main, read_regular(folder / main), read)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError(f"{shown(folder)}: not what memorank keeps of an included file: {error}") from error
    if source.digest != folder.name:
        raise UserError(f"{shown(folder)}: what it holds is not what was included: its digest is {source.digest[:16]}")
    return source
