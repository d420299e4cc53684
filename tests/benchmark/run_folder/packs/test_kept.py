"""What a pack keeps of a record: every number of the board, and nothing that tells where it was made."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmark.run_folder.packs.kept import HIDDEN, kept, pattern_of, without_paths
from benchmark.run_folder.records import read_records, read_resolved

NUMBERS = ("measures", "metrics", "judged", "outcome", "history", "training_accuracy", "identity", "files", "key")


def without_reasons(part: Any) -> Any:
    return json.loads(json.dumps(part))


def test_every_number_of_the_board_is_kept_and_arrays_and_host_are_not(toy_run: Path) -> None:
    records, _ = read_records(toy_run, read_resolved(toy_run)["cells"])
    kinds = set()
    for record in records.values():
        found = kept(record, [], [])
        assert {name: found[name] for name in NUMBERS if name in record} == {
            name: record[name]
            for name in NUMBERS
            if name in record  # type: ignore[literal-required]
        }
        assert "host" not in found["provenance"]["machine"]  # type: ignore[index,call-overload,operator]
        assert "plane" not in found
        assert record["work"] == "train" or "taps" not in found
        assert found["provenance"]["seconds"] == record["provenance"]["seconds"]  # type: ignore[index,call-overload]
        kinds.add(record["work"])
    assert kinds == {"train", "score"}
    assert all("host" in record["provenance"]["machine"] for record in records.values())  # nothing was changed in place


def test_seconds_of_a_measure_keep_three_digits() -> None:
    record: Any = {"work": "score", "provenance": {"seconds": 1.23456, "parts": {"measure a": 0.0123456, "b": 0.0}}}
    assert kept(record, [], [])["provenance"] == {"seconds": 1.23456, "parts": {"measure a": 0.0123, "b": 0.0}}


def test_paths_and_hosts_are_hidden_in_words_and_nowhere_else() -> None:
    said = "no file /home/ada/data/x.csv on LAB3 (/ada is short, lab33 too): ~root/x, /opt/other/y.py, a/b or 1/2"
    record: Any = {
        "work": "score",
        "identity": {"suite": "lab3"},
        "warnings": [said],
        "measures": {"lab3": {"reason": said, "per_tap": {"lab3": None}, "value": None}},
        "metrics": {},
        "provenance": {"seconds": 1.0},
    }
    found = kept(record, [Path("/home/ada"), Path("/")], ["lab3", ""])
    hidden = f"no file {HIDDEN} on {HIDDEN} (/ada is short, lab33 too): {HIDDEN}, {HIDDEN}, a/b or 1/2"
    assert found["warnings"] == [hidden]
    assert found["measures"] == {"lab3": {"reason": hidden, "per_tap": {"lab3": None}, "value": None}}
    assert found["identity"] == {"suite": "lab3"}


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("no /home/ada/my big data/x.csv: gone", f"no {HIDDEN}: gone"),
        ("no /mnt/lab/my data/of ada/x.csv", f"no {HIDDEN}"),
        ("no such file: '/home/ada/my data.csv' (2)", f"no such file: '{HIDDEN}' (2)"),
        ('no such file: "/mnt/lab/my data.csv" (2)', f'no such file: "{HIDDEN}" (2)'),
        ("in /home/ada and no more of it", f"in {HIDDEN} and no more of it"),
        ("in /home/ada/x and no more of it", f"in {HIDDEN} and no more of it"),
        ("not 'a/b' nor '1/2'", "not 'a/b' nor '1/2'"),
    ],
)
def test_a_path_with_spaces_is_hidden_to_its_end(said: str, left: str) -> None:
    assert without_paths(said, pattern_of([Path("/home/ada")], [])) == left
