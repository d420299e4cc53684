"""Records and plan.json with one thing changed at random: refused in a line, or the board can be made of them."""

import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from random import Random
from typing import Any

import pytest
from blank_figures import blank
from odd_values import EVERYWHERE, MISSING, changed, damaged, places, put, written
from small_runs import copied, sealed

from benchmark.inspection.recomputation import _compared
from benchmark.plain.strict_json import read_json
from benchmark.results.merging import merged
from benchmark.run_folder.plan_shapes import resolved_problem
from benchmark.run_folder.records import read_records, read_resolved
from benchmark.run_folder.shapes import DamagedCell, check_record
from benchmark.run_folder.store import read_record
from leaderboard.pages.files.formats import FORMATS, terminal
from leaderboard.rows.assembly import build_board
from leaderboard.rows.provenance import cost
from leaderboard.status import status
from registry import UserError

OLD = Path(__file__).parents[2] / "fixtures" / "v0.1.0" / "small-mnist.tar.xz"


ROUNDS = int(os.environ.get("FUZZED_ROUNDS", "25"))  # more of them in a long search


DRAWN = int(os.environ.get("FUZZED_DRAWN", "5"))  # one page of so many has its figures, which take a second; 1 is all


EACH = int(os.environ.get("ODD_VALUES", "1"))  # of the odd values at each place; 11 are all


