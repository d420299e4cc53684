"""Who is at work on which cell: a lease is a file that only one can make, renewed while its holder lives.

In: a run folder and keys. Out: leases taken, released, and taken over from the dead. Leases only save work: a cell that
two compute all the same is published by one rename, and the first wins.

A holder on this machine is dead when the kernel has let go of its lock on the file; one elsewhere when its heartbeat
has not been seen to move for `STALE` seconds of this machine's own clock, so clocks need not agree. What an entry's
code has forked lets go of the lock at once; where something else still holds it after the holder has ended, the
heartbeat tells here too.
"""

import contextlib
import fcntl
import json
import os
import platform
import stat
import threading
import time
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmark.process.paths import shown
from registry import UserError
from registry.folders import KINDS
from registry.regular_files import open_regular, read_regular

BEAT = 5.0  # seconds
WRITTEN = 0.1  # seconds in which a holder that lives has written who it is
STALE = 120.0
_HELD: set[int] = set()  # descriptors of leases, whose locks are those of this process


@dataclass(frozen=True)
class Holder:
    """Who holds a lease: `since` is a time in UTC, `beat` the seconds since the last heartbeat, `command` a name."""

    key: str
    host: str
    pid: int
    since: str
    command: str
    alive: bool
    beat: float


@dataclass(frozen=True)
class Claim:
    """Whether a lease could be had, and from which dead holder it was taken over."""

    mine: bool
    dead: Holder | None = None


class Leases:
    """The leases of one worker of a command on a run folder; it holds at most one at a time.

    With `watched` a head looks after the dead of the same command: their leases are left to it. `folder` is where in
    the run folder they lie.
    """

    def __init__(
        self, run: Path, command: str, watched: bool = False, host: str | None = None, folder: str = "leases"
    ) -> None:
        self._folder = run / folder
        self._command = command
        self._watched = watched
        self._host = host or platform.node()
        self._seen: dict[str, tuple[int, float]] = {}
        self._asked: Path | None = None

    @contextlib.contextmanager
    def hold(self, key: str, since: str) -> Iterator[Claim]:
        """Claim the lease of a cell: where it can be had it is held, and its heart beats, until the context ends.

        Raises UserError where something stands in its place that nobody has made as a lease; it stays as it is.
        """
        path = self._folder / key
        descriptor, dead = self._take(path, since)
        if descriptor is None:
            yield Claim(False)
            return
        ended = threading.Event()
        heart = threading.Thread(target=_beat, args=(descriptor, ended), daemon=True)
        heart.start()
        try:
            yield Claim(True, dead)
        finally:
            ended.set()
            heart.join()
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_ino == os.fstat(descriptor).st_ino:  # else it was thought dead and taken over
                    path.unlink()
            _HELD.discard(descriptor)
            os.close(descriptor)

    def release(self) -> None:
        """Let go of what this process holds: where a signal has come in the midst of taking or returning a lease."""
        for path in self._folder.glob("[!.]*"):
            who = _read(path)
            if who is None and path == self._asked and not _in_the_way(path):
                time.sleep(WRITTEN)  # made by this process or by another, and not yet signed
                who = _read(path) or {"host": self._host, "pid": os.getpid()}
            if who and (who["host"], who["pid"]) == (self._host, os.getpid()):
                path.unlink(missing_ok=True)

    def holders(self) -> list[Holder]:
        """Everyone who holds a lease, the dead too, by key."""
        paths = sorted(self._folder.glob("[!.]*")) if self._folder.is_dir() else ()
        return [holder for path in paths if (holder := self._holder(path))]

    def is_here(self, holder: Holder) -> bool:
        """Whether the kernel of this machine tells at once if the holder lives."""
        return holder.host == self._host and _locked(self._folder / holder.key) is not None

    def beaten(self, key: str) -> int:
        """When the holder's heart last beat, in nanoseconds of the file system's clock; 0 where it has let go."""
        try:
            return (self._folder / key).stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def clear(self, keys: Iterable[str]) -> None:
        """Remove what the dead have left of these cells."""
        for key in keys:
            path = self._folder / key
            if path.exists() and self._dead(path, _read(path)):
                path.unlink(missing_ok=True)

    def _holder(self, path: Path) -> Holder | None:
        who = _read(path)
        with contextlib.suppress(FileNotFoundError):
            if who:
                beat = max(0.0, time.time() - path.stat().st_mtime)
                return Holder(path.name, **who, alive=not self._dead(path, who), beat=beat)
        return None

    def _take(self, path: Path, since: str) -> tuple[int | None, Holder | None]:
        """The descriptor of the lease where it is mine now, and whose it was if it had to be taken over."""
        path.parent.mkdir(exist_ok=True)  # a run folder that was moved is not made anew
        self._asked = path
        descriptor, dead = _made(path), None
        if descriptor is None:
            if kind := _in_the_way(path):
                cure = "move it, then run it again; nothing published is lost"
                raise UserError(f"{shown(path)}: {kind} stands where a lease is needed: {cure}")
            who = _read(path)
            if self._dead(path, who) and not (self._watched and who and who["command"] == self._command):
                dead = self._holder(path)
                descriptor = _made(path) if _buried(path, who) else None
        if descriptor is not None:
            _HELD.add(descriptor)
            with contextlib.suppress(OSError):  # a file system without locks: the heartbeat alone tells
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            who = {"host": self._host, "pid": os.getpid(), "since": since, "command": self._command}
            os.write(descriptor, json.dumps(who).encode())
        return descriptor, dead

    def _dead(self, path: Path, who: dict[str, Any] | None) -> bool:
        if who and who["host"] == self._host:
            locked = _locked(path)
            if locked is not None:
                return not locked or (not _is_process(who["pid"]) and self._still(path, STALE))
        return self._still(path, STALE if who else BEAT)  # one that lives writes at once who it is

    def _still(self, path: Path, seconds: float) -> bool:
        """Whether this worker has seen no heartbeat for so long."""
        try:
            beat = path.stat().st_mtime_ns
        except FileNotFoundError:
            return False
        now = time.monotonic()
        last, since = self._seen.get(path.name, (None, now))
        if beat != last:
            self._seen[path.name] = (beat, now)
            return False
        return now - since > seconds


