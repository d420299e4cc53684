"""What a score needs beside its own outputs: which networks, and whether a reading finds the weights that it needs."""

from pathlib import Path

import pytest
from several_networks import COMPARING, MEASURE, SHUFFLED, diverged, entry, of_work, planned, run

from benchmark.plan.catalogue import include
from benchmark.plan.resolved import Cell
from benchmark.run.beside import check_weights, made_by, overs_of, peers_of
from benchmark.run_folder import store
from registry import UserError

SUITE = entry(SHUFFLED, "conditions: [0.0, 1.0]")
READING = "measures=[mean-mi, mine]"


@pytest.fixture
def reading(tmp_path: Path) -> None:
    """A measure that needs a reading is included; it is called `mine`."""
    text = MEASURE.format(name="mine", reading="training-set", array="logits")
    (tmp_path / "mine.py").write_text(text)
    assert include([tmp_path / "mine.py"]) == []


def test_a_score_looks_at_what_its_measures_are_over() -> None:
    def over(measures: str) -> set[tuple[str, ...]]:
        return {overs_of(cell) for cell in of_work(planned(SUITE, f"measures=[{measures}]"), "score")}

    assert over("mean-mi") == {()}
    assert over("seed-agreement") == {("seeds",)}
    assert over("mean-mi, consensus, seed-agreement") == {("candidates", "seeds")}


def test_peers_are_of_the_same_entry_and_no_anchors() -> None:
    two = f"suites=[{{{SHUFFLED}, conditions: [0.0, 1.0]}}, {{suite: toy-spurious, family: toy-mlp}}]"
    cells = planned(two, COMPARING, "anchors=random-labels")
    networks = of_work(cells, "train")
    places = {cell.key: cell for cell in networks}
    for cell in of_work(cells, "score"):
        found = peers_of(cell, networks)
        if cell.anchor:
            assert found == {}
            continue
        own = places[cell.train]
        alike = [one for one in networks if one.entry == own.entry and not one.anchor and one is not own]
        assert found["candidates"] == tuple(one.key for one in alike)
        assert found["seeds"] == tuple(one.key for one in alike if one.condition == own.condition)
        assert len(found["seeds"]) == 2


def test_the_keys_of_the_peers_are_part_of_the_key_of_a_score_that_needs_them() -> None:
    fewer, more = (planned(SUITE, COMPARING, f"seeds={seeds}") for seeds in ("[0, 1]", "[0, 1, 2]"))
    before = {cell.key for cell in of_work(fewer, "score")}
    assert before.isdisjoint(cell.key for cell in more)
    assert {cell.key for cell in of_work(fewer, "train")} < {cell.key for cell in more}
    alone = [planned(SUITE, "measures=[mean-mi]", f"seeds={seeds}") for seeds in ("[0, 1]", "[0, 1, 2]")]
    assert {cell.key for cell in alone[0]} < {cell.key for cell in alone[1]}  # a measure of one network knows of none


def gone(networks: list[Cell], run: Path, retrain: bool = False) -> str:
    try:
        check_weights(networks, run, retrain)
    except UserError as error:
        return str(error)
    return ""


@pytest.mark.usefixtures("reading")
def test_networks_whose_weights_are_gone_are_named_once_each_with_the_cure(tmp_path: Path) -> None:
    cells = planned(SUITE, READING, "estimator.inputs=[evaluation, in-distribution]")
    networks = [cell.key for cell in of_work(cells, "train")]
    scores = of_work(cells, "score")
    assert gone(scores, tmp_path) == ""  # none is trained yet
    run(tmp_path / "run", SUITE, "keep_weights=none")
    said = gone(scores, tmp_path / "run")
    assert said == (
        "6 trained networks have no weights, which the reading training-set needs: --retrain trains them again "
        f"({networks[0]}, {networks[1]}, {networks[2]}, ...)"
    )
    one = [cell for cell in scores if cell.train == networks[4]]
    assert "1 trained network has no weights" in gone(one, tmp_path / "run")
    assert f"--retrain trains it again ({networks[4]})" in gone(one, tmp_path / "run")
    assert gone(scores, tmp_path / "run", retrain=True) == ""
    assert gone([cell for cell in cells if cell.work == "train"], tmp_path / "run") == ""
    diverged(tmp_path / "run", networks[4])  # it is not scored, so nobody misses its weights
    assert gone(one, tmp_path / "run") == ""


@pytest.mark.usefixtures("reading")
def test_weights_that_are_kept_are_enough_and_so_are_measures_that_need_none(tmp_path: Path) -> None:
    with_reading = planned(SUITE, READING)
    run(tmp_path / "kept", SUITE)  # which forgets what is included
    assert gone(with_reading, tmp_path / "kept") == ""
    run(tmp_path / "none", SUITE, "keep_weights=none")
    assert gone(planned(SUITE, COMPARING), tmp_path / "none") == ""
    assert gone(with_reading, tmp_path / "none") != ""


def test_the_code_that_made_a_network_is_what_its_record_says(tmp_path: Path) -> None:
    (cell, *_) = of_work(planned(SUITE), "score")
    assert made_by(cell, tmp_path) == set()  # it reads no network again
    read = Cell(**{**vars(cell), "identity": {**cell.identity, "readings": {"transforms": 1}}})
    assert made_by(read, tmp_path) == set()  # that is not there
    (tmp_path / "cells").mkdir()
    about = {"work": "train", "outcome": "done", "identity": {"sources": {"family x": "abc"}}, "provenance": {}}
    history = {"steps": 1, "losses": [0.5], "weight_norms": [1.0], "stopped": "loss"}
    whole = {**about, "provenance": {"seconds": 1.0}, "history": history, "taps": ["0"], "training_accuracy": 1.0}
    store.publish(tmp_path, cell.train, whole, {})
    assert made_by(read, tmp_path) == {"abc"}


@pytest.mark.usefixtures("reading")
def test_a_plan_that_keeps_no_weights_and_reads_networks_is_refused_before_anything_trains(tmp_path: Path) -> None:
    cells = planned(SUITE, READING)
    with pytest.raises(UserError, match="keep_weights: none, and its measures read the networks"):
        check_weights(cells, tmp_path, False, "none")
    check_weights(cells, tmp_path, True, "none")
    check_weights(cells, tmp_path, False, "auto")


def test_a_plan_that_keeps_no_weights_and_reads_no_network_is_none_of_these(tmp_path: Path) -> None:
    check_weights(planned(SUITE, "measures=[mean-mi]"), tmp_path, False, "none")


@pytest.mark.usefixtures("reading")
def test_a_damaged_network_is_no_network_without_weights(tmp_path: Path) -> None:
    """It is set aside and trained anew by the run that comes next."""
    folder = run(tmp_path / "run", SUITE, "keep_weights=none", "measures=[mean-mi]")
    assert include([tmp_path / "mine.py"]) == []  # a run forgets what was included before
    cells = planned(SUITE, READING, "keep_weights=auto")
    with pytest.raises(UserError, match="--retrain"):
        check_weights(cells, folder, False)
    for cell in of_work(cells, "train"):
        (folder / "cells" / cell.key / "record.json").write_text("{}")
    check_weights(cells, folder, False)
