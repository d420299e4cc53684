"""A real Slurm cluster of one node: jobs share the cells, die, are cancelled, and the board is the same."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from processes import committed
from real_command import Command, board_bytes

SCRIPT = Path(__file__).parent / "slurm.sh"
NEEDED = ("slurmctld", "slurmd", "munged", "sbatch", "runuser")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def slurm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment in which sbatch finds the cluster."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing or os.geteuid() != 0:
        pytest.skip(f"a cluster needs root and Debian's slurm-wlm and munge (missing: {', '.join(missing) or 'root'})")
    folder = Path("/tmp") / f"{tmp_path_factory.getbasetemp().parent.name}-slurm-{os.getpid()}"  # sockets: short paths
    try:
        started = subprocess.run([SCRIPT, "start", folder], capture_output=True, text=True, timeout=120)
        assert started.returncode == 0, started.stderr
        yield {"SLURM_CONF": str(folder / "slurm.conf")}
    finally:
        subprocess.run([SCRIPT, "stop", folder], check=True, timeout=60)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def submitted(slurm: dict[str, str], command: Command) -> Callable[..., str]:
    """Submit a command; the number of its job."""

    def submit(*words: str) -> str:
        done = command(*words, environment=slurm)
        assert done.returncode == 0, done.stderr
        return re.search(r"submitted job (\d+): ", done.stdout)[1]

    return submit


def wait_for_job(job: str, slurm: dict[str, str], seconds: float = 200) -> None:
    deadline = time.monotonic() + seconds
    asked = ["squeue", "--noheader", "--jobs", job]
    while subprocess.run(asked, env={**os.environ, **slurm}, capture_output=True, text=True).stdout.strip():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def computed(run: Path) -> int:
    texts = [log.read_text() for log in (run / "logs" / "slurm").glob("*.out")]
    return sum(int(re.search(r" (\d+) computed now", text)[1]) for text in texts)


def test_two_jobs_compute_every_cell_once_and_give_the_same_board(
    submitted: Callable[..., str], slurm: dict[str, str], toy_run: Path, tmp_path: Path
) -> None:
    wait_for_job(submitted("run", "toy", "--out", "a run", "--slurm", "2"), slurm)
    assert computed(tmp_path / "a run") == 54
    assert board_bytes(tmp_path / "a run") == board_bytes(toy_run)


def test_jobs_that_are_cancelled_lose_nothing_and_others_go_on(
    submitted: Callable[..., str], slurm: dict[str, str], toy_run: Path, tmp_path: Path
) -> None:
    words = ("run", "toy", "--out", "run", "--slurm=1", "--workers", "2")
    job = submitted(*words)
    while not committed(tmp_path / "run"):
        time.sleep(0.05)
    subprocess.run(["scancel", job], check=True, env={**os.environ, **slurm})
    wait_for_job(job, slurm)
    before = committed(tmp_path / "run")
    assert len(before) < 54
    wait_for_job(submitted(*words), slurm)
    assert before.items() <= committed(tmp_path / "run").items()
    assert board_bytes(tmp_path / "run") == board_bytes(toy_run)


DEADLY = """
import os, signal
from memorank import ModelFamily, Tap

def build(shape, classes):
    os.kill(os.getpid(), signal.SIGKILL)

FAMILY = ModelFamily(name="deadly", modality="vector", build=build, taps=(Tap("0"),), reference="none: a test")
"""


def test_a_cell_that_kills_two_jobs_is_failed_and_the_third_does_the_rest(
    submitted: Callable[..., str], slurm: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "deadly.py").write_text(DEADLY)
    (tmp_path / "mine.yaml").write_text(
        "name: mine\nseeds: [0]\nsuites:\n  - {suite: toy-spurious, family: deadly, conditions: [0.0]}\n"
        "  - {suite: toy-spurious, family: toy-mlp}\n"
    )
    job = submitted("run", "mine.yaml", "--include", "deadly.py", "--out", "run", "--slurm", "3")
    wait_for_job(job, slurm)
    assert len(committed(tmp_path / "run")) == 6
    (cell,) = (tmp_path / "run" / "failed").iterdir()
    causes = [(attempt / "cause.txt").read_text() for attempt in sorted(cell.iterdir())]
    assert len(causes) == 2
    assert all(cause.startswith("its worker died: process ") for cause in causes)


def test_without_slurm_it_is_one_line_and_nothing_is_written(tmp_path: Path, command: Command) -> None:
    (tmp_path / "bin").mkdir()
    done = command("run", "toy", "--slurm", "2", environment={"PATH": str(tmp_path / "bin")})
    assert done.returncode == 2
    assert done.stderr == "memorank: --slurm needs a Slurm cluster: sbatch and srun are not on this machine's PATH\n"
    assert not list((tmp_path / "runs").rglob("*record.json"))
