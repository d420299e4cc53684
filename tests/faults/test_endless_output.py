"""A family that prints without end, and an error of megabytes: bounded in record, log and on the screen."""

from pathlib import Path

import pytest

import memorank
from benchmark.process import interruption
from benchmark.process.logs import KEPT
from benchmark.run.attempts import LONGEST_TRACEBACK
from registry.errors import LONGEST

FAMILY = """
from torch import nn
from memorank import ModelFamily, Tap

def build(input_shape, num_classes):
    for _ in range(50):
        print("x" * 100_000)
    if TALKS:
        raise ValueError("y" * 2_000_000)
    return nn.Sequential(nn.Linear(input_shape[0], 4), nn.Linear(4, num_classes))

TALKS = %s
FAMILY = ModelFamily(name="talks", modality="vector", build=build, taps=(Tap("0"),), reference="none")
"""
PLAN = """
name: one
seeds: [0]
suites:
  - {suite: toy-spurious, family: talks, conditions: [0.0]}
threads: 1
limit: 20
estimator: {sub_samples: 0, inputs: [evaluation]}
"""


@pytest.mark.parametrize("fails", [False, True])
def test_what_a_family_says_is_bounded_wherever_it_is_kept_and_shown(
    fails: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(interruption, "listen", lambda: None)
    monkeypatch.chdir(tmp_path)
    Path("talks.py").write_text(FAMILY % fails)
    Path("one.yaml").write_text(PLAN)
    code = memorank.main(["run", "one.yaml", "--include", "talks.py", "--out", "run"])
    shown = "".join(capsys.readouterr())
    assert code == fails
    if fails:
        assert len(shown) < 5 * (LONGEST + 500)
        causes = list(Path("run").glob("failed/*/*/cause.txt"))
        assert len(causes) == 2
        assert all(cause.stat().st_size < LONGEST + 100 for cause in causes)
        assert all("characters left out" in cause.read_text() for cause in causes)
        for attempt in Path("run").glob("failed/*/*"):
            assert sum(file.stat().st_size for file in attempt.iterdir()) < LONGEST_TRACEBACK + 300_000
        memorank.main(["status", "run"])
        assert len(capsys.readouterr().out) < LONGEST + 1_000
    else:
        (log,) = Path("run").glob("cells/*s0-*/log.txt")
        assert "characters are left out" in log.read_text()
        assert log.stat().st_size < 2 * KEPT + 100
    assert sum(file.stat().st_size for file in Path("run").rglob("*") if file.is_file()) < 6_000_000
