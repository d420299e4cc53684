"""Records on disk: a cell is published whole or not at all, and what cannot be trusted is set aside.

In: a cell's record and files. Out: `cells/<key>/record.json`, whose presence is the commit; and records read back.
"""

import fcntl
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmark.cells import SCHEMA, canonical
from benchmark.shapes import DamagedCell, check_record
from benchmark.types import Record

RECORD = "record.json"


def cell_folder(run: Path, key: str) -> Path:
    """Where a published cell lies."""
    return run / "cells" / key


def publish(run: Path, key: str, record: Record, files: Mapping[str, bytes]) -> None:
    """Write record and files into a folder of their own, to disk, and rename it to its place.

    Where another worker has published the cell first, its result stays and this one goes.
    """
    target = cell_folder(run, key)
    target.parent.mkdir(parents=True, exist_ok=True)
    building = target.parent / f".tmp-{key}-{uuid.uuid4().hex}"
    building.mkdir()
    with _locked(building):
        for name, content in files.items():
            _write(building / name, content)
        sealed = {**record, "schema": SCHEMA, "key": key, "files": {name: _sha256(c) for name, c in files.items()}}
        sealed["sha256"] = _seal(sealed)
        _write(building / RECORD, json.dumps(sealed, indent=1, sort_keys=True, allow_nan=False).encode())
        _flush_folder(building)
        try:
            building.rename(target)
        except OSError:
            if not (target / RECORD).is_file():
                raise
            shutil.rmtree(building)
    _flush_folder(target.parent)


def read_record(run: Path, key: str) -> Record | None:
    """The record of a cell, None where it is not published. Raises DamagedCell for one that cannot be trusted."""
    path = cell_folder(run, key) / RECORD
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        if cell_folder(run, key).exists():
            raise DamagedCell("its folder holds no record") from None
        return None
    except (UnicodeDecodeError, OSError) as error:
        raise DamagedCell(f"the record cannot be read: {error}") from error
    try:
        record = json.loads(text)
        seal = _seal(record) if isinstance(record, dict) else None
    except (ValueError, RecursionError) as error:
        raise DamagedCell(f"the record is not JSON: {error}") from error
    if not isinstance(record, dict):
        raise DamagedCell(f"the record is a JSON {type(record).__name__}, not an object")
    if record.get("schema") != SCHEMA or record.get("key") != key:
        raise DamagedCell(f"the record is of schema {record.get('schema')!r} and cell {record.get('key')!r}")
    if record.get("sha256") != seal:
        raise DamagedCell("the record does not match its own checksum")
    check_record(record)
    return record


def read_file(run: Path, record: Record, name: str) -> bytes:
    """One file of a published cell. Raises DamagedCell where it is not what was published."""
    try:
        content = (cell_folder(run, record["key"]) / name).read_bytes()
    except OSError as error:
        raise DamagedCell(f"{name} cannot be read: {error.strerror}") from error
    if _sha256(content) != record["files"][name]:
        raise DamagedCell(f"{name} does not match its checksum")
    return content


def read_whole(run: Path, key: str) -> Record | None:
    """The record of a cell whose files have been checked too. Raises DamagedCell."""
    record = read_record(run, key)
    for name in record["files"] if record else ():
        read_file(run, record or {}, name)
    return record


def set_aside(run: Path, key: str, reason: str) -> Path:
    """Move a cell that cannot be used out of the way, the reason beside it; returns where it went."""
    attempt = _new_attempt(run, key)
    cell_folder(run, key).rename(attempt / "cell")
    _write(attempt / "cause.txt", f"damaged: {reason}\n".encode())
    return attempt


def record_failure(run: Path, key: str, cause: str, traceback: str) -> Path:
    """Keep why an attempt at a cell failed; returns where."""
    attempt = _new_attempt(run, key)
    _write(attempt / "traceback.txt", traceback.encode())
    _write(attempt / "cause.txt", f"{cause}\n".encode())
    return attempt


def last_failure(run: Path, key: str) -> str | None:
    """The cause of the last attempt that failed."""
    causes = [attempt / "cause.txt" for attempt in _attempts(run / "failed" / key) if (attempt / "cause.txt").is_file()]
    return causes[-1].read_text(encoding="utf-8", errors="replace").strip() if causes else None


def published(run: Path) -> set[str]:
    """The keys of the cells that are published, trusted or not."""
    folder = run / "cells"
    return {entry.name for entry in os.scandir(folder) if not entry.name.startswith(".")} if folder.is_dir() else set()


def sweep(run: Path) -> None:
    """Remove what killed processes were building, cells and files; what a living one builds is locked and stays."""
    for building in [path for folder in (run, run / "cells", run / "board") for path in folder.glob(".tmp-*")]:
        try:
            with _locked(building):
                shutil.rmtree(building) if building.is_dir() else building.unlink()
        except (BlockingIOError, FileNotFoundError):
            continue


def write_json(path: Path, content: Any) -> None:
    """Replace a file by one rename."""
    write_file(path, (json.dumps(content, indent=1, sort_keys=True, allow_nan=False) + "\n").encode())


def write_file(path: Path, content: bytes) -> None:
    """Replace a file by one rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    building = path.with_name(f".tmp-{path.name}-{uuid.uuid4().hex}")
    try:
        building.touch()
        with _locked(building):
            _write(building, content)
            building.replace(path)
    finally:
        building.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, which ends with the process. Raises BlockingIOError where another process holds it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def _new_attempt(run: Path, key: str) -> Path:
    folder = run / "failed" / key
    folder.mkdir(parents=True, exist_ok=True)
    earlier = _attempts(folder)
    attempt = folder / str(1 + int(earlier[-1].name) if earlier else 1)
    attempt.mkdir()
    return attempt


def _attempts(folder: Path) -> list[Path]:
    """The numbered attempts at a cell, the last one last."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted((path for path in found if path.name.isdecimal()), key=lambda path: int(path.name))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _seal(record: Record) -> str:
    return _sha256(canonical({name: value for name, value in record.items() if name != "sha256"}).encode())
