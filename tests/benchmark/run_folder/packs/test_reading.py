"""Packs from anybody: one that is whole becomes a run folder, every other one is refused and leaves nothing behind."""

import io
import json
import os
import pickle
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_packs import Members, anew, with_records

from benchmark.run_folder.packs.reading import as_run_folders, is_pack, read_facts, unpack
from benchmark.run_folder.packs.writing import pack, write_pack
from benchmark.run_folder.records import read_records, read_resolved
from benchmark.run_folder.store import WEIGHTS
from registry import UserError


@pytest.fixture(scope="module")
def members(toy_run: Path) -> Members:
    return pack(toy_run, "my-toy")


def refused(members: Members, tmp_path: Path) -> str:
    """What is said of a pack of these members; nothing is written but into the folder that was given."""
    run = tmp_path / "into" / "run"
    run.mkdir(parents=True)
    write_pack(members, tmp_path / "into" / "bad.zip")
    with pytest.raises(UserError) as caught:
        unpack(tmp_path / "into" / "bad.zip", run)
    assert not (run / "plan.json").exists()
    assert {path.name for path in (tmp_path / "into").iterdir()} == {"run", "bad.zip"}
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_pack_becomes_a_run_folder_with_the_same_numbers(toy_run: Path, tmp_path: Path, members: Members) -> None:
    write_pack(members, tmp_path / "toy.zip")
    assert is_pack(tmp_path / "toy.zip")
    with as_run_folders([toy_run, tmp_path / "toy.zip"]) as (same, run):
        assert same == toy_run
        before, after = read_resolved(toy_run), read_resolved(run)
        assert before == after
        records, damaged = read_records(run, after["cells"])
        assert not damaged
        for key, record in read_records(toy_run, before["cells"])[0].items():
            assert records[key]["files"] == record["files"]
            if record["work"] == "score":
                assert records[key]["measures"] == record["measures"]  # type: ignore[typeddict-item]
            else:
                kept = (toy_run / "cells" / key / WEIGHTS).read_bytes()
                assert (run / "cells" / key / WEIGHTS).read_bytes() == kept
    assert not run.exists()


def test_what_a_pack_says_is_read_without_unpacking_it(tmp_path: Path, members: Members) -> None:
    write_pack(members, tmp_path / "toy.zip")
    (tmp_path / "run").mkdir()
    assert read_facts(tmp_path / "toy.zip") == unpack(tmp_path / "toy.zip", tmp_path / "run")
    write_pack({**members, "pack.json": members["pack.json"].replace(b'"my-toy"', b'"our-toy"')}, tmp_path / "toy.zip")
    with pytest.raises(UserError, match=r"toy\.zip is not a pack that can be used: pack.json was changed"):
        read_facts(tmp_path / "toy.zip")


