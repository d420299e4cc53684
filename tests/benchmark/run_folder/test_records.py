"""A run folder read back: its plan or the reason why not, with the folder that was meant, and records to trust."""

import json
from pathlib import Path

import pytest
from made_runs import Parts, made, written

from benchmark.run_folder.records import read_records, read_resolved
from registry import UserError


@pytest.fixture(scope="module")
def parts() -> Parts:
    """Two networks with a score each, and records that nobody computed."""
    suites = "suites=[{suite: toy-spurious, family: toy-mlp, conditions: [0.0, 1.0]}]"
    return made("seeds=[0]", suites, "estimator.inputs=[evaluation]")


@pytest.fixture
def folder(parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A run folder of it, runs/mine, in the folder where one works."""
    monkeypatch.chdir(tmp_path)
    written(parts, tmp_path / "runs" / "mine")
    return Path("runs") / "mine"


def test_the_plan_of_a_folder_and_one_beside_it_are_read(parts: Parts, folder: Path) -> None:
    assert read_resolved(folder) == parts[0]
    beside = {**parts[0], "settings": ["a=1"]}
    (folder / "plans").mkdir()
    (folder / "plans" / "abc.json").write_text(json.dumps(beside))
    assert read_resolved(folder, "abc") == beside


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("runs/mine/board", "runs/mine/board: no such folder; did you mean runs/mine?"),
        ("mine", "mine: no such folder; did you mean runs/mine?"),
        ("runs/mnie", "runs/mnie: no such folder; did you mean runs/mine?"),
        ("runs", "runs is no run folder: it has no plan.json; run folders: runs/mine"),
        ("own.txt", "own.txt is a file, and neither a run folder nor a pack; run folders: runs/mine"),
        ("packed", "packed: no such folder; did you mean packed.zip?"),
    ],
)
def test_what_is_no_run_folder_names_the_one_that_was_meant(folder: Path, asked: str, said: str) -> None:
    for file in ("own.txt", "packed.zip"):
        Path(file).write_text("a text")
    with pytest.raises(UserError) as caught:
        read_resolved(Path(asked))
    assert str(caught.value) == said


def test_where_there_is_no_run_the_error_says_how_to_make_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError, match=r"^gone: no such folder; a run makes one, as in: memorank run toy$"):
        read_resolved(Path("gone"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "has no usable content: .*; the same `memorank run` writes it anew"),
        ('{"schema": 1}', "has no usable plan: .*; the same `memorank run` writes it anew"),
        ('{"schema": 99}', "a later version of memorank wrote it: .*; use the version that wrote it, or a later one"),
    ],
)
def test_a_plan_json_that_cannot_be_used_says_why_and_what_to_do(folder: Path, text: str, said: str) -> None:
    (folder / "plan.json").write_text(text)
    with pytest.raises(UserError, match=rf"plan\.json:? {said}"):
        read_resolved(folder)


def test_a_folder_in_place_of_plan_json_is_not_computed_again_but_moved(folder: Path) -> None:
    (folder / "plan.json").unlink()
    (folder / "plan.json").mkdir()
    with pytest.raises(UserError, match="move it, then the same `memorank run` writes it anew"):
        read_resolved(folder)


def test_records_are_those_of_the_plan_s_cells_and_a_damaged_one_has_its_reason(parts: Parts, folder: Path) -> None:
    resolved, records = parts
    first, second, third, last = records
    (folder / "cells" / first / "record.json").write_text("{}")
    (folder / "cells" / second / "record.json").unlink()
    (folder / "cells" / second).rmdir()
    fewer = {**resolved, "cells": [cell for cell in resolved["cells"] if cell["key"] != last]}
    good, damaged = read_records(folder, fewer["cells"])
    assert (list(good), list(damaged)) == ([third], [first])
    assert good[third]["identity"] == records[third]["identity"]
    other = {**fewer, "cells": [{**cell, "work": "score"} for cell in fewer["cells"] if cell["key"] == third]}
    assert read_records(folder, other["cells"]) == ({}, {third: "the record says that it is a train cell"})
