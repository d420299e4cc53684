"""The cells of a run folder, read for a verification: each by its hashes, what is not there or not its plan's named."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small_runs import copied, sealed, small

from benchmark.inspection.verification import Asked, Stored, read_cells, verify
from benchmark.plain.findings import Finding
from benchmark.process.progress import Silent
from benchmark.run_folder.outputs import FILE
from benchmark.run_folder.records import read_resolved
from registry import UserError, data_folder

HISTORY = {"steps": 1, "losses": [], "weight_norms": [], "stopped": "loss"}


@pytest.fixture
def run(toy_run: Path, tmp_path: Path) -> Path:
    """A small plan with its scores, and one network with the file of its outputs."""
    resolved = small(read_resolved(toy_run))
    copied(toy_run, resolved, tmp_path)
    for cell in resolved["cells"]:
        if cell["work"] == "score" or cell is resolved["cells"][0]:
            shutil.copytree(toy_run / "cells" / cell["key"], tmp_path / "cells" / cell["key"], dirs_exist_ok=True)
    return tmp_path


def said(stored: Stored) -> dict[str, str]:
    return {finding.about: f"{finding.kind}: {finding.text}" for finding in stored.findings}


def change(run: Path, key: str, changed: Callable[[Any], object]) -> None:
    path = run / "cells" / key / "record.json"
    record = json.loads(path.read_text())
    changed(record)
    path.write_bytes(sealed(record))


def test_a_cell_is_whole_where_each_file_is_what_its_record_says(run: Path) -> None:
    resolved = read_resolved(run)
    stored = read_cells(run, resolved)
    cells = resolved["cells"]
    others = {cell["key"] for cell in cells[1:] if cell["work"] == "train"}
    assert stored.whole == {cell["key"] for cell in cells} - others
    assert set(stored.records) == {cell["key"] for cell in cells}  # a record can be read without its files
    assert said(stored).keys() == others
    assert {finding.kind for finding in stored.findings} == {"damaged"}
    assert stored.unread == set()


def test_what_is_missing_damaged_or_of_another_plan_is_named(run: Path) -> None:
    resolved = read_resolved(run)
    network, score, *_, other = (cell["key"] for cell in resolved["cells"])
    (run / "cells" / network / FILE).write_bytes(b"forged")
    (run / "cells" / score / "record.json").unlink()
    (run / "cells" / score).rmdir()
    resolved["cells"] = [cell for cell in resolved["cells"] if cell["key"] != other]
    found = said(read_cells(run, resolved))
    assert found[network] == f"damaged: {FILE} does not match its checksum"
    assert found[score] == "missing: it has no record"
    assert found[other] == "of another plan: "


def test_a_record_whose_checksum_is_right_must_still_name_its_outputs_and_its_kind(run: Path) -> None:
    resolved = read_resolved(run)
    network, score, *_ = (cell["key"] for cell in resolved["cells"])
    change(run, network, lambda record: record.update(files={}))
    change(run, score, lambda record: record.update(work="train", history=HISTORY, taps=[]))
    found = said(read_cells(run, resolved))
    assert found[network] == f"damaged: the record names no {FILE}"
    assert found[score] == "damaged: the record says that it is a train cell"


def test_cells_that_cannot_be_read_just_now_are_told_apart_from_damaged_ones() -> None:
    findings = [Finding("damaged", "a"), Finding("not checked", "b"), Finding("missing", "c")]
    assert Stored({}, set(), findings).unread == {"b"}


def test_a_verification_checks_files_before_the_board_and_says_where_no_cell_is_left(own_toy_run: Path) -> None:
    run = own_toy_run
    resolved = read_resolved(run)
    boards: list[Path] = []

    def board(folder: Path, *given: object) -> list[Finding]:
        boards.append(folder)
        return [Finding("checked", "board")]

    for cell in resolved["cells"]:
        if cell["work"] == "train":
            (run / "cells" / cell["key"] / FILE).unlink()
    found = verify(run, data_folder(), Asked(cells=1, seed=0), board, Silent())
    lines: list[str] = []
    with pytest.raises(UserError, match=r"has no cell that can be computed again: the lines above say what is wrong"):
        lines.extend(map(str, found))
    assert boards == [run / "board"]
    kinds = [line.partition(":")[0] for line in lines]
    assert kinds.index("damaged") < kinds.index("checked")
    scores = [cell["key"] for cell in resolved["cells"] if cell["work"] == "score"]
    behind = [line for line in lines if line.endswith("is not there whole: nothing stands behind its numbers")]
    assert [line.partition(": its network ")[0] for line in behind] == [f"differs: {key}" for key in scores]