def test_what_begins_otherwise_is_no_pack(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK")
    os.mkfifo(tmp_path / "pipe")
    assert not any(map(is_pack, [tmp_path / "x.zip", tmp_path / "pipe", tmp_path, tmp_path / "none"]))


def replaced(name: str, content: bytes) -> Callable[[Members], Members]:
    return lambda members: {**members, name: content}


def a_record_changed(change: Callable[[dict[str, Any]], object]) -> Callable[[Members], Members]:
    """The first record changed, its checksum right again."""
    changes = iter([change])
    return lambda members: with_records(members, lambda record: next(changes, lambda _: None)(record))


def a_plan_changed(change: Callable[[dict[str, Any]], object]) -> Callable[[Members], Members]:
    def changed(members: Members) -> Members:
        plan = json.loads(members["plan.json"])
        change(plan)
        return anew({**members, "plan.json": json.dumps(plan).encode()})

    return changed


HOSTILE: dict[str, tuple[Callable[[Members], Members], str]] = {
    "a byte of the records": (
        lambda members: {**members, "records.jsonl": members["records.jsonl"].replace(b"0.", b"1.", 1)},
        "records.jsonl was changed",
    ),
    "a number of pack.json": (
        lambda members: {**members, "pack.json": members["pack.json"].replace(b'"cells": 54', b'"cells": 55')},
        "pack.json was changed",
    ),
    "no record for a cell": (
        lambda members: anew({**members, "records.jsonl": members["records.jsonl"].split(b"\n", 1)[1]}),
        "53 records for the 54 cells",
    ),
    "another cell's record": (a_record_changed(lambda record: record.update(key="x")), "of schema 1 and cell 'x'"),
    "a record of no shape": (a_record_changed(lambda record: record.update(provenance=3)), "no usable provenance"),
    "a record that is too long": (
        a_record_changed(lambda record: record["files"].update(x="0" * 2**24)),
        "may have 16777216",
    ),
    "arrays for figures": (
        lambda members: with_records(members, lambda record: record.update(taps={}) if "measures" in record else None),
        "holds arrays, which no pack has",
    ),
    "a path": (replaced("../../evil.json", b"{}"), "holds '../../evil.json'"),
    "an absolute path": (replaced("/tmp/evil.json", b"{}"), "holds '/tmp/evil.json'"),
    "a pickle": (replaced("weights/x.pkl", pickle.dumps({})), "holds 'weights/x.pkl'"),
    "a member that is not listed": (replaced("weights/x.safetensors", b"x"), "not those that pack.json lists"),
    "weights of nobody": (lambda members: anew({**members, "weights/x.safetensors": b"x"}), "plan knows nothing"),
    "code of nobody": (
        lambda members: anew({**members, f"included/{'0' * 64}/x.py": b"x"}),
        "of which its plan knows nothing",
    ),
    "other weights": (
        lambda members: anew({**members, next(name for name in members if "/" in name): b"x"}),
        "are not those that its record says",
    ),
    "HTML in a name": (
        a_plan_changed(lambda plan: plan["entries"][0].update(suite="<b>x</b>")),
        "is not of the digest",
    ),
    "HTML as its name": (lambda members: anew(members, name="<script>"), "no usable name"),
    "a plan of another digest": (lambda members: anew(members, digest="0" * 16), "is not of the digest"),
    "a later version": (lambda members: anew(members, schema=2), "a later version of memorank wrote it"),
    "no plan": (
        lambda members: {name: members[name] for name in members if name != "plan.json"},
        "it has no plan.json",
    ),
    "JSON that is none": (replaced("pack.json", b"[NaN]"), "it cannot be unpacked"),
    "deep JSON": (replaced("pack.json", b"[" * 90 + b"]" * 90), "it cannot be unpacked"),
    "weights that are too large": (replaced("weights/x.safetensors", bytes(1_000_001)), "may have 1000000"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_pack_that_is_not_whole_or_holds_what_none_does_is_refused(
    kind: str, tmp_path: Path, members: Members
) -> None:
    change, said = HOSTILE[kind]
    assert said in refused(change(members), tmp_path)


def test_html_in_a_name_is_refused_whatever_its_checksums_are(tmp_path: Path, members: Members) -> None:
    from benchmark.plan.resolved import plan_digest

    plan = json.loads(members["plan.json"])
    for entry in plan["entries"]:
        entry["data"] = "<img src=x>"
    plan["digest"] = plan_digest(plan)
    changed = anew({**members, "plan.json": json.dumps(plan).encode()}, digest=plan["digest"])
    assert "'<img src=x>' is not a name" in refused(changed, tmp_path)


def test_ten_gigabytes_of_zeros_are_refused_before_they_are_unpacked(tmp_path: Path, members: Members) -> None:
    write_pack(members, tmp_path / "bomb.zip")
    content = (tmp_path / "bomb.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo("records.jsonl").file_size
    declared = size.to_bytes(4, "little")
    assert content.count(declared) == 2  # in the member's own head and in the directory
    (tmp_path / "bomb.zip").write_bytes(content.replace(declared, (2**32 - 2).to_bytes(4, "little")))
    (tmp_path / "run").mkdir()
    with pytest.raises(UserError, match=r"records\.jsonl would have 4294967294 bytes"):
        unpack(tmp_path / "bomb.zip", tmp_path / "run")
    (tmp_path / "bomb.zip").write_bytes(content.replace(declared, (size // 2).to_bytes(4, "little")))
    with pytest.raises(UserError, match=r"cannot be unpacked .Bad CRC"):  # it says less than it holds
        unpack(tmp_path / "bomb.zip", tmp_path / "run")
    assert list((tmp_path / "run").iterdir()) == []


def _with_a_comment(content: bytes) -> bytes:
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.comment = b"<script>"
    return stream.getvalue()


def _with_bytes_between(content: bytes) -> bytes:
    """Bytes before the list of members, of whose place the end is told."""
    at = content.index(b"PK\x01\x02")
    end = bytearray(content[-22:])
    end[16:20] = (at + 5).to_bytes(4, "little")
    return content[:at] + b"extra" + content[at:-22] + bytes(end)


def _with_a_comment_on_a_member(content: bytes) -> bytes:
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.infolist()[0].comment = b"hidden"
        archive.comment, archive.comment = b"x", b""  # so that the list is written anew
    return stream.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        _with_a_comment,
        _with_bytes_between,
        _with_a_comment_on_a_member,
        lambda content: content + b"trailing",
    ],
)
def test_bytes_that_are_of_no_member_are_refused(
    change: Callable[[bytes], bytes], tmp_path: Path, members: Members
) -> None:
    write_pack(members, tmp_path / "toy.zip")
    (tmp_path / "more.zip").write_bytes(change((tmp_path / "toy.zip").read_bytes()))
    (tmp_path / "run").mkdir()
    with pytest.raises(UserError, match="it holds bytes that belong to no member"):
        unpack(tmp_path / "more.zip", tmp_path / "run")
    assert list((tmp_path / "run").iterdir()) == []


@pytest.mark.parametrize("kind", ["a link", "twice", "encrypted", "cut", "empty"])
def test_other_zip_files_are_refused(kind: str, tmp_path: Path, members: Members) -> None:
    file = tmp_path / "bad.zip"
    write_pack(members, file)
    if kind in ("a link", "twice"):
        with zipfile.ZipFile(file, "a") as archive:
            info = zipfile.ZipInfo("plan.json" if kind == "twice" else "weights/x.safetensors")
            info.external_attr = (0o120777 if kind == "a link" else 0o100644) << 16
            with warnings.catch_warnings(action="ignore"):  # that a name stands twice
                archive.writestr(info, "/etc/passwd")
    elif kind == "encrypted":
        content = bytearray(file.read_bytes())
        place = content.rindex(b"PK\x01\x02")
        content[place + 8] |= 1
        file.write_bytes(content)
    else:
        file.write_bytes(file.read_bytes()[: {"cut": 3000, "empty": 0}[kind]])
    (tmp_path / "run").mkdir()
    with pytest.raises(UserError, match="is not a pack that can be used"):
        unpack(file, tmp_path / "run")
    assert list((tmp_path / "run").iterdir()) == []
