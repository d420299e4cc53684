"""From a pack to a run folder: nothing of it is believed, run or unpickled, and nothing is written outside the folder.

In: a zip file from anybody. Out: a run folder of its records, or an error of one line; and what pack.json says.
"""

import hashlib
import json
import lzma
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, cast

from pydantic import TypeAdapter

from benchmark.plain.canonical import canonical
from benchmark.plain.shapes import shape_problem
from benchmark.plain.strict_json import read_json
from benchmark.plan.content import ResolvedContent
from benchmark.plan.resolved import plan_digest
from benchmark.process.files import write_json
from benchmark.process.ownership import MARKER
from benchmark.process.paths import shown
from benchmark.record import Record
from benchmark.run_folder.packs.facts import facts_of
from benchmark.run_folder.packs.form import (
    LARGEST_RECORD,
    MOST_BYTES,
    MOST_MEMBERS,
    PACK,
    PLAN,
    RECORDS,
    SCHEMA,
    PackContent,
    most_bytes,
)
from benchmark.run_folder.plan_shapes import resolved_problem
from benchmark.run_folder.records import read_records, read_resolved
from benchmark.run_folder.shapes import DamagedCell, check_work
from benchmark.run_folder.store import RECORD, WEIGHTS, cell_folder, record_of
from registry import UserError
from registry.foreign_text import printable
from registry.regular_files import open_regular
from registry.words import check_name

_ZIP, _NAME_AT = b"PK\x03\x04", 30  # how a zip file begins, and where the name of its first member stands
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA)
_HEADER, _LISTED, _END = 30, 46, 22  # bytes before each member, for each in the list, and at the end, but for names
_ENCRYPTED = 1
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, ValueError)
_PACK: TypeAdapter[object] = TypeAdapter(PackContent)


def is_pack(place: Path) -> bool:
    """Whether a file may be a pack: a zip file whose first member is pack.json. A folder is none."""
    try:
        with _opened(place) as stream:
            head = stream.read(_NAME_AT + len(PACK))
            return head.startswith(_ZIP) and head[_NAME_AT:] == PACK.encode()
    except OSError:
        return False


def unpack(file: Path, run: Path) -> PackContent:
    """Write the run folder that a pack holds.

    Args:
        file: The pack.
        run: A folder that is there and empty.

    Returns:
        What pack.json says. Its checksums, and those of every member and record, have been checked.

    Raises:
        UserError: It is no pack, or one that was changed, or that holds what no pack does; with the reason.
    """
    with _refusing(file), _opened(file) as stream, zipfile.ZipFile(stream) as archive:
        infos = _infos(archive)
        facts = _facts(_content(archive, infos, PACK), infos)
        content = {member: _content(archive, infos, member) for member in (PLAN, RECORDS)}
        resolved = _plan(content[PLAN], facts)
        _check_members(facts, resolved)
        for member, digest in facts["files"].items():
            held = content[member] if member in content else _content(archive, infos, member)
            if hashlib.sha256(held).hexdigest() != digest:
                raise _Refused(f"{member} was changed: it has not the checksum that pack.json says")
            if member not in content:
                _place(run, member, held)
        records = _write_records(run, resolved, content[RECORDS])
        derived = json.loads(json.dumps(facts_of(facts["name"], resolved, records)))
        if wrong := [part for part, value in derived.items() if facts[part] != value]:  # type: ignore[literal-required]
            raise _Refused(f"{PACK} says of {wrong[0]} what its plan and records do not")
    write_json(run / "plan.json", resolved)
    write_json(run / "plans" / f"{plan_digest(resolved)}.json", resolved)
    write_json(run / MARKER, {"memorank": "run folder"})
    return facts


def read_facts(file: Path) -> PackContent:
    """What pack.json of a pack says, by its own checksum. Raises UserError as `unpack` does.

    That it agrees with the records is seen when the pack is unpacked.
    """
    with _refusing(file), _opened(file) as stream, zipfile.ZipFile(stream) as archive:
        infos = _infos(archive)
        return _facts(_content(archive, infos, PACK), infos)


@contextmanager
def as_run_folders(places: Sequence[Path]) -> Iterator[list[Path]]:
    """The run folders of several places, of which those that are packs are unpacked into a folder that is removed."""
    with ExitStack() as stack:
        found = []
        for place in places:
            if is_pack(place):
                folder = Path(stack.enter_context(TemporaryDirectory(prefix="memorank-"))) / "run"
                folder.mkdir()
                unpack(place, folder)
                found.append(folder)
            else:
                found.append(place)
        yield found


def read_pack(file: Path) -> tuple[ResolvedContent, dict[str, Record]]:
    """The plan of a pack, and the records of its cells by key. Raises UserError as `unpack` does."""
    with as_run_folders([file]) as (run,):
        resolved = read_resolved(run)
        return resolved, read_records(run, resolved["cells"])[0]


class _Refused(ValueError):
    """What a pack must not hold."""


@contextmanager
def _refusing(file: Path) -> Iterator[None]:
    """Whatever goes wrong with a zip file becomes an error of one line."""
    try:
        yield
    except (*_BROKEN, OSError) as error:
        said = str(error) if isinstance(error, _Refused) else f"it cannot be unpacked ({printable(str(error))[:200]})"
        raise UserError(f"{shown(file)} is not a pack that can be used: {said}") from None


@contextmanager
def _opened(file: Path) -> Iterator[IO[bytes]]:
    with os.fdopen(open_regular(file), "rb") as stream:
        yield stream


