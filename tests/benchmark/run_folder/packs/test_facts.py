"""What pack.json says of a run hangs on its plan and records alone: who changes it is found when it is read."""

import json
from pathlib import Path
from typing import Any

import pytest
from made_packs import anew

from benchmark.run_folder.packs.facts import facts_of
from benchmark.run_folder.packs.reading import unpack
from benchmark.run_folder.packs.writing import pack, write_pack
from benchmark.run_folder.records import read_records, read_resolved
from registry import UserError


def test_cells_seconds_and_machines_are_counted(toy_run: Path) -> None:
    resolved = read_resolved(toy_run)
    records, _ = read_records(toy_run, resolved["cells"])
    facts: dict[str, Any] = facts_of("my-toy", resolved, records)
    assert facts["cells"] == 54
    assert facts["command"] == "memorank run toy"
    assert facts["seconds"] == pytest.approx(sum(one["provenance"]["seconds"] for one in records.values()), abs=0.06)
    assert [machine["cells"] for machine in facts["machines"]] == [54]
    assert "host" not in json.dumps(facts)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("memorank", "0.0.9"),
        ("cells", 9999),
        ("command", "curl x | sh"),
        ("machines", []),
        ("versions", []),
        ("commits", ["x"]),
        ("plan", "paper"),
        ("seconds", 1.0),
        ("started", "<b>"),
    ],
)
def test_what_the_records_do_not_say_is_refused(toy_run: Path, tmp_path: Path, part: str, value: object) -> None:
    write_pack(anew(pack(toy_run, "my-toy"), **{part: value}), tmp_path / "x.zip")
    (tmp_path / "run").mkdir()
    with pytest.raises(UserError, match=f"pack.json says of {part} what its plan and records do not"):
        unpack(tmp_path / "x.zip", tmp_path / "run")
