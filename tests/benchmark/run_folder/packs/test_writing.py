"""A run folder as a pack: whole, the same bytes each time, and without anything private."""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from small_runs import changed

from benchmark.run_folder import included
from benchmark.run_folder.packs.writing import pack, write_pack
from benchmark.run_folder.records import read_resolved
from benchmark.run_folder.store import read_record
from registry import UserError
from registry.sources import read_source


def test_a_pack_holds_the_plan_every_record_and_small_weights(toy_run: Path) -> None:
    members = pack(toy_run, "my-toy")
    facts: dict[str, Any] = json.loads(members["pack.json"])
    cells = read_resolved(toy_run)["cells"]
    networks = [cell["key"] for cell in cells if cell["work"] == "train"]
    assert [json.loads(line)["key"] for line in members["records.jsonl"].splitlines()] == [c["key"] for c in cells]
    assert {name for name in members if "/" in name} == {f"weights/{key}.safetensors" for key in networks}
    assert (facts["name"], facts["plan"], facts["command"]) == ("my-toy", "toy", "memorank run toy")
    assert facts["cells"] == len(cells) == sum(machine["cells"] for machine in facts["machines"])
    assert set(facts["files"]) == set(members) - {"pack.json"}
    assert not [name for name in pack(toy_run, "my-toy", weights=False) if name.startswith("weights/")]


def test_a_pack_says_nothing_of_the_machine_but_its_kind(toy_run: Path, tmp_path: Path) -> None:
    run = tmp_path / "ada's runs" / "x"
    shutil.copytree(toy_run, run)
    key = changed(run, "score", lambda record: record.update(warnings=[f"read {run}/y", "fine"]))
    members = pack(run, "my-toy")
    whole = b"".join(members.values())
    host = read_record(run, key)["provenance"]["machine"]["host"]  # type: ignore[index,typeddict-item]
    assert b"ada's" not in whole
    assert f'"{host}"'.encode() not in whole
    assert b'"host"' not in whole
    lines = [json.loads(line) for line in members["records.jsonl"].splitlines()]
    assert next(one for one in lines if one["key"] == key)["warnings"] == ["read (hidden)", "fine"]


def test_the_same_records_give_the_same_bytes(toy_run: Path, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        write_pack(pack(toy_run, "my-toy"), tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.testzip() is None


def test_a_run_that_is_not_finished_is_refused(toy_run: Path, tmp_path: Path) -> None:
    shutil.copytree(toy_run, tmp_path / "run")
    cells = sorted((tmp_path / "run" / "cells").iterdir())
    shutil.rmtree(cells[0])
    with pytest.raises(UserError, match=f"not finished: 1 of 54 cells are missing or damaged .{cells[0].name}"):
        pack(tmp_path / "run", "my-toy")
    (cells[1] / "record.json").write_text("{")
    with pytest.raises(UserError, match=r"2 of 54 .*the same `memorank run` computes them"):
        pack(tmp_path / "run", "my-toy")


def test_a_name_is_lower_case_words(toy_run: Path) -> None:
    with pytest.raises(UserError, match="--name: '<b>' is not a name"):
        pack(toy_run, "<b>")


def test_code_that_names_a_private_path_is_not_packed(toy_run: Path, tmp_path: Path) -> None:
    shutil.copytree(toy_run, tmp_path / "run")
    (tmp_path / "net.py").write_text("WIDTH = 4\n")
    clean = read_source(tmp_path / "net.py")
    (tmp_path / "net.py").write_text(f"OPEN = {str(tmp_path / 'run')!r}\n")
    private = read_source(tmp_path / "net.py")
    for source in (clean, private):
        included.keep(tmp_path / "run", [source])
    assert not [name for name in pack(tmp_path / "run", "my-toy") if name.startswith("included/")]  # nobody used them
    changed(tmp_path / "run", "score", lambda record: record["identity"].update(sources={"measure m": clean.digest}))
    assert f"included/{clean.digest}/net.py" in pack(tmp_path / "run", "my-toy")
    changed(tmp_path / "run", "train", lambda record: record["identity"].update(sources={"family f": private.digest}))
    with pytest.raises(UserError, match=r"net.py cannot be packed: it names /.*, a path of this machine"):
        pack(tmp_path / "run", "my-toy")