def _made(path: Path) -> int | None:
    try:
        return os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    except FileExistsError:
        return None


def _in_the_way(path: Path) -> str | None:
    """What stands in the place of a lease and is none, None for a file or nothing; a lease is no link either."""
    try:
        kind = stat.S_IFMT(path.lstat().st_mode)
    except FileNotFoundError:
        return None
    return None if kind == stat.S_IFREG else KINDS.get(kind, "something else")


def _buried(path: Path, who: dict[str, Any] | None) -> bool:
    """Remove the lease of a dead holder; False where another worker was faster, whose own lease is put back."""
    grave = path.with_name(f".{path.name}-{uuid.uuid4().hex}")
    try:
        path.rename(grave)
    except FileNotFoundError:
        return False
    same = _read(grave) == who
    if not same:
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(grave)
    grave.unlink()
    return same


def _read(path: Path) -> dict[str, Any] | None:
    """Who holds the lease that this file is; None as long as that has not been written."""
    kinds = {"host": str, "pid": int, "since": str, "command": str}
    try:
        who = json.loads(read_regular(path))
    except (OSError, ValueError):
        return None
    whole = isinstance(who, dict) and {name: type(value) for name, value in who.items()} == kinds
    return who if whole else None


def _locked(path: Path) -> bool | None:
    """Whether a process of this machine holds the file's lock, None where locks do not tell."""
    try:
        descriptor = open_regular(path)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return False


def _is_process(pid: int) -> bool:
    """Whether this machine, or this container of it, has a process of this number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _let_go_in_a_copy() -> None:
    """A process that was forked holds no lease: its descriptors would keep the locks after the holder has ended."""
    for descriptor in _HELD:
        with contextlib.suppress(OSError):
            os.close(descriptor)
    _HELD.clear()


os.register_at_fork(after_in_child=_let_go_in_a_copy)


def _beat(descriptor: int, ended: threading.Event) -> None:
    while not ended.wait(BEAT):
        with contextlib.suppress(OSError):  # the file system is away for a moment
            os.utime(descriptor)
