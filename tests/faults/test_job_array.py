"""The commands of a Slurm job array count as one: a second one in a job says what it does not try again, and why."""

from pathlib import Path

import pytest
from one_measure import PLAN, declared

import memorank
from benchmark.process import interruption

MEASURE = """
import os
from memorank import Measure, Value

def compute(outputs, settings):
    return Value(float(os.environ["A_SETTING"]))
"""


def test_a_second_command_in_a_job_says_why_it_does_not_try_again_and_how_it_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run() -> tuple[int, list[str]]:
        code = memorank.main(["run", "one.yaml", "--include", "measure.py", "--out", "run"])
        return code, [line for line in capsys.readouterr().err.splitlines() if line.startswith("failed: ")]

    monkeypatch.setattr(interruption, "listen", lambda: None)
    monkeypatch.chdir(tmp_path)
    Path("measure.py").write_text(MEASURE + declared("of-a-setting"))
    Path("one.yaml").write_text(PLAN)
    monkeypatch.setenv("SLURM_ARRAY_JOB_ID", "77")
    code, failed = run()
    assert (code, len(failed)) == (1, 2)
    assert all(line.endswith("KeyError: 'A_SETTING'") for line in failed)
    monkeypatch.setenv("A_SETTING", "1")
    code, failed = run()
    assert (code, len(failed)) == (1, 2)
    assert all(
        line.endswith(
            "KeyError: 'A_SETTING'; not tried again: it failed 2 times in job array 77, whose commands count as one; "
            "to try it again in the same job, unset SLURM_ARRAY_JOB_ID before the command"
        )
        for line in failed
    )
    monkeypatch.delenv("SLURM_ARRAY_JOB_ID")
    assert run() == (0, [])
