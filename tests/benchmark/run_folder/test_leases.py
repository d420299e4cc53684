"""Leases: one holder at a time, the dead are found out, the living are left alone."""

import json
import multiprocessing
import os
import platform
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmark.run_folder import leases
from benchmark.run_folder.leases import Leases
from registry import UserError

NOW = "2026-01-01T00:00:00+00:00"


def test_one_at_a_time_and_nothing_stays(tmp_path: Path) -> None:
    mine, theirs = Leases(tmp_path, "c"), Leases(tmp_path, "c")
    with mine.hold("a", NOW) as first, theirs.hold("a", NOW) as second, theirs.hold("b", NOW) as other:
        assert (first.mine, second.mine, other.mine) == (True, False, True)
        held = mine.holders()
        assert [(h.key, h.pid, h.since, h.alive) for h in held] == [(k, os.getpid(), NOW, True) for k in "ab"]
    assert list((tmp_path / "leases").iterdir()) == []
    with pytest.raises(ValueError, match="inside"), mine.hold("a", NOW):
        raise ValueError("inside")
    assert list((tmp_path / "leases").iterdir()) == []


def _die_holding(folder: Path) -> None:
    with Leases(folder, "c").hold("a", NOW):
        os._exit(9)


def test_what_the_dead_hold_is_taken_over_at_once(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_die_holding, args=(tmp_path,))
    process.start()
    process.join()
    (holder,) = Leases(tmp_path, "c").holders()
    assert (holder.pid, holder.alive) == (process.pid, False)
    with Leases(tmp_path, "c").hold("a", NOW) as mine:
        assert mine.mine
    process = multiprocessing.get_context("spawn").Process(target=_die_holding, args=(tmp_path,))
    process.start()
    process.join()
    with Leases(tmp_path, "c").hold("b", NOW):
        Leases(tmp_path, "c").clear(["a", "b", "c"])
        assert [path.name for path in (tmp_path / "leases").iterdir()] == ["b"]


def _die_before_a_copy(folder: Path, keeps_the_lock: bool) -> None:
    """A worker whose entry has forked dies; the copy lives until the test ends it."""
    with Leases(folder, "c").hold("a", NOW):
        if keeps_the_lock:
            leases._HELD.clear()  # as where a library forks, of which Python is not told
        if os.fork() == 0:
            (folder / "copy").mkdir()
            (folder / "copy" / str(os.getpid())).touch()
            time.sleep(60)
        while not list(folder.glob("copy/*")):
            time.sleep(0.01)
        os._exit(9)


@pytest.mark.parametrize("keeps_the_lock", [False, True])
def test_a_copy_that_outlives_its_worker_does_not_hold_the_workers_lease(
    keeps_the_lock: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "STALE", 0.3)
    process = multiprocessing.get_context("spawn").Process(target=_die_before_a_copy, args=(tmp_path, keeps_the_lock))
    process.start()
    process.join()
    mine, taken = Leases(tmp_path, "c"), []
    try:
        for _ in range(20):
            with mine.hold("a", NOW) as claim:
                taken.append(claim.mine)
            if claim.mine:
                break
            time.sleep(0.1)
    finally:
        os.kill(int(next(tmp_path.glob("copy/*")).name), signal.SIGKILL)
    assert taken[0] is not keeps_the_lock  # at once, or when its heartbeat has stood still
    assert taken[-1]


def test_a_lock_that_a_living_process_holds_is_no_dead_ones_however_still_its_heart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "STALE", 0.05)
    with Leases(tmp_path, "c").hold("a", NOW):
        theirs = Leases(tmp_path, "c")
        for _ in range(4):
            with theirs.hold("a", NOW) as claim:
                assert not claim.mine
            time.sleep(0.05)


def test_the_dead_are_named_and_those_of_a_watched_command_are_left_to_its_head(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_die_holding, args=(tmp_path,))
    process.start()
    process.join()
    with Leases(tmp_path, "c", watched=True).hold("a", NOW) as claim:
        assert not claim.mine
    with Leases(tmp_path, "d", watched=True).hold("a", NOW) as claim:
        assert claim.mine
        assert claim.dead is not None
        assert (claim.dead.pid, claim.dead.command, claim.dead.alive) == (process.pid, "c", False)


