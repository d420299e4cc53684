"""A run folder read back.

In: a run folder. Out: the resolved plan, and those records of its cells that can be trusted.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import cast

from benchmark.plain.strict_json import read_json
from benchmark.plan.content import CellRow, ResolvedContent
from benchmark.process.paths import shown
from benchmark.process.provenance import environment
from benchmark.record import Record
from benchmark.run_folder.plan_shapes import LATER, resolved_problem
from benchmark.run_folder.shapes import DamagedCell, check_work
from benchmark.run_folder.store import published, read_bytes, read_record
from registry import UserError, nearest
from registry.regular_files import NoRegularFile

SHOWN = 3  # run folders in a message


def read_resolved(run: Path, digest: str | None = None) -> ResolvedContent:
    """The content of plan.json, which is the run folder's own plan, or of the plan that has this digest.

    Raises UserError where the folder is no run folder, or the file is damaged.
    """
    path = run / (f"plans/{digest}.json" if digest else "plan.json")
    try:
        content = read_json(read_bytes(path))
        problem = resolved_problem(content)
    except (FileNotFoundError, NotADirectoryError):
        wrong = " is no run folder: it has no plan.json" if run.exists() else ": no such folder"
        wrong = " is a file, and neither a run folder nor a pack" if run.is_file() else wrong
        raise UserError(f"{shown(run)}{wrong}{_meant(run)}") from None
    except NoRegularFile as error:
        cure = "move it, then the same `memorank run` writes it anew"
        raise UserError(f"{shown(path)} has no usable content: {error.strerror}: {cure}") from None
    except ValueError as error:
        problem = f"content: {error}"
    if problem == LATER:
        raise UserError(f"{shown(path)}: {problem}; use the version that wrote it, or a later one")
    if problem:
        raise UserError(f"{shown(path)} has no usable {problem}; the same `memorank run` writes it anew")
    return cast(ResolvedContent, content)


def _meant(run: Path) -> str:
    """The end of an error message: the run folder around a board, of the plan named, or beside it with a typo.

    Where none of these is there, those in runs/, or how to make one.
    """
    if (file := Path(f"{run}.zip")).is_file():
        return f"; did you mean {shown(file)}?"
    for folder in (run.parent, run.parent.parent, Path("runs") / run.name):
        if (folder / "plan.json").is_file():
            return f"; did you mean {shown(folder)}?"
    beside = [folder.name for folder in run.parent.glob("*") if (folder / "plan.json").is_file()]
    near = nearest(run.name, beside)
    if near:
        return f"; did you mean {shown(run.parent / near[0])}?"
    there = sorted(str(plan.parent) for plan in Path("runs").glob("*/plan.json"))
    if not there:
        return "; a run makes one, as in: memorank run toy"
    return f"; run folders: {', '.join([*there[:SHOWN], *(['...'] if there[SHOWN:] else [])])}"


def read_records(run: Path, cells: Iterable[CellRow]) -> tuple[dict[str, Record], dict[str, str]]:
    """The records of some cells of a plan by key, and the reason for each that cannot be trusted."""
    records: dict[str, Record] = {}
    damaged: dict[str, str] = {}
    there = published(run)
    for cell in cells:
        try:
            record = read_record(run, cell["key"]) if cell["key"] in there else None
            if record is not None:
                check_work(record, cell["work"])
                records[cell["key"]] = record
        except DamagedCell as error:
            damaged[cell["key"]] = str(error)
    return records, damaged


def made_here(record: Record) -> bool:
    """Whether a record says that this machine has made it, with these versions."""
    made, here = record["provenance"], environment()
    return made.get("versions") == here["versions"] and dict(made.get("machine", {})) == dict(here["machine"])


def made_alike(record: Record) -> bool:
    """Whether a record says that a machine of this kind has made it, whatever its name, with these versions."""
    made, here = record["provenance"], environment()
    machine = {**made.get("machine", {}), "host": here["machine"]["host"]}
    return made.get("versions") == here["versions"] and machine == dict(here["machine"])
