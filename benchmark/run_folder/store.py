"""Records on disk: a cell is published whole or not at all, and what cannot be trusted is set aside.

In: a cell's record and files. Out: `cells/<key>/record.json`, whose presence is the commit; and records read back.
"""

import errno
import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from benchmark.plain.canonical import canonical
from benchmark.plain.strict_json import read_json
from benchmark.plan.resolved import SCHEMA
from benchmark.process.files import flush_folder, locked, written_through
from benchmark.process.logs import NAME as LOG
from benchmark.process.ownership import MARKER, building_of
from benchmark.process.paths import shown
from benchmark.record import Record
from benchmark.run_folder.shapes import DamagedCell, UnreadableCell, check_record
from registry.foreign_text import in_log, printable
from registry.regular_files import NoRegularFile, read_regular

RECORD = "record.json"
WEIGHTS = "weights.safetensors"  # of a network, where they are kept
PAUSES = (0.05, 0.3, 1.0, 0.0)  # seconds after each attempt to read a file that is there
_NO_FILE = (NoRegularFile, NotADirectoryError)


def cell_folder(run: Path, key: str) -> Path:
    """The folder of a published cell."""
    return run / "cells" / key


def publish(run: Path, key: str, record: Mapping[str, object], files: Mapping[str, bytes]) -> None:
    """Write a record, as far as a cell itself knows it, and its files to disk: whole or not at all."""
    place(run, key, sealed(key, record, files))


