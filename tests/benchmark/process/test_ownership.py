"""What makes a folder a run folder; `tests/faults/test_ownership.py` has what commands do with those of others."""

import json
from pathlib import Path

import pytest

from benchmark.process.ownership import MARKER, building_of, check_claim, claim
from registry import UserError


@pytest.mark.parametrize(
    ("name", "place"),
    [
        (f".tmp-plan.json-{'0' * 32}", "plan.json"),
        (f".tmp-a-b-{'f' * 32}", "a-b"),
        (f".tmp-plan.json-{'0' * 31}", None),
        (f".tmp-plan.json-{'G' * 32}", None),
        (f"tmp-plan.json-{'0' * 32}", None),
        (f".tmp-{'0' * 32}", None),
        ("plan.json", None),
    ],
)
def test_what_is_under_construction_has_a_name_that_nobody_else_gives(name: str, place: str | None) -> None:
    assert building_of(Path("cells") / name) == place


def test_a_folder_that_is_claimed_is_a_run_folder_whatever_lies_in_it_then(tmp_path: Path) -> None:
    run = tmp_path / "new" / "run"
    check_claim(run)
    assert not run.exists()
    claim(run)
    (run / "cells").mkdir()
    (run / "notes.txt").touch()
    check_claim(run)
    claim(run)
    assert sorted(path.name for path in run.iterdir()) == ["cells", MARKER, "notes.txt"]


def test_a_folder_of_anothers_is_claimed_only_where_that_is_said(tmp_path: Path) -> None:
    for name in ("a", "b", "c", "d"):
        (tmp_path / name).touch()
    with pytest.raises(UserError, match=r"is not empty and not a run folder: it holds a, b, c, \.\.\.; choose another"):
        claim(tmp_path)
    assert not (tmp_path / MARKER).exists()
    claim(tmp_path, force=True)
    check_claim(tmp_path)


def test_what_a_run_would_replace_is_refused_by_force_too(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text("[1]")
    for force in (False, True):
        with pytest.raises(UserError, match=r"holds plan\.json, which memorank did not make and would replace"):
            claim(tmp_path, force)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match=r"Not a directory: a run folder is needed; choose another --out"):
        claim(tmp_path / "file")


def test_a_marker_of_another_content_is_somebody_elses(tmp_path: Path) -> None:
    (tmp_path / MARKER).write_text("{}")
    with pytest.raises(UserError, match=r"holds memorank\.json"):
        claim(tmp_path)


def test_a_plan_of_the_first_version_makes_a_run_folder(tmp_path: Path) -> None:
    plan = {"schema": 1, "plan": {}, "entries": [], "cells": [], "measures": {}}
    for missing in (None, *plan):
        content = {key: value for key, value in plan.items() if key != missing}
        (tmp_path / "plan.json").write_text(json.dumps(content))
        if missing is None:
            check_claim(tmp_path)
        else:
            with pytest.raises(UserError):
                check_claim(tmp_path)
