"""What a pack states of itself: held against this machine and this version, before anything is computed again."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from made_packs import Members, elsewhere, with_records

from benchmark.inspection.pack_statements import made_on, other_versions, weights_found
from benchmark.record import Record
from benchmark.run_folder.packs.reading import read_facts, unpack
from benchmark.run_folder.packs.writing import pack, write_pack
from benchmark.run_folder.records import read_records, read_resolved
from benchmark.run_folder.store import WEIGHTS


@pytest.fixture(scope="module")
def members(toy_run: Path) -> Members:
    return pack(toy_run, "my-toy")


@contextmanager
def unpacked(members: Members) -> Iterator[tuple[Path, Mapping[str, Record]]]:
    with TemporaryDirectory() as folder:
        run = Path(folder, "run")
        run.mkdir()
        write_pack(members, Path(folder, "pack.zip"))
        unpack(Path(folder, "pack.zip"), run)
        yield run, read_records(run, read_resolved(run)["cells"])[0]


def test_machines_are_counted_and_are_of_this_kind_or_not(members: Members, tmp_path: Path) -> None:
    changes = iter([elsewhere] * 5)
    write_pack(with_records(members, lambda record: next(changes, lambda _: None)(record)), tmp_path / "pack.zip")
    found = [one.about for one in made_on(read_facts(tmp_path / "pack.zip"))]
    assert sorted(text.partition(" on ")[0] for text in found) == ["49 cells", "5 cells"]
    assert {text.partition(" ")[0]: text.rpartition(": ")[2] for text in found} == {
        "49": "this kind of machine",
        "5": "another kind of machine",
    }


def test_versions_that_differ_are_named_and_others_are_not(members: Members, tmp_path: Path) -> None:
    def older(record: dict[str, Any]) -> None:
        record["provenance"]["versions"]["torch"] = "0.9"

    write_pack(members, tmp_path / "pack.zip")
    assert list(other_versions(read_facts(tmp_path / "pack.zip"))) == []
    write_pack(with_records(members, older), tmp_path / "pack.zip")
    (found,) = other_versions(read_facts(tmp_path / "pack.zip"))
    assert "torch 0.9 (here " in found.about
    assert "numpy" not in found.about


def test_the_weights_of_a_run_are_its_own(members: Members) -> None:
    with unpacked(members) as (run, records):
        assert list(weights_found(run, records)) == []


def test_weights_of_another_network_are_found_without_drawing_it(members: Members) -> None:
    one, other = sorted(name for name in members if name.startswith("weights/"))[:2]
    digests = [hashlib.sha256(members[name]).hexdigest() for name in (one, other)]

    def exchanged(record: dict[str, Any]) -> None:
        for digest, instead in (digests, digests[::-1]):
            if record["files"].get(WEIGHTS) == digest:
                record["files"][WEIGHTS] = instead
                return

    swapped = with_records({**members, one: members[other], other: members[one]}, exchanged)
    with unpacked(swapped) as (run, records):
        found = list(weights_found(run, records))
    keys = [Path(name).stem for name in (one, other)]
    assert {(one.kind, one.about, one.text) for one in found} == {
        ("differs", key, f"its weights are those of {of}") for key, of in (keys, keys[::-1])
    }