def test_who_was_faster_at_a_dead_one_keeps_its_lease(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The dead lease that a worker looked at has been taken over by another before it is buried."""
    slow, fast = Leases(tmp_path, "c"), Leases(tmp_path, "c")
    path = tmp_path / "leases" / "a"
    path.parent.mkdir()
    path.write_text(json.dumps({"host": platform.node(), "pid": 1, "since": NOW, "command": "c"}))
    dead = leases._read(path)
    with fast.hold("a", NOW) as claim:
        assert claim.mine
        assert not leases._buried(path, dead)
        assert [holder.alive for holder in slow.holders()] == [True]
    assert list(path.parent.iterdir()) == []


def test_on_another_host_the_heartbeat_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "STALE", 0.3)
    monkeypatch.setattr(leases, "BEAT", 0.05)
    here, there = Leases(tmp_path, "c", host="here"), Leases(tmp_path, "c", host="there")
    with there.hold("a", NOW):
        for _ in range(8):
            with here.hold("a", NOW) as mine:
                assert not mine.mine
            time.sleep(0.1)
    (tmp_path / "leases" / "a").write_text(json.dumps({"host": "there", "pid": 1, "since": NOW, "command": "c"}))
    taken = []
    for _ in range(8):
        with here.hold("a", NOW) as mine:
            taken.append(mine.mine)
        time.sleep(0.1)
    assert taken[:2] == [False, False]
    assert any(taken)


def test_a_lease_that_was_taken_over_is_not_given_back_by_its_first_holder(tmp_path: Path) -> None:
    path = tmp_path / "leases" / "a"
    with Leases(tmp_path, "c").hold("a", NOW) as mine:
        assert mine.mine
        path.rename(path.with_name(".grave"))
        with Leases(tmp_path, "c").hold("a", NOW) as theirs:
            assert theirs.mine
            kept = path.stat().st_ino
            (tmp_path / "leases" / ".grave").unlink()
            assert path.stat().st_ino == kept
    assert not path.exists()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"host": 1}'])
def test_a_lease_that_is_not_yet_written_counts_as_held(content: str, tmp_path: Path) -> None:
    (tmp_path / "leases").mkdir()
    (tmp_path / "leases" / "a").write_text(content)
    with Leases(tmp_path, "c").hold("a", NOW) as mine:
        assert not mine.mine
    assert Leases(tmp_path, "c").holders() == []


@pytest.mark.parametrize("place", ["flock", "write"])
def test_what_a_signal_has_left_without_a_name_is_let_go(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    mine, theirs = Leases(tmp_path, "c"), Leases(tmp_path, "c")
    monkeypatch.setattr({"flock": leases.fcntl, "write": leases.os}[place], place, stopped)
    with pytest.raises(KeyboardInterrupt), mine.hold("a", NOW):
        pass
    monkeypatch.undo()
    theirs.release()  # has not asked for it
    assert [path.name for path in (tmp_path / "leases").iterdir()] == ["a"]
    mine.release()
    assert not list((tmp_path / "leases").iterdir())


def test_what_another_is_about_to_sign_is_left_to_him(tmp_path: Path) -> None:
    path = tmp_path / "leases" / "a"
    path.parent.mkdir()
    path.touch()
    mine = Leases(tmp_path, "c")
    with mine.hold("a", NOW) as claim:
        assert not claim.mine
    who = {"host": "elsewhere", "pid": 1, "since": NOW, "command": "c"}
    threading.Timer(leases.WRITTEN / 2, path.write_text, [json.dumps(who)]).start()
    mine.release()
    assert path.exists()


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (Path.mkdir, "a folder"),
        (os.mkfifo, "a pipe"),
        (lambda path: path.symlink_to("/dev/zero"), "a link"),
        (lambda path: path.symlink_to("nowhere"), "a link"),
    ],
)
@pytest.mark.timeout(20)
def test_what_is_no_lease_is_named_by_its_own_place_and_left_alone(
    make: Callable[[Path], object], kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "leases" / "a"
    path.parent.mkdir()
    make(path)
    mine = Leases(tmp_path, "c")
    said = f"leases/a: {kind} stands where a lease is needed: move it, then run it again; nothing published is lost"
    with pytest.raises(UserError, match=f"{said}$"), mine.hold("a", NOW):
        pass
    mine.release()
    mine.clear(["a"])
    assert mine.holders() == []
    assert list(path.parent.iterdir()) == [path]
