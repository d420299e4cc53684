"""The commands that need no page, each from its options to its lines and exit code, with stand-ins for what is long."""

from argparse import Namespace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmark.plain.findings import Finding, differs
from benchmark.run import slurm
from memorank import commands
from registry import UnknownNameError, UserError

PLAN = {"plan": "toy", "out": None, "data_dir": None, "set": [], "limit": None, "sources": ()}
VERIFY = {
    "folder": Path("run"), "seed": 3, "cells": 2, "all": False, "trust": False, "sources": (), "plan": None,
    "data_dir": None, "debug": False,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _in_an_empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")


def test_a_limit_is_one_more_setting(tmp_path: Path) -> None:
    assigned = commands.asked(Namespace(**{**PLAN, "set": ["seeds=[5]"], "limit": 30}))
    assert assigned.settings == ("seeds=[5]", "limit=30")
    assert (assigned.resolved.plan.limit, assigned.resolved.plan.seeds) == (30, (5,))
    assert assigned.run == tmp_path / "runs" / "toy-limit30"


def test_a_dask_cluster_excludes_other_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    words = {"dask": None, "workers": None, "slurm": None}
    assert commands.chosen_scheduler(Namespace(**words)) is None
    monkeypatch.setattr("benchmark.run.cluster.scheduler.address_of", lambda given: f"tcp://{given}")
    assert commands.chosen_scheduler(Namespace(**{**words, "dask": "here:1"})) == "tcp://here:1"
    for other in ("workers", "slurm"):
        with pytest.raises(UserError, match=f"--dask and --{other} exclude each other"):
            commands.chosen_scheduler(Namespace(**{**words, "dask": "here:1", other: 2}))


def test_a_submitted_job_says_what_it_runs_where_it_logs_and_how_to_stop_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    given: list[Any] = []

    def submit(*words: Any) -> slurm.Submitted:
        given.extend(words[1:])
        return slurm.Submitted("81", Path("logs") / "81*.out")

    monkeypatch.setattr(slurm, "submit", submit)
    options = Namespace(
        force=False, words=["run", "toy", "--slurm", "3", "--out", "a run"], slurm=3, workers=None, **PLAN
    )
    options.out = "a run"
    assert commands.submit(commands.asked(options), options) == 0
    assert given == [["run", "toy", "--out", "a run"], 3, 1]
    assert capsys.readouterr().out.splitlines() == [
        "submitted job 81: 3 x memorank run toy --out 'a run'",
        "logs: logs/81*.out",
        "how far: memorank status 'a run'; to stop it: scancel 81; the board will be in a run/board",
    ]
    assert (tmp_path / "a run" / "plan.json").is_file()


def test_plan_says_what_would_run_and_writes_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(commands, "PROBING", 0.0)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("mine")
    with pytest.raises(UserError):
        commands.command_plan(Namespace(**{**PLAN, "out": "other"}, probe=False))
    assert commands.command_plan(Namespace(**PLAN, probe=False)) == 0
    out = capsys.readouterr().out
    assert out.startswith("plan toy in runs/toy\n")
    assert "18 networks, 54 cells, 0 done, 54 to do:" in out
    assert [path.name for path in tmp_path.iterdir()] == ["other"]


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ([], 0),
        ([Finding("checked", "plan.json"), Finding("missing", "a"), Finding("of another plan", "b")], 0),
        ([Finding("not checked", "board")], 2),
        ([Finding("not checked", "board"), differs("a", "x was 1, is 2")], 1),
        ([Finding("damaged", "a")], 1),
    ],
)
def test_a_verification_fails_for_faults_and_says_where_it_had_gaps(
    found: list[Finding], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("benchmark.inspection.verification.verify", lambda *given: iter(found))
    assert commands.command_verify(Namespace(**VERIFY), lambda *given: []) == code
    assert capsys.readouterr().out == "".join(f"{one}\n" for one in found)


def test_what_stops_a_verification_behind_a_fault_does_not_hide_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def verify(*given: Any):
        yield from (Finding("damaged", "a"),) * faults
        raise UserError("no cell is left")

    monkeypatch.setattr("benchmark.inspection.verification.verify", verify)
    faults = 1
    assert commands.command_verify(Namespace(**VERIFY), lambda *given: []) == 1
    assert capsys.readouterr() == ("damaged: a\n", "memorank: no cell is left\n")
    with pytest.raises(UserError):
        commands.command_verify(Namespace(**{**VERIFY, "debug": True}), lambda *given: [])
    faults = 0
    with pytest.raises(UserError):
        commands.command_verify(Namespace(**VERIFY), lambda *given: [])


def test_a_verification_is_asked_for_what_the_words_say(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr("benchmark.inspection.verification.verify", lambda *given: asked.append(given[2]) or iter(()))
    for changes in ({}, {"all": True}, {"seed": None}, {"sources": (1,), "trust": True, "plan": "x"}):
        commands.command_verify(Namespace(**{**VERIFY, **changes}), lambda *given: [])
    assert [one.cells for one in asked] == [2, None, 2, 2]
    assert asked[0].seed == asked[1].seed == 3
    assert 0 <= asked[2].seed < 2**32
    assert (asked[3].trust, asked[3].brought, asked[3].plan) == (True, True, "x")
    assert (asked[0].trust, asked[0].brought, asked[0].plan) == (False, False, None)


def test_new_prints_a_file_that_declares_what_it_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.command_new(Namespace(kind="family", name="my-net")) == 0
    out = capsys.readouterr().out
    compile(out, "my_net.py", "exec")
    assert 'name="my-net"' in out


def test_check_counts_faults_and_a_remark_is_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def finding(check: str, fault: str | None = None, remark: str | None = None) -> SimpleNamespace:
        return SimpleNamespace(check=check, fault=fault, remark=remark)

    found = [finding("builds"), finding("is small", remark="a remark")]
    monkeypatch.setattr("benchmark.entries.checks.findings", lambda entry, root: found)
    asked = Namespace(name="toy-mlp", data_dir=None)
    assert commands.command_check(asked) == 0
    found.append(finding("trains", fault="its loss is not finite"))
    assert commands.command_check(asked) == 1
    assert capsys.readouterr().out.splitlines()[-4:] == [
        "family toy-mlp:",
        "  ok     builds",
        "  ok     is small: a remark",
        "  FAULT  trains: its loss is not finite",
    ]
    with pytest.raises(UnknownNameError, match="did you mean 'toy-mlp'"):
        commands.command_check(Namespace(name="toy-mpl", data_dir=None))


def test_fetch_goes_through_its_data_sets_and_doctor_says_what_there_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("benchmark.data.fetching.fetch", lambda name, root: f"{name} is in {root}")
    assert commands.command_fetch(Namespace(datasets=["a", "b"], data_dir=tmp_path)) == 0
    assert capsys.readouterr().out == f"a is in {tmp_path}\nb is in {tmp_path}\n"
    monkeypatch.setattr("benchmark.inspection.doctor.diagnosis", lambda root: ["all \x1bis well"])
    assert commands.command_doctor(Namespace(data_dir=tmp_path)) == 0
    assert capsys.readouterr().out == "all ?is well\n"
