"""`memorank doctor`: first the plans that can run, then what is missing, each with the command that brings it."""

import shutil
from pathlib import Path

import pytest

from benchmark.inspection import doctor
from benchmark.inspection.doctor import diagnosis
from benchmark.plan.reading import built_in_plans
from registry import DataError


def test_what_is_missing_comes_first_with_its_command_and_the_plans_that_need_it(tmp_path: Path) -> None:
    lines = diagnosis(tmp_path)
    end = lines.index("")
    assert lines[0] == "circles, toy: ready to run"
    assert lines[1] == f"{end - 2} things are missing, each with what brings it:"
    assert "  mnist: memorank fetch mnist (55 MB), for the plan paper" in lines[:end]
    assert any(line.startswith("  minilm: memorank fetch minilm (") for line in lines[:end])
    assert any(line.startswith("  nico-plus-plus: put it into ") for line in lines[:end])
    assert not any("toy-blobs" in line for line in lines[:end])
    assert "  mnist: not there; licence: CC BY-SA 3.0" in lines[end:]
    assert "  toy-blobs: generated when it is needed" in lines[end:]


def test_nothing_missing_is_said_in_the_first_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "fingerprint", lambda stored, root: "0")
    monkeypatch.setattr(doctor, "broken", list)
    assert diagnosis(tmp_path)[:3] == [f"{', '.join(built_in_plans())}: ready to run", "nothing is missing", ""]


def test_one_thing_that_is_not_what_was_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(stored: object, root: Path) -> str:
        if stored.name == "imdb":
            raise DataError("imdb: SHA-256 is another; run: memorank fetch imdb")
        return "0"

    monkeypatch.setattr(doctor, "fingerprint", damaged)
    monkeypatch.setattr(doctor, "broken", list)
    lines = diagnosis(tmp_path)
    assert "paper" not in lines[0]
    assert {"quick", "toy"} < set(lines[0].removesuffix(": ready to run").split(", "))
    assert lines[1] == "1 thing is missing, each with what brings it:"
    assert lines[2] == "  imdb: imdb: SHA-256 is another; run: memorank fetch imdb, for the plan paper"
    assert "  imdb: cannot be used" in lines


def test_what_no_plan_needs_is_said_to_be_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_plans_that_need", dict)
    lines = diagnosis(tmp_path)
    assert lines[0] == f"{', '.join(built_in_plans())}: ready to run"
    assert "  mnist: memorank fetch mnist (55 MB), which no built-in plan needs" in lines


def test_without_git_it_says_what_that_costs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda program: None)
    assert any(line.startswith("  git: ") and "no commit" in line for line in diagnosis(tmp_path))
