"""The outputs of other networks: those on the same inputs, in the order asked for, as much of them as is needed."""

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from several_networks import COMPARING, ROOT, SHUFFLED, SPURIOUS, diverged, entry, of_work, planned, run

from benchmark.plain.keeping import keeping
from benchmark.plan.resolved import Cell
from benchmark.run import peers as module
from benchmark.run.peers import peers_outputs
from benchmark.run_folder import outputs
from benchmark.types import Over

pytestmark = pytest.mark.usefixtures("blank_pages")

SUITE = entry(SHUFFLED, "conditions: [0.0, 1.0]")
ROWS = np.arange(60)


@pytest.fixture(scope="module")
def networks() -> list[Cell]:
    return of_work(planned(SUITE, COMPARING), "train")


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run(tmp_path_factory.mktemp("peers") / "run", SUITE, COMPARING)


def found(
    run: Path, networks: list[Cell], over: Over = "candidates", read: str = "evaluation", rows: Any = ROWS
) -> list[Any]:
    own, *others = networks
    return list(peers_outputs(run, ROOT, own.train_identity, [cell.key for cell in others], over, read, rows))


def test_they_are_the_stored_outputs_in_the_order_asked_for(networks: list[Cell], trained: Path) -> None:
    for order in (networks, [networks[0], *networks[:0:-1]]):
        given = found(trained, order)
        assert [one.key for one in given] == [cell.key for cell in order[1:]]
        for one in given:
            assert np.array_equal(one.logits, outputs.read(trained, one.key)["evaluation"].logits)


def test_of_seeds_there_are_activations_and_of_candidates_predictions_alone(
    networks: list[Cell], trained: Path
) -> None:
    for one in found(trained, networks, "seeds"):
        stored = outputs.read(trained, one.key)["evaluation"].activations.by_tap
        assert {tap: matrix.tobytes() for tap, matrix in one.activations.by_tap.items()} == {
            tap: matrix.tobytes() for tap, matrix in stored.items()
        }
    assert [dict(one.activations.by_tap) for one in found(trained, networks)] == 5 * [{}]


def test_they_are_on_the_rows_that_are_measured(networks: list[Cell], trained: Path) -> None:
    rows = np.array([5, 2, 40])
    for over in ("seeds", "candidates"):
        for some, whole in zip(found(trained, networks, over, rows=rows), found(trained, networks, over), strict=True):
            assert np.array_equal(some.logits, whole.logits[rows])
            assert all(len(matrix) == 3 for matrix in some.activations.by_tap.values())


def test_one_that_was_read_on_other_inputs_is_left_out(tmp_path: Path) -> None:
    """In distribution each condition has inputs of its own; held-out examples have one seed for all networks."""
    folder, suite = tmp_path / "run", entry(SPURIOUS, "conditions: [0.5, 1.0]", "recipes: [{}, {batch_size: 16}]")
    more = ("seeds=[0, 1]", "estimator.inputs=[evaluation, in-distribution]")
    cells = of_work(planned(suite, *more), "train")
    run(folder, suite, *more)
    alike = [cell.key for cell in cells[1:] if cell.condition == cells[0].condition]
    assert [one.key for one in found(folder, cells, read="in-distribution")] == alike
    assert len(alike) == 3
    assert len(found(folder, cells)) == 7  # the evaluation inputs of all are the same


def test_those_with_the_same_held_out_examples_labelled_alike_bring_their_logits_on_them(tmp_path: Path) -> None:
    """Each condition of the first has held-out inputs of its own; of the second the same ones, labelled otherwise."""
    for name, suite in (("spurious", SPURIOUS), ("shuffled", SHUFFLED)):
        folder, plan = tmp_path / name, entry(suite, "conditions: [0.5, 1.0]")
        more = (plan, "seeds=[0, 1]", "data_seed=0")
        cells = of_work(planned(*more), "train")
        run(folder, *more)
        own, *others = cells
        keys = [cell.key for cell in others]
        given = peers_outputs(folder, ROOT, own.train_identity, keys, "candidates", "evaluation", ROWS, own.key)
        assert [one.key for one in given] == keys
        alike = [cell.key for cell in others if cell.condition == own.condition]
        assert [one.key for one in given if one.readings] == alike
        assert len(alike) == 1
        for one in given:
            for taken in one.readings.values():
                stored = outputs.read(folder, one.key)["in-distribution"]
                assert stored.judged is not None
                assert np.array_equal(taken["logits"], stored.logits[stored.judged])
                assert set(taken.arrays) == {"logits"}  # and no label of any
        assert not any(one.readings for one in found(folder, cells))


def test_one_that_diverged_is_left_out_and_one_that_is_not_there_is_named(
    networks: list[Cell], trained: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    shutil.copytree(trained, folder)
    diverged(folder, networks[2].key)
    keys = [cell.key for cell in networks[1:]]
    assert [one.key for one in found(folder, networks)] == [keys[0], *keys[2:]]
    shutil.rmtree(folder / "cells" / networks[3].key)
    with pytest.raises(ValueError, match=f"a network that its measures compare it with is not there: {keys[2]}"):
        found(folder, networks)


def test_the_predictions_of_each_peer_are_opened_once_by_a_worker(
    networks: list[Cell], trained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    read = outputs.read
    monkeypatch.setattr(module.outputs, "read", lambda run, key: opened.append(key) or read(run, key))
    with keeping():
        for _ in range(3):
            found(trained, networks)
    assert opened == [cell.key for cell in networks[1:]]


def test_they_bring_no_labels_along(networks: list[Cell], trained: Path) -> None:
    for over in ("seeds", "candidates"):
        for one in found(trained, networks, over):
            assert set(one.labels.tolist()) == {-1}
            assert one.groups is one.judged is None