def sealed(key: str, record: Mapping[str, object], files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a cell as they are written, its record among them with their checksums and its own.

    Raises ValueError or TypeError for a record that is no plain data.
    """
    whole = {**record, "schema": SCHEMA, "key": key, "files": {name: _sha256(c) for name, c in files.items()}}
    whole["sha256"] = _seal(whole)
    return {**files, RECORD: canonical(whole).encode()}


def resealed(record: Mapping[str, object]) -> bytes:
    """A record that was changed on purpose, with the checksum of what it holds now, as it is written."""
    return canonical({**record, "sha256": _seal(record)}).encode()


def check_sealed(files: Mapping[str, bytes]) -> None:
    """Read the record back before it is written. Raises ValueError where whoever reads it later could not."""
    check_record(read_json(files[RECORD]))


def place(run: Path, key: str, files: Mapping[str, bytes]) -> None:
    """Write the files that `sealed` has made into a folder of their own, to disk, and rename it to its place.

    Where another worker has published the cell first, its result stays and this one goes.
    """
    target = cell_folder(run, key)
    target.parent.mkdir(exist_ok=True)  # a run folder that was moved is not made anew
    building = target.parent / f".tmp-{key}-{uuid.uuid4().hex}"
    building.mkdir()
    with locked(building):
        for name in sorted(files, key=lambda name: name == RECORD):  # its presence is the commit
            written_through(building / name, files[name])
        flush_folder(building)
        try:
            building.rename(target)
        except OSError:
            if not (target / RECORD).is_file():
                raise
            shutil.rmtree(building)
    flush_folder(target.parent)


def read_record(run: Path, key: str) -> Record | None:
    """The record of a cell, None where it is not published.

    Raises DamagedCell for one that cannot be trusted, UnreadableCell for one that cannot be read.
    """
    path = cell_folder(run, key) / RECORD
    try:
        text = read_bytes(path)
    except FileNotFoundError:
        folder = cell_folder(run, key)
        if folder.is_symlink() and not folder.exists():
            raise DamagedCell(f"its folder is a link to {folder.readlink()}, which is not there") from None
        if folder.exists():
            raise DamagedCell("its folder holds no record") from None
        return None
    except _NO_FILE as error:
        raise DamagedCell(f"the record is no file ({error.strerror})") from error
    return record_of(text, key)


def record_of(text: bytes, key: str) -> Record:
    """The record of this cell that these bytes are. Raises DamagedCell where they are none that can be trusted."""
    try:
        content = read_json(text)
        whole = isinstance(content, dict) and (_written(text, content) or content.get("sha256") == _seal(content))
    except ValueError as error:
        raise DamagedCell(f"the record is not JSON: {error}") from error
    if not isinstance(content, dict):
        raise DamagedCell(f"the record is a JSON {type(content).__name__}, not an object")
    if content.get("schema") != SCHEMA or content.get("key") != key:
        raise DamagedCell(f"the record is of schema {content.get('schema')!r} and cell {content.get('key')!r}")
    if not whole:
        raise DamagedCell("the record does not match its own checksum")
    return check_record(content)


def read_file(run: Path, record: Record, name: str) -> bytes:
    """One of the files of a published cell.

    Raises DamagedCell where it is not what was published, UnreadableCell where it cannot be read.
    """
    try:
        content = read_bytes(cell_folder(run, record["key"]) / name)
    except (FileNotFoundError, *_NO_FILE) as error:
        raise DamagedCell(f"{name} cannot be read: {error.strerror}") from error
    if _sha256(content) != record["files"][name]:
        raise DamagedCell(f"{name} does not match its checksum")
    return content


def read_whole(run: Path, key: str) -> Record | None:
    """The record of a cell whose files have been checked too. Raises DamagedCell."""
    record = read_record(run, key)
    if record is not None:
        for name in record["files"]:
            read_file(run, record, name)
    return record


def read_bytes(path: Path) -> bytes:
    """Read a file, and try again where the file system cannot be reached for a moment.

    Raises FileNotFoundError, NoRegularFile or NotADirectoryError; UnreadableCell for everything else.
    """
    for pause in PAUSES:
        try:
            return read_regular(path)
        except (FileNotFoundError, *_NO_FILE):
            raise
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise NoRegularFile(error.errno, "a link that leads in a circle", str(path)) from error
            reason = error.strerror or str(error)
            time.sleep(pause)
    raise UnreadableCell(f"{shown(path)} cannot be read now: {reason}; it stays as it is; once it can be, run it again")


def set_aside(run: Path, key: str, reason: str) -> Path:
    """Move a cell that cannot be used out of the way, the reason beside it; returns where it went."""
    attempt = _new_attempt(run, key)
    cell_folder(run, key).rename(attempt / "cell")
    written_through(attempt / "cause.txt", f"damaged: {printable(reason)}\n".encode())
    return attempt


def record_failure(run: Path, key: str, cause: str, traceback: str, log: str, command: str) -> Path:
    """Keep why an attempt at a cell failed, the end of its log, and which command made it; returns where."""
    attempt = _new_attempt(run, key)
    for name, text in (("traceback.txt", traceback), (LOG, log)):
        if text:
            written_through(attempt / name, _bytes(in_log(text)))
    written_through(attempt / "command.txt", f"{command}\n".encode())
    written_through(attempt / "cause.txt", _bytes(f"{printable(cause)}\n"))
    return attempt


def failures(run: Path, key: str, command: str) -> list[str]:
    """The causes of the attempts at a cell that failed in one command, whichever of its workers made them."""
    causes = []
    for attempt in _attempts(run / "failed" / key):
        with suppress(FileNotFoundError, *_NO_FILE):  # no attempt of ours
            if _text(attempt / "command.txt") == command:
                causes.append(_text(attempt / "cause.txt"))
    return causes


def is_published(run: Path, key: str) -> bool:
    """Whether somebody has published the cell. It is not read, so it may be damaged."""
    return (cell_folder(run, key) / RECORD).is_file()


def last_failure(run: Path, key: str) -> str | None:
    """The cause of the last attempt that failed."""
    causes = [attempt / "cause.txt" for attempt in _attempts(run / "failed" / key) if (attempt / "cause.txt").is_file()]
    return _text(causes[-1]) if causes else None


def published(run: Path) -> set[str]:
    """The keys of the cells that are published. They are not read, so some may be damaged.

    Raises OSError where cells/ is no folder, or a link to one that is not there: a disk that is not mounted is no run
    without cells.
    """
    folder = run / "cells"
    if not os.path.lexists(folder):
        return set()
    return {entry.name for entry in os.scandir(folder) if not entry.name.startswith(".")}


def sweep(run: Path) -> None:
    """Remove what killed processes were building, cells and files; what a living one builds is locked and stays.

    Locks may end at the machine: what another may be building stays too, as long as its cell has a lease. What has
    not the name of something that memorank builds there, or is neither file nor folder, is somebody else's, and stays.
    """
    leased = {path.name for path in (run / "leases").glob("[!.]*")}
    own = {run: {"plan.json", "provenance.json", MARKER}}
    ours = ("plans", "cells", "checkpoints", "sensitivity")
    boards = [board for board in run.glob("board*") if board.name == "board" or board.name.startswith("board-")]
    for folder in (run, *(run / name for name in ours), *boards, *(board / "figures" for board in boards)):
        for building in folder.glob(".tmp-*"):
            name = building_of(building)
            if name is None or building.is_symlink() or name in leased or name not in own.get(folder, {name}):
                continue
            with suppress(BlockingIOError, FileNotFoundError, NoRegularFile), locked(building):
                shutil.rmtree(building) if building.is_dir() else building.unlink()


def _new_attempt(run: Path, key: str) -> Path:
    folder = run / "failed" / key
    folder.parent.mkdir(exist_ok=True)
    folder.mkdir(exist_ok=True)
    while True:
        earlier = _attempts(folder)
        attempt = folder / str(1 + int(earlier[-1].name) if earlier else 1)
        with suppress(FileExistsError):  # another worker's, just now
            attempt.mkdir()
            return attempt


def _attempts(folder: Path) -> list[Path]:
    """The folders of the attempts at a cell, in the order in which they were made."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted((path for path in found if path.name.isdecimal()), key=lambda path: int(path.name))


def _text(path: Path) -> str:
    """A text that `record_failure` has written, without the line break at its end."""
    return read_regular(path).decode(errors="replace").strip()


def _bytes(text: str) -> bytes:
    """UTF-8 of what an entry's code has said, in which half a pair of surrogates is written out."""
    return text.encode("utf-8", "backslashreplace")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _seal(record: Mapping[str, object]) -> str:
    return _sha256(canonical({name: value for name, value in record.items() if name != "sha256"}).encode())


def _written(text: bytes, record: Mapping[str, object]) -> bool:
    """Whether these are the bytes that were published; spares their making from the record, most of the time to read.

    The seal is that of the record without itself, and as it is canonical that is the text without the seal's place.
    """
    seal = str(record.get("sha256"))
    return _sha256(text.replace(f'"sha256":"{seal}",'.encode(), b"", 1)) == seal
