"""What is damaged, missing or cannot be written: named in a line, nothing lost, and the same command goes on."""

import json
import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import committed, wait_for_cells
from real_command import Command, board_bytes, start


def test_a_damaged_cell_is_named_set_aside_and_computed_again(toy_run: Path, tmp_path: Path, command: Command) -> None:
    shutil.copytree(toy_run, tmp_path / "run")
    cells = sorted((tmp_path / "run" / "cells").iterdir())
    weights = next(cell for cell in cells if (cell / "outputs.safetensors").exists()) / "outputs.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    score = next(cell for cell in cells if ".evaluation." in cell.name)
    (score / "record.json").write_text('{"schema": 1, "measures"')
    report = command("report", "run", "--show", "missing")
    assert report.returncode == 0
    assert f"not used: {score.name}: the record is not JSON" in report.stderr
    assert f"{score.name}  not scored" in report.stdout
    assert f"damaged: {score.name}" in command("status", "run").stdout
    done = command("run", "toy", "--out", "run")
    assert "52 cells were done, 2 computed now" in done.stdout
    assert f"{weights.parent.name}: outputs.safetensors does not match its checksum; set aside" in done.stderr
    assert board_bytes(tmp_path / "run") == board_bytes(toy_run)


def edited(path: Path, damage: str) -> None:
    record = json.loads(path.read_text())
    if damage == "truncated":
        path.write_text(path.read_text()[:200])
    elif damage == "garbage":
        path.write_bytes(os.urandom(300))
    elif damage == "empty":
        path.write_text("")
    elif damage == "another type":
        path.write_text(json.dumps([record]))
    elif damage == "another cell's":
        path.write_text(json.dumps({**record, "key": "k"}))
    elif damage == "one number":
        path.write_text(json.dumps({**record, "samples": 7}))
    else:
        path.unlink()


DAMAGES = ("truncated", "garbage", "empty", "another type", "another cell's", "one number", "gone")


def test_every_kind_of_damaged_record_is_named_and_computed_again(
    toy_run: Path, tmp_path: Path, command: Command
) -> None:
    shutil.copytree(toy_run, tmp_path / "run")
    damaged = sorted((tmp_path / "run" / "cells").iterdir())[: len(DAMAGES)]
    for cell, damage in zip(damaged, DAMAGES, strict=True):
        edited(cell / "record.json", damage)
    report = command("report", "run")
    assert report.returncode == 0
    assert {line.split(": ")[1] for line in report.stderr.splitlines()} == {cell.name for cell in damaged}
    done = command("run", "toy", "--out", "run", "--workers", "2")
    assert done.returncode == 0, done.stderr
    assert f"47 cells were done, {len(DAMAGES)} computed now" in done.stdout
    assert board_bytes(tmp_path / "run") == board_bytes(toy_run)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 KiB, where this user may mount one."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.long
@pytest.mark.parametrize("workers", [(), ("--workers", "2")], ids=["one", "two"])
def test_a_full_disk_is_one_line_and_the_run_goes_on_once_there_is_room(
    workers: tuple[str, ...], small_disk: Path, toy_run: Path, command: Command
) -> None:
    words = ("run", "toy", "--out", str(small_disk / "run"), *workers)
    done = command(*words)
    assert done.returncode == 2
    said = done.stderr.splitlines()[-1]
    assert "No space left on device; make room, then run it again; nothing published is lost" in said
    assert "Traceback" not in done.stderr
    before = committed(small_disk / "run")
    assert before
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    assert command(*words).returncode == 0
    assert before.items() <= committed(small_disk / "run").items()
    assert board_bytes(small_disk / "run") == board_bytes(toy_run)


@pytest.mark.long
def test_a_write_that_fails_in_the_middle_is_one_line(tmp_path: Path, toy_run: Path, command: Command) -> None:
    size = max(path.stat().st_size for path in toy_run.glob("cells/*/outputs.safetensors"))
    process = start("run", "toy", "--out", "run", folder=tmp_path)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size - 1, size - 1))
    _, err = process.communicate(timeout=240)
    assert process.returncode == 2
    assert "File too large; allow larger files (ulimit -f), then run it again; nothing" in err.splitlines()[-1]
    assert command("run", "toy", "--out", "run").returncode == 0
    assert board_bytes(tmp_path / "run") == board_bytes(toy_run)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_one_line(tmp_path: Path, command: Command) -> None:
    (tmp_path / "run").mkdir(mode=0o500)
    done = command("run", "toy", "--out", "run")
    assert done.returncode == 2
    assert "Permission denied; change the permissions, or choose another --out" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_read_only_file_system_is_one_line(small_disk: Path, command: Command) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    done = command("run", "toy", "--out", str(small_disk / "run"))
    assert done.returncode == 2
    assert "Read-only file system; nothing can be written there: choose another --out" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("workers", [(), ("--workers", "2")], ids=["one", "two"])
def test_a_run_folder_that_vanishes_is_one_line(workers: tuple[str, ...], tmp_path: Path) -> None:
    process = start("run", "toy", "--out", "run", *workers, folder=tmp_path)
    wait_for_cells(process, tmp_path / "run", 1)
    (tmp_path / "run" / "cells").rename(tmp_path / "gone")
    (tmp_path / "run" / "cells").touch()
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2, err
    assert "; a file stands where a folder is needed: move it, or choose another --out" in err.splitlines()[-1]
    assert "Traceback" not in err


@pytest.mark.parametrize("workers", [(), ("--workers", "2")], ids=["one", "two"])
def test_a_run_folder_that_is_moved_is_one_line_and_goes_on_where_it_is(
    workers: tuple[str, ...], tmp_path: Path
) -> None:
    process = start("run", "toy", "--out", "run", *workers, folder=tmp_path)
    wait_for_cells(process, tmp_path / "run", 1)
    (tmp_path / "run").rename(tmp_path / "moved")
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2, err
    said = err.splitlines()[-1]
    assert said.startswith(
        f"memorank: {tmp_path / 'run'}: No such file or directory; it was moved or removed meanwhile"
    )
    assert "what is published there is kept" in said
    assert "Traceback" not in err
    assert "failed" not in err
    assert not (tmp_path / "run").exists()
    before = committed(tmp_path / "moved")
    assert before
    process = start("run", "toy", "--out", "moved", "--set", "seeds=[0]", folder=tmp_path)
    _, err = process.communicate(timeout=240)
    assert process.returncode == 0, err
    assert before.items() <= committed(tmp_path / "moved").items()
