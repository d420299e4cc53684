"""Networks of a pack made anew: from weights or by training, and whether they are the ones of the records."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from made_packs import Members, with_records

from benchmark.inspection.rebuilt import Network, Rebuilt
from benchmark.plan.cells import resolve
from benchmark.plan.reading import read_plan
from benchmark.plan.resolved import Cell
from benchmark.run_folder import outputs
from benchmark.run_folder.packs.reading import unpack
from benchmark.run_folder.packs.writing import pack, write_pack

ROOT = Path("unused: the toy data are generated")


@pytest.fixture(scope="module")
def cell() -> Cell:
    return resolve(read_plan("toy"), ROOT).cells[0]


@contextmanager
def rebuilt(members: Members) -> Iterator[Rebuilt]:
    with TemporaryDirectory() as folder:
        run, again = Path(folder, "run"), Path(folder, "again")
        run.mkdir()
        (again / "cells").mkdir(parents=True)
        write_pack(members, Path(folder, "pack.zip"))
        unpack(Path(folder, "pack.zip"), run)
        yield Rebuilt(run, again, ROOT, 1)


@pytest.mark.parametrize("weights", [True, False])
def test_a_network_comes_back_with_the_outputs_it_had(toy_run: Path, cell: Cell, weights: bool) -> None:
    with rebuilt(pack(toy_run, "my-toy", weights=weights)) as made:
        assert made.has_weights(cell.key) == weights
        assert made.network(cell) == Network("weights" if weights else "training", True)
        assert made.network(cell) is made.network(cell)
        given, before = outputs.read(made.run, cell.key), outputs.read(toy_run, cell.key)
        assert outputs.pack(given) == outputs.pack(before)


def test_a_network_with_other_outputs_is_another_one(toy_run: Path, cell: Cell) -> None:
    members = with_records(
        pack(toy_run, "my-toy"),
        lambda record: record["files"].update({outputs.FILE: "0" * 64}) if record["files"] else None,
    )
    with rebuilt(members) as made:
        assert made.network(cell) == Network("weights", False)


def test_who_is_trained_again_has_to_have_the_history_and_the_end_of_its_record(toy_run: Path, cell: Cell) -> None:
    def other(record: dict[str, Any]) -> None:
        if record["work"] == "train":
            record["history"]["steps"] += 1

    with rebuilt(with_records(pack(toy_run, "my-toy"), other)) as made:
        assert made.network(cell) == Network("weights", True)  # weights do not tell it
        assert made.network(cell, by_weights=False) == Network("training", False)
        assert made.network(cell) is made.network(cell, by_weights=False)

    def diverged(record: dict[str, Any]) -> None:
        if record["work"] == "train":
            record["outcome"] = "diverged"

    with rebuilt(with_records(pack(toy_run, "my-toy", weights=False), diverged)) as made:
        assert made.network(cell) == Network("training", False)