def _infos(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The members by name, each of which a pack may hold."""
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise _Refused(f"it has {len(members)} members, and a pack at most {MOST_MEMBERS}")
    for info in members:
        name, most = printable(info.filename)[:100], most_bytes(info.filename)
        if most is None or stat.S_ISLNK(info.external_attr >> 16) or info.is_dir():
            raise _Refused(f"it holds {name!r}, and no pack has a link or a member of such a name")
        if info.flag_bits & _ENCRYPTED or info.compress_type not in _METHODS:
            raise _Refused(f"{name} is encrypted, or compressed in a way that no pack is")
        if info.file_size > most:
            raise _Refused(f"{name} would have {info.file_size} bytes, and may have {most}")
    if sum(info.file_size for info in members) > MOST_BYTES:
        raise _Refused(f"unpacked it would have more than {MOST_BYTES} bytes")
    _check_every_byte(archive, members)
    found = {info.filename: info for info in members}
    if len(found) < len(members):
        raise _Refused("two of its members have one name")
    if lacking := {PACK, PLAN, RECORDS} - found.keys():
        raise _Refused(f"it has no {min(lacking)}")
    return found


def _check_every_byte(archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]) -> None:
    """See that there is nothing in the file but the members one after another, and the list of them."""
    ordered = sorted(members, key=lambda info: info.header_offset)
    ends = accumulate(_HEADER + len(info.filename.encode()) + info.compress_size for info in ordered)
    expected = [0, *ends]
    starts = [*(info.header_offset for info in ordered), archive.start_dir]
    listed = sum(_LISTED + len(info.filename.encode()) for info in members)
    size = cast(IO[bytes], archive.fp).seek(0, os.SEEK_END)
    remarks = any(info.comment or info.extra for info in members)
    if remarks or starts != expected or size != expected[-1] + listed + _END:
        raise _Refused("it holds bytes that belong to no member")


def _content(archive: zipfile.ZipFile, infos: Mapping[str, zipfile.ZipInfo], member: str) -> bytes:
    """The bytes of a member: no more than it says are read, and they have its checksum."""
    return archive.read(infos[member])


def _facts(content: bytes, infos: Mapping[str, zipfile.ZipInfo]) -> PackContent:
    """What pack.json says, whose shape, checksum and list of members have been checked."""
    said = read_json(content)
    if isinstance(said, dict) and type(said.get("schema")) is int and cast(int, said["schema"]) > SCHEMA:
        raise _Refused("a later version of memorank wrote it; use that one")
    if problem := shape_problem(_PACK, said):
        raise _Refused(f"{PACK} has no usable {problem}")
    facts = cast(PackContent, said)
    whole = {name: part for name, part in facts.items() if name != "sha256"}
    if hashlib.sha256(canonical(whole).encode()).hexdigest() != facts["sha256"]:
        raise _Refused(f"{PACK} was changed: it does not match its own checksum")
    if set(facts["files"]) != set(infos) - {PACK}:
        raise _Refused(f"its members are not those that {PACK} lists")
    return facts


def _plan(content: bytes, facts: PackContent) -> ResolvedContent:
    """The plan of a pack, whose names are names: they become rows, heads and files."""
    said = read_json(content)
    if problem := resolved_problem(said):
        raise _Refused(f"{PLAN} has no usable {problem}")
    resolved = cast(ResolvedContent, said)
    if plan_digest(resolved) != facts["digest"]:
        raise _Refused(f"{PLAN} is not of the digest that {PACK} says")
    for entry in resolved["entries"]:
        for name in (entry["suite"], entry["family"], entry["data"], *entry["metrics"]):
            check_name(name)
    for name in (*resolved["measures"], *resolved["metrics"]):
        check_name(name)
    return resolved


def _check_members(facts: PackContent, resolved: ResolvedContent) -> None:
    """See that code and weights are those that something in the pack speaks of."""
    networks = {f"weights/{cell['key']}.safetensors" for cell in resolved["cells"] if cell["work"] == "train"}
    known = {PLAN, RECORDS, *facts["own_code"], *networks}
    if unknown := set(facts["files"]) - known:
        raise _Refused(f"it holds {min(unknown)[:200]}, of which its plan knows nothing")


def _write_records(run: Path, resolved: ResolvedContent, content: bytes) -> dict[str, Record]:
    """Write the records of a plan's cells, one for each, in the plan's order; the records by key."""
    found = {}
    lines = content.splitlines()
    cells = resolved["cells"]
    if len(lines) != len(cells):
        raise _Refused(f"it has {len(lines)} records for the {len(cells)} cells of its plan")
    for cell, line in zip(cells, lines, strict=True):
        if len(line) > LARGEST_RECORD:
            raise _Refused(
                f"the record of {printable(cell['key'])} has {len(line)} bytes, and may have {LARGEST_RECORD}"
            )
        try:
            record = record_of(line, cell["key"])
            check_work(record, cell["work"])
        except DamagedCell as error:
            raise _Refused(f"{printable(cell['key'])}: {error}") from None
        if "plane" in record or (record["work"] == "score" and "taps" in record):
            raise _Refused(
                f"the record of {printable(cell['key'])} holds arrays, which no pack has and nobody could check"
            )
        found[cell["key"]] = record
        folder = cell_folder(run, cell["key"])
        folder.mkdir(parents=True, exist_ok=True)
        (folder / RECORD).write_bytes(line)
        weights = folder / WEIGHTS
        if weights.is_file() and hashlib.sha256(weights.read_bytes()).hexdigest() != record["files"].get(WEIGHTS):
            raise _Refused(f"the weights of {cell['key']} are not those that its record says")
    return found


def _place(run: Path, member: str, content: bytes) -> None:
    """Write code or weights to where a run folder has them. Code lies there as a text: nothing runs it."""
    kind, _, rest = member.partition("/")
    place = cell_folder(run, rest.removesuffix(".safetensors")) / WEIGHTS if kind == "weights" else run / member
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
