"""A cell without end: stopped by the plan's seconds_per_cell, failed with its cause, and no key says so."""

from pathlib import Path

import pytest
from blank_figures import blank
from one_measure import PLAN, declared
from real_command import finished

import memorank
from benchmark.plan.cells import resolve
from benchmark.plan.reading import PlanError, read_plan
from benchmark.process import interruption

MEASURE = """
import os
from memorank import Measure, Value

def compute(outputs, settings):
    if ".a1." not in outputs.key:
        return Value(0.5)
    how = os.environ["ENDLESS"]
    while how == "loop":
        try:
            pass
        except Exception:
            pass
    return Value(float(sum(range(10**12))))  # in C, without a look at signals
"""
RUN = ["run", "one.yaml", "--include", "endless.py", "--out", "run"]
LIMITED = [*RUN, "--set", "seconds_per_cell=1"]
SAID = "it took longer than 1 s, which seconds_per_cell of the plan allows"
# The head of the workers waits less than it does for users.
HEAD = "import sys, memorank, benchmark.run.crew as c; c.GRACE = 0.5; sys.exit(memorank.main(sys.argv[1:]))"


@pytest.fixture
def all_but_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A run folder in which one cell is missing: its measure has no ENDLESS to look at yet."""
    monkeypatch.setattr(interruption, "listen", lambda: None)
    monkeypatch.chdir(tmp_path)
    Path("endless.py").write_text(MEASURE + declared("endless"))
    Path("one.yaml").write_text(PLAN)
    with blank():
        assert memorank.main(RUN) == 1
    assert "failed: toy-spurious.toy-mlp.a1.s0.evaluation" in capsys.readouterr().err
    return tmp_path / "run"


def test_an_endless_loop_fails_with_the_cause_and_nothing_else_is_computed_again(
    all_but_one: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ENDLESS", "loop")
    with blank():
        assert memorank.main(LIMITED) == 1
    out, err = capsys.readouterr()
    assert "3 cells were done, 0 computed now; board in run/board" in out
    assert f": TookTooLong: {SAID}" in err.splitlines()[-1]
    assert not list((all_but_one / "leases").iterdir())


def test_code_that_cannot_be_interrupted_costs_its_worker(all_but_one: Path) -> None:
    words = ("-c", HEAD, *LIMITED, "--workers", "1")
    done = finished(*words, folder=all_but_one.parent, environment={"ENDLESS": "sum"})
    assert done.returncode == 1, done.stderr
    assert "3 cells were done, 0 computed now" in done.stdout
    assert f": {SAID}; as its code did not stop, its worker was ended" in done.stderr.splitlines()[-1]


def test_no_key_and_no_digest_says_how_long_a_cell_may_take() -> None:
    plain, limited = (resolve(read_plan("toy", said), Path("none")) for said in ((), ("seconds_per_cell=0.5",)))
    assert [cell.key for cell in plain.cells] == [cell.key for cell in limited.cells]
    assert plain.as_json()["digest"] == limited.as_json()["digest"]
    assert "seconds_per_cell" not in plain.as_json()["plan"]
    assert limited.as_json()["plan"]["seconds_per_cell"] == 0.5


@pytest.mark.parametrize("word", ["0", "-1", "nan", "inf", "true", "'60'", "[1]", "1e99"])
def test_only_a_number_of_seconds_is_taken(word: str) -> None:
    with pytest.raises(PlanError, match="--set seconds_per_cell="):
        read_plan("toy", [f"seconds_per_cell={word}"])
