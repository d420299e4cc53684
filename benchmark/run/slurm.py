"""Workers as a job array of a Slurm cluster: each job runs the same command, as one more machine that joins in.

In: an assignment and the words of its command. Out: a job array that has been submitted, and where its logs are.

What a site asks for is told to Slurm by its own environment variables: SBATCH_PARTITION, SBATCH_ACCOUNT,
SBATCH_TIMELIMIT, SBATCH_GPUS_PER_TASK, ...
"""

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmark.run.assignment import Assignment
from registry import UserError


@dataclass(frozen=True)
class Submitted:
    """A job array: its number and the files that its jobs write to, as a pattern."""

    job: str
    logs: Path


def submit(assigned: Assignment, words: Sequence[str], jobs: int, workers: int) -> Submitted:
    """Submit a job array, each job of which runs the same command.

    Args:
        assigned: What is to be done; the logs lie in its run folder.
        words: The command after `memorank`, without --slurm.
        jobs: How many jobs.
        workers: How many workers each job has, with as many cores as the plan has threads for each.

    Returns:
        The number of the array and where its logs are.

    Raises:
        UserError: submitit is not installed, sbatch or srun is not there, or Slurm does not take the job.
    """
    try:
        import submitit
    except ModuleNotFoundError as error:
        raise UserError("--slurm needs submitit: pip install 'memorank[cluster]'") from error
    if shutil.which("sbatch") is None or shutil.which("srun") is None:
        raise UserError("--slurm needs a Slurm cluster: sbatch and srun are not on this machine's PATH")
    folder = (assigned.run / "logs" / "slurm").absolute()
    executor = submitit.SlurmExecutor(folder=folder)
    executor.update_parameters(
        job_name="memorank",
        cpus_per_task=workers * assigned.resolved.plan.threads,
        array_parallelism=jobs,
        time=None,  # the site's default, or SBATCH_TIMELIMIT
        stderr_to_stdout=True,
        use_srun=False,  # one process a job needs no step, and is not sent submitit's signal before its time is over
    )
    command = submitit.helpers.CommandFunction([sys.executable, "-P", "-m", "memorank", *words])
    try:
        with executor.batch():
            submitted = [executor.submit(command) for _ in range(jobs)]
    except submitit.core.utils.FailedJobError as error:
        raise UserError(f"Slurm did not take the job: {' '.join(str(error).split())}") from error
    number = submitted[0].job_id.partition("_")[0]
    return Submitted(number, folder / f"{number}*_0_log.out")


def without(words: Sequence[str], option: str) -> list[str]:
    """The words of a command without an option and its value.

    >>> without(["run", "toy", "--slurm", "3", "--out", "x"], "--slurm"), without(["run", "--slurm=3"], "--slurm")
    (['run', 'toy', '--out', 'x'], ['run'])
    """
    kept = [word for word in words if not word.startswith(f"{option}=")]
    while option in kept:
        place = kept.index(option)
        del kept[place : place + 2]
    return kept
