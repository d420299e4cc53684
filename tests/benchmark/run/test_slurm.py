"""A job array as it is given to submitit, which a stand-in takes; a real cluster is in tests/faults/test_slurm.py."""

import sys
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmark.run import slurm
from benchmark.run.assignment import Assignment, assign
from registry import UserError


class Refused(Exception):
    """Slurm does not take a job."""


class Executor:
    """Keeps what it is told."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.said, self.commands = folder, {}, []  # type: ignore[var-annotated]
        EXECUTORS.append(self)

    def update_parameters(self, **said: Any) -> None:
        self.said = said

    def batch(self) -> Any:
        return nullcontext()

    def submit(self, command: list[str]) -> Any:
        if command[-1] == "refused":
            raise Refused("sbatch:  error\n  no such partition")
        self.commands.append(command)
        return SimpleNamespace(job_id=f"81_{len(self.commands) - 1}")


EXECUTORS: list[Executor] = []


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Assignment:
    """The plan toy, where submitit and Slurm seem to be there."""
    fake = SimpleNamespace(
        SlurmExecutor=Executor,
        helpers=SimpleNamespace(CommandFunction=list),
        core=SimpleNamespace(utils=SimpleNamespace(FailedJobError=Refused)),
    )
    monkeypatch.setitem(sys.modules, "submitit", fake)
    monkeypatch.setattr(slurm.shutil, "which", lambda name: f"/usr/bin/{name}")
    return assign("toy", tmp_path, None, ["threads=3"], ())


def test_each_job_runs_the_same_command_with_cores_for_its_workers(given: Assignment, tmp_path: Path) -> None:
    done = slurm.submit(given, ["run", "toy"], jobs=4, workers=2)
    executor = EXECUTORS[-1]
    assert executor.commands == [[sys.executable, "-P", "-m", "memorank", "run", "toy"]] * 4
    assert executor.said["cpus_per_task"] == 2 * 3
    assert executor.said["array_parallelism"] == 4
    assert executor.said["time"] is None  # what the site says counts
    assert done == slurm.Submitted("81", tmp_path / "logs" / "slurm" / "81*_0_log.out")


def test_what_slurm_does_not_take_is_one_line(given: Assignment) -> None:
    with pytest.raises(UserError, match=r"^Slurm did not take the job: sbatch: error no such partition$"):
        slurm.submit(given, ["refused"], jobs=1, workers=1)


def test_without_a_cluster_or_submitit_the_error_says_what_is_missing(
    given: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slurm.shutil, "which", lambda name: None if name == "srun" else name)
    with pytest.raises(UserError, match="--slurm needs a Slurm cluster: sbatch and srun are not on"):
        slurm.submit(given, [], jobs=1, workers=1)
    monkeypatch.setitem(sys.modules, "submitit", None)
    with pytest.raises(UserError, match=r"--slurm needs submitit: pip install 'memorank\[cluster\]'"):
        slurm.submit(given, [], jobs=1, workers=1)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (["run", "toy", "--slurm", "2", "--out", "x"], ["run", "toy", "--out", "x"]),
        (["run", "toy", "--slurm=2"], ["run", "toy"]),
        (["run", "toy", "--slurm=2", "--slurm", "3"], ["run", "toy"]),
        (["run", "--slurmy", "2"], ["run", "--slurmy", "2"]),
    ],
)
def test_an_option_goes_with_its_value_in_either_form(words: list[str], left: list[str]) -> None:
    assert slurm.without(words, "--slurm") == left
