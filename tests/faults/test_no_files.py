"""What others have put into a run folder in place of a file is not waited for, and costs nothing that is published."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from processes import committed
from real_command import finished, start

from benchmark.plain.canonical import canonical

PLAN = """name: mini
seeds: [0]
suites:
  - {suite: toy-spurious, family: toy-mlp, conditions: [0.0, 1.0], training: {max_epochs: 2}}
estimator: {sub_samples: 0}
"""
KINDS: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "device": lambda path: path.symlink_to("/dev/zero"),
}
SECONDS = 60
RUN = ("run", "mini.yaml", "--out", "run")
IN_THE_WAY = "a device, a pipe or a socket stands where a file is needed: move it, or choose another --out"
NO_BOARD = "is not a file of a board, and would be replaced: move it, or choose another place (--out)"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run folder."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "mini.yaml").write_text(PLAN)
    done = finished(*RUN, folder=folder)
    assert done.returncode == 0, done.stderr
    return folder / "run"


@pytest.fixture
def network(whole: Path, tmp_path: Path) -> str:
    """A copy of the run folder without one of its networks; the key of that."""
    (tmp_path / "mini.yaml").write_text(PLAN)
    shutil.copytree(whole, tmp_path / "run")
    key = min(path.parent.name for path in (tmp_path / "run").glob("cells/*/outputs.safetensors"))
    shutil.rmtree(tmp_path / "run" / "cells" / key)
    return str(key)


def put(kind: str, place: Path) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    KINDS[kind](place)
    return place


def ended(*words: str, folder: Path) -> tuple[int, str]:
    """The exit code and what is said on stderr, of a command that waits for nobody."""
    process = start(*words, folder=folder)
    try:
        _, err = process.communicate(timeout=SECONDS)
    finally:
        if process.poll() is None:
            process.kill()
    return process.returncode, err


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_in_nobodys_way_stays_and_what_stands_for_a_file_of_memoranks_is_replaced(
    kind: str, network: str, tmp_path: Path
) -> None:
    run = tmp_path / "run"
    foreign = ["commands/abc", f"failed/{network}/1/command.txt", f"cells/.tmp-abc-{32 * '0'}"]
    own = ["provenance.json", "memorank.json", f"checkpoints/{network}"]
    for place in (*foreign, *own):
        put(kind, run / place)
    code, err = ended(*RUN, folder=tmp_path)
    assert code == 0, err
    assert network in committed(run)
    assert [place for place in foreign if os.path.lexists(run / place) and not (run / place).is_file()] == foreign
    for place in own[:2]:
        assert not (run / place).is_symlink()
        assert isinstance(json.loads((run / place).read_bytes()), dict)
    assert not os.path.lexists(run / own[2])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("words", "place", "said", "published"),
    [
        (RUN, "board/board.json", f"run/board/board.json {NO_BOARD}", True),
        ((*RUN, "--workers", "2"), "logs/worker-0.txt", f"logs/worker-0.txt: not a regular file; {IN_THE_WAY}", False),
        (("report", "run", "--figures"), "board/figures/figures.json", "figures.json is no list of a board's", False),
    ],
)
def test_what_stands_in_the_way_is_one_line_and_stays(
    words: tuple[str, ...], place: str, said: str, published: bool, kind: str, network: str, tmp_path: Path
) -> None:
    there = put(kind, tmp_path / "run" / place)
    before = committed(tmp_path / "run")
    code, err = ended(*words, folder=tmp_path)
    assert (code, "Traceback" in err) == (2, False), err
    assert said in err.splitlines()[-1]
    assert os.path.lexists(there)
    assert not there.is_file()
    assert before.items() <= committed(tmp_path / "run").items()
    assert network in committed(tmp_path / "run") or not published


@pytest.mark.parametrize("workers", [(), ("--workers", "2")], ids=["one", "two"])
@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_what_stands_for_a_lease_is_named_and_left_alone(
    kind: str, workers: tuple[str, ...], network: str, tmp_path: Path
) -> None:
    lease = tmp_path / "run" / "leases" / network
    lease.mkdir() if kind == "folder" else put(kind, lease)
    code, err = ended("status", "run", folder=tmp_path)
    assert (code, err) == (0, "")
    before = committed(tmp_path / "run")
    code, err = ended(*RUN, *workers, folder=tmp_path)
    what = {"device": "a link"}.get(kind, f"a {kind}")
    assert code == 2
    cure = "move it, then run it again; nothing published is lost"
    assert f"memorank: run/leases/{network}: {what} stands where a lease is needed: {cure}\n" in err
    assert os.path.lexists(lease)
    assert [path.name for path in lease.parent.iterdir()] == [network]
    assert before.items() <= committed(tmp_path / "run").items()


@pytest.mark.parametrize("kind", KINDS)
def test_verify_and_report_do_not_wait_either(kind: str, whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "run")
    put(kind, tmp_path / "run" / "included" / "abc" / "source.json")
    code, err = ended("verify", "run", folder=tmp_path)
    assert code == 1, err
    assert ended("report", "run", "--sensitivity", folder=tmp_path)[0] == 0
    kept = next((tmp_path / "run" / "sensitivity").iterdir())
    content = json.loads(kept.read_bytes())
    put(kind, kept)
    assert ended("report", "run", "--sensitivity", folder=tmp_path)[0] == 0
    assert kept.read_bytes() == canonical(content).encode()
