"""One computation at a time in a process, and the process is as before when it has ended."""

import sys
import threading
from pathlib import Path

import pytest
import torch

import memorank
from benchmark.process.logs import captured

pytestmark = pytest.mark.usefixtures("blank_pages")

SMALL = ("seeds=[0]", "estimator.sub_samples=0")
NET = '''"""A family that waits while it is built."""
import threading, time
from torch import nn
import memorank
from memorank import ModelFamily, Tap


def build(shape, classes):
    {0}
    return nn.Sequential(nn.Linear(shape[0], 4), nn.ReLU(), nn.Linear(4, classes))


FAMILY = ModelFamily(name="waiting-net", modality="vector", build=build, taps=(Tap("0"),), reference="none: a test")
'''
PLAN = (
    "name: {0}\nseeds: [0]\nsuites:\n  - {{suite: toy-spurious, family: waiting-net}}\nestimator: {{sub_samples: 0}}\n"
)


def losses(run: Path) -> dict[str, list[float]]:
    records = memorank.load_records(run)
    return {key: record["history"]["losses"] for key, record in records.items() if record["work"] == "train"}


def test_a_second_run_in_a_thread_is_refused_in_one_line_and_the_first_is_what_it_is_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "waiting.py").write_text(NET.format("time.sleep(0.3)"))
    (tmp_path / "first.yaml").write_text(PLAN.format("first"))
    streams = sys.stdout, sys.stderr
    ended: list[object] = []

    def first() -> None:
        ended.append(memorank.run("first.yaml", out="first", include=["waiting.py"]))

    thread = threading.Thread(target=first)
    thread.start()
    while not (tmp_path / "first" / "cells").exists():
        assert thread.is_alive()
    with pytest.raises(memorank.UserError) as caught:
        memorank.run("toy", out="second", overrides=SMALL)
    said = "memorank.run('toy') cannot begin while memorank.run('first.yaml') is at work in this process: one at a time"
    assert str(caught.value).startswith(said)
    thread.join()
    assert len(ended) == 1
    assert (sys.stdout, sys.stderr) == streams
    assert not (tmp_path / "second").exists()
    memorank.run("first.yaml", out="again", include=["waiting.py"])
    assert losses(tmp_path / "again") == losses(tmp_path / "first")
    memorank.run("toy", out="second", overrides=SMALL)


def test_a_run_inside_a_run_is_refused_and_costs_its_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    net = NET.format("memorank.run('toy', out='inner')").replace("waiting-net", "running-net")
    (tmp_path / "running.py").write_text(net)
    (tmp_path / "outer.yaml").write_text(PLAN.format("outer").replace("waiting-net", "running-net"))
    board = memorank.run("outer.yaml", out="outer", include=["running.py"])
    assert len(board.missing) == 3
    assert not (tmp_path / "inner").exists()


def test_a_run_leaves_torch_as_it_was(tmp_path: Path) -> None:
    state, threads, dtype = torch.get_rng_state(), torch.get_num_threads(), torch.get_default_dtype()
    memorank.run("toy", out=tmp_path / "run", overrides=SMALL)
    assert torch.equal(torch.get_rng_state(), state)
    assert (torch.get_num_threads(), torch.get_default_dtype()) == (threads, dtype)


def test_what_another_thread_prints_is_not_in_the_log_of_a_cell(capsys: pytest.CaptureFixture[str]) -> None:
    with captured() as log:
        print("mine")
        print("mine too", file=sys.stderr)
        other = threading.Thread(target=lambda: print("theirs"))
        other.start()
        other.join()
    assert log.getvalue() == "mine\nmine too\n"
    assert capsys.readouterr().out == "theirs\n"