@pytest.fixture(params=["toy", "with anchors"])
def either(request: pytest.FixtureRequest, run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That run folder, and one of version 0.1.0 whose networks have anchors."""
    if request.param == "toy":
        return run
    folder = tmp_path_factory.mktemp("anchors")
    with tarfile.open(OLD) as packed:
        packed.extractall(folder, filter="data")
    old = folder / "small-mnist"
    return copied(old, read_resolved(old), folder / "run")


def shown(run: Path, drawn: bool, seen: set[tuple[str, bool]]) -> str:
    """What is damaged in a run folder, after everything that is made of it has been made. Raises UserError.

    Of a board that was `seen` no page is made again: much of what is changed is not on it.
    """
    resolved = read_resolved(run)
    records, damaged = read_records(run, resolved["cells"])
    board = build_board(resolved, records)
    merged([("a", resolved, records), ("b", resolved, records)])
    parts = [*status(run), *damaged.values()]
    if (content := (json.dumps(board), drawn)) not in seen:
        seen.add(content)
        with nullcontext() if drawn else blank():
            parts += [text or "" for make in FORMATS.values() for text in make(board).values()]
        parts.append(terminal(board))
    "".join(parts).encode()
    return "".join(damaged.values())


@pytest.mark.long
def test_a_record_with_its_checksum_made_anew_is_damaged_or_read(either: Path) -> None:
    random = Random(0)
    paths = sorted(either.glob("cells/*/record.json"))
    seen: set[tuple[str, bool]] = set()
    read = 0
    for number in range(ROUNDS):
        path = random.choice(paths)
        before = path.read_bytes()
        record, what = changed(json.loads(before), random)
        path.write_bytes(sealed(record))
        try:
            read += shown(either, drawn=number % DRAWN == 0, seen=seen) == ""
        except Exception as error:
            raise AssertionError(f"{path.parent.name}: {what}") from error
        path.write_bytes(before)
    assert 0 < read < ROUNDS


def odd_ones(content: Any, random: Random) -> Iterator[tuple[Any, str]]:
    """A copy with an odd value at every place, one place after the other, and what is odd."""
    for path in places(content, of_a_list=1):
        for value in random.sample([MISSING, *EVERYWHERE], EACH):
            said = "missing" if value is MISSING else f"{value!r:.40}"
            yield put(content, path, value), f"{'.'.join(map(str, path))}: {said}"


@pytest.mark.long
@pytest.mark.parametrize("work", ["train", "score"])
def test_an_odd_value_at_any_place_of_a_record_is_named_or_a_board_is_made(work: str, run: Path) -> None:
    resolved = read_resolved(run)
    records, _ = read_records(run, resolved["cells"])
    before = next(record for record in records.values() if record["work"] == work)
    damaged, boards = [], {""}
    for record, what in odd_ones(before, Random(3)):
        try:
            found = read_json(sealed(record))
            check_record(found)
        except (DamagedCell, ValueError) as error:
            damaged.append(str(error))
            continue
        try:
            _compared(found, before, {})
            whole = {**records, before["key"]: found}
            cost(whole)
            merged([("a", resolved, whole), ("b", resolved, whole)])
            board = build_board(resolved, whole)
            if json.dumps(board) not in boards:
                boards.add(json.dumps(board))
                terminal(board).encode()
        except UserError:  # records that do not fit together are not merged
            continue
        except Exception as error:
            raise AssertionError(what) from error
    assert len(damaged) > 30
    assert not [said for said in damaged if "\n" in said]
    assert len(boards) > 1


def test_an_odd_value_at_any_place_of_a_plan_is_named_or_a_board_is_made(run: Path) -> None:
    resolved = read_resolved(run)
    records, _ = read_records(run, resolved["cells"])
    refused, read = 0, 0
    for changed_plan, what in odd_ones(resolved, Random(4)):
        try:
            found = read_json(written(changed_plan).encode("utf-8", "surrogatepass"))
            problem = resolved_problem(found)
        except ValueError as error:
            problem = str(error)
        if problem is not None:
            refused += 1
            assert "\n" not in problem, what
            continue
        try:
            merged([("a", found, records), ("b", found, records)])
            terminal(build_board(found, records)).encode()
            read += 1
        except Exception as error:
            raise AssertionError(what) from error
    assert refused > 100
    assert read > 5


def test_a_record_that_was_not_sealed_anew_is_damaged_or_what_it_was(either: Path) -> None:
    random = Random(1)
    paths = sorted(either.glob("cells/*/record.json"))
    for _ in range(4 * ROUNDS):
        path = random.choice(paths)
        before = path.read_bytes()
        record, what = changed(json.loads(before), random)
        text = written(record).encode("utf-8", "surrogatepass")
        if random.random() < 0.5:
            text = what = damaged(before, random)
        path.write_bytes(text)
        assert taken(either, path.parent.name) in (None, json.loads(before)), what
        path.write_bytes(before)


def taken(run: Path, key: str) -> Any:
    """The record as it is read, None where it is damaged."""
    try:
        return read_record(run, key)
    except DamagedCell:
        return None


@pytest.mark.long
def test_a_plan_is_refused_or_read(either: Path) -> None:
    random = Random(2)
    before = (either / "plan.json").read_bytes()
    refused = []
    seen: set[tuple[str, bool]] = set()
    read = 0
    for number in range(2 * ROUNDS):
        resolved, what = changed(json.loads(before), random)
        text = written(resolved).encode("utf-8", "surrogatepass") if number % 4 else damaged(before, random)
        (either / "plan.json").write_bytes(text)
        try:
            shown(either, drawn=number % DRAWN == 0, seen=seen)
            read += 1
        except UserError as error:
            refused.append((what, str(error)))
        except Exception as error:
            raise AssertionError(what) from error
    assert not [what for what, said in refused if "\n" in said or len(said) > 500 + len(str(either))]
    assert 0 < read < 2 * ROUNDS


def test_a_model_in_fewer_seeds_than_another_has_a_place_on_the_board(run: Path) -> None:
    resolved = read_resolved(run)
    first = next(cell for cell in resolved["cells"] if cell["work"] == "score")
    fewer = {**resolved, "cells": [cell for cell in resolved["cells"] if first["key"] != cell["key"]]}
    rows = build_board(fewer, read_records(run, fewer["cells"])[0])
    assert [len(model["seeds"]) for model in rows["models"]] == [2, 3, 3]
    assert {row["interval"]["seeds"] for row in rows["agreement"]} == {None}
    within = [row["within_condition"] for row in rows["agreement"] if row["measure"] == "mean-mi"]
    assert [(row["conditions"], row["left_out"]) for row in within] == [(2, 1)]
