"""A Dask cluster on machines that share nothing but a network: the bytes of one worker, whatever is killed."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dask_cluster import ON_A_CLUSTER, DaskCluster
from machines import CannotBeMade, Machine, Network
from processes import committed, wait_for_cells
from real_command import ROOT, board_bytes

pytestmark = ON_A_CLUSTER


@pytest.fixture
def network() -> Iterator[Network | str]:
    """A network of machines that share nothing else, or why there is none."""
    try:
        made = Network()
    except CannotBeMade as why:
        yield f"machines with a network of their own cannot be made here: {why}"
        return
    try:
        yield made
    finally:
        made.end()


@pytest.fixture
def machine(network: Network | str) -> Callable[[str], Machine]:
    """Machines by name, this one for all where no others can be made."""
    return (lambda name: Machine()) if isinstance(network, str) else network.machine


@pytest.fixture
def apart(machine: Callable[[str], Machine], tmp_path: Path) -> Iterator[DaskCluster]:
    """A scheduler and two workers on machines where no folder of any other's is seen, nor the head's."""
    places = {name: tmp_path / "cluster" / name for name in ("scheduler", "one", "two", "three")}
    places["head"] = tmp_path / "head"
    for folder in places.values():
        folder.mkdir(parents=True)
    for name, own in places.items():
        for folder in {*places.values()} - {own}:
            machine(name).hide(folder)
    made = DaskCluster(tmp_path / "cluster", machine)
    try:
        made.worker("one")
        made.worker("two")
        yield made
    finally:
        made.end()


def start_at(head: Machine, folder: Path, *words: str) -> "subprocess.Popen[str]":
    """The real command on the machine of the head."""
    return subprocess.Popen(
        head.words(folder, sys.executable, "-P", "-m", "memorank", *words),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.mark.slow
def test_machines_that_share_nothing_but_a_network_give_the_bytes_of_one_whatever_is_killed(
    network: Network | str, apart: DaskCluster, toy_run: Path, tmp_path: Path
) -> None:
    if isinstance(network, str):
        pytest.skip(network)
    folder, run = tmp_path / "head", tmp_path / "head" / "run"
    words = ("run", "toy", "--out", "run", "--dask", apart.address)
    process = start_at(network.machine("head"), folder, *words)
    wait_for_cells(process, run, 5)
    apart.kill("one")
    apart.worker("three")
    wait_for_cells(process, run, 20)
    process.kill()
    _, err = process.communicate()
    assert process.returncode == -signal.SIGKILL, err
    before = committed(run)
    assert 20 < len(before) < 54
    seen = subprocess.run(network.machine("one").words(folder, "ls"), capture_output=True, text=True)
    assert (seen.stdout, seen.stderr) == ("", "")
    process = start_at(network.machine("head"), folder, *words)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert before.items() <= committed(run).items()
    assert board_bytes(run) == board_bytes(toy_run)
    assert not list((tmp_path / "cluster").rglob("data"))
    records = [json.loads(path.read_text()) for path in run.glob("cells/*/record.json")]
    assert {record["provenance"]["machine"]["host"] for record in records} == {"one", "two", "three"}


ONE_EPOCH = tuple(word for number in range(4) for word in ("--set", f"suites.{number}.training={{max_epochs: 1}}"))


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("words", [("--limit", "100"), ONE_EPOCH], ids=["to the end on 100 digits", "all digits once"])
def test_mnist_has_the_bytes_of_one_worker(
    words: tuple[str, ...], machine: Callable[[str], Machine], apart: DaskCluster, tmp_path: Path
) -> None:
    digits = Path(os.environ.get("MEMORANK_DATA", Path("~/.cache/memorank").expanduser())) / "mnist-5k"
    for place in ("cluster/one", "cluster/two", "head"):
        shutil.copytree(digits, tmp_path / place / "data" / "mnist-5k")
    folder = tmp_path / "head"
    words = ("run", "mnist", "--set", "seeds=[0]", "--set", "threads=1", "--data-dir", "data", *words)
    for where in (("run", "--dask", apart.address), ("other",)):
        process = start_at(machine("head"), folder, *words, "--out", *where)
        _, err = process.communicate(timeout=800)
        assert process.returncode == 0, err
    assert board_bytes(folder / "run") == board_bytes(folder / "other")
    assert not (folder / "run" / "failed").exists()
