"""A network at hand for readings is the one that was scored, with the inputs, labels and draws that are its own."""

import shutil
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from several_networks import ROOT, SPURIOUS, entry, of_work, planned, run

from benchmark.data.judging import judged_examples
from benchmark.data.splits import splits_of
from benchmark.plan.resolved import Cell
from benchmark.reading import AtHand, Reading
from benchmark.run import at_hand as module
from benchmark.run.at_hand import MOST_TRAINING, _some, readings_of
from benchmark.run.trained import random_labels, seed_of
from benchmark.run_folder import outputs, store
from benchmark.run_folder.store import WEIGHTS
from benchmark.types import Taken
from registry import Examples, UserError

SUITE = entry(SPURIOUS, "conditions: [0.0, 1.0]")
PLAN = (SUITE, "seeds=[0]", "anchors=random-labels", "estimator.inputs=[evaluation, in-distribution]")
ROWS = np.arange(60)
Seen = Callable[..., Any]


@pytest.fixture(scope="module")
def cells() -> list[Cell]:
    return planned(*PLAN)


@pytest.fixture(scope="module")
def trained_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run(tmp_path_factory.mktemp("at hand") / "run", *PLAN)


@pytest.fixture
def taking(trained_run: Path, monkeypatch: pytest.MonkeyPatch) -> Seen:
    """What a reading sees of the network of a score cell: what `look` returns of it, whatever that is."""

    def take(
        look: Callable[[AtHand], Any], cell: Cell, rows: Any = ROWS, folder: Path = trained_run, **more: Any
    ) -> Any:
        seen: list[Any] = []

        def compute(at_hand: AtHand) -> dict[str, Any]:
            seen.append(look(at_hand))
            return {"a": np.zeros(1)}

        known = {"mine": Reading("mine", "network", compute, "a test"), **more.pop("others", {})}
        monkeypatch.setattr(module, "READINGS", known)
        asked = replace(cell, identity={**cell.identity, "readings": dict.fromkeys(known, 1)})
        own = store.read_record(folder, cell.train)
        assert own is not None
        readings_of(asked, own["identity"], folder, ROOT, 1, rows, more.get("retrain", False))
        return seen[-1]

    return take


def score(cells: list[Cell], **place: Any) -> Cell:
    """The score cell at this place."""
    alike = [cell for cell in of_work(cells, "score") if all(getattr(cell, n) == v for n, v in place.items())]
    return alike[0]


def own_score(cells: list[Cell], inputs: str = "evaluation") -> Cell:
    return score(cells, anchor=None, inputs=inputs, condition=1.0)


@pytest.mark.parametrize("inputs", ["evaluation", "in-distribution"])
def test_its_logits_and_activations_are_the_stored_ones_to_the_bit(
    inputs: str, cells: list[Cell], trained_run: Path, taking: Seen
) -> None:
    cell = own_score(cells, inputs)
    by_tap, logits = taking(lambda at_hand: at_hand.read(at_hand.inputs), cell)
    stored = outputs.read(trained_run, cell.train)[inputs]
    assert logits.tobytes() == stored.logits.tobytes()
    assert {tap: given.tobytes() for tap, given in by_tap.items()} == {
        tap: given.tobytes() for tap, given in stored.activations.by_tap.items()
    }


def test_its_inputs_are_those_of_the_rows_that_are_measured(cells: list[Cell], taking: Seen) -> None:
    rows, cell = np.array([7, 3, 50]), own_score(cells)
    given = taking(lambda at_hand: at_hand.inputs, cell, rows)
    assert np.array_equal(given, splits_of(_network(cells, cell).train_identity, ROOT).evaluation.inputs[rows])


def test_the_network_is_in_evaluation_mode_and_takes_its_arguments(cells: list[Cell], taking: Seen) -> None:
    def look(at_hand: AtHand) -> Any:
        assert not at_hand.network.training
        with torch.no_grad():
            return at_hand.network(*at_hand.arguments(at_hand.inputs)).numpy(), at_hand.logits(at_hand.inputs)

    by_hand, logits = taking(look, own_score(cells))
    np.testing.assert_allclose(by_hand, logits, atol=1e-6)


def test_it_has_labels_as_they_were_given_and_none_of_what_is_measured(cells: list[Cell], taking: Seen) -> None:
    cell = score(cells, anchor=None, inputs="evaluation", condition=1.0)
    training, held_out, classes = taking(
        lambda at_hand: (at_hand.training, at_hand.held_out, at_hand.num_classes), cell
    )
    splits = splits_of(_network(cells, cell).train_identity, ROOT)
    assert np.array_equal(training.labels, splits.train.labels)
    assert np.array_equal(training.inputs, splits.train.inputs)
    judged = splits.evaluation.ids[judged_examples(splits)[0]]
    assert len(held_out) > 0
    assert not np.isin(held_out.ids, judged).any()  # a metric is computed on those
    assert classes == 2
    assert {one.name for one in fields(AtHand)} & {"labels", "groups", "evaluation"} == set()


def test_an_anchor_was_trained_on_labels_at_random_and_is_read_on_other_conditions_too(
    cells: list[Cell], trained_run: Path, taking: Seen
) -> None:
    cell = score(cells, anchor="random-labels", read_on=1.0)
    inputs, training, logits = taking(lambda one: (one.inputs, one.training, one.logits(one.inputs)), cell)
    own = _network(cells, cell).train_identity
    expected = random_labels(splits_of(own, ROOT).train, 2, seed_of(own))
    assert np.array_equal(training.labels, expected.labels)
    assert not np.array_equal(training.labels, splits_of(own, ROOT).train.labels)
    elsewhere = splits_of({**own, "condition": 1.0}, ROOT).in_distribution
    assert np.array_equal(inputs, elsewhere.inputs)
    stored = outputs.read(trained_run, cell.train)["in-distribution of 1.0"]
    assert logits.tobytes() == stored.logits.tobytes()


@pytest.mark.parametrize("anchor", [None, "random-labels"])
def test_trained_again_it_goes_the_same_way_and_the_one_at_hand_stays(
    anchor: str | None, cells: list[Cell], taking: Seen
) -> None:
    def look(at_hand: AtHand) -> Any:
        epochs: list[dict[str, torch.Tensor]] = []
        before = {name: part.clone() for name, part in at_hand.network.state_dict().items()}
        at_hand.train_again(lambda network: epochs.append({n: p.clone() for n, p in network.state_dict().items()}))
        after = at_hand.network.state_dict()
        return before, epochs, {name: part.clone() for name, part in after.items()}

    before, epochs, after = taking(look, score(cells, anchor=anchor, inputs="evaluation"))
    assert len(epochs) == 2
    for name in before:
        assert torch.equal(before[name], epochs[-1][name])
        assert torch.equal(before[name], after[name])
    assert any(not torch.equal(epochs[0][name], epochs[1][name]) for name in before)


@pytest.mark.parametrize("anchor", [None, "random-labels"])
def test_trained_on_its_own_training_set_it_is_the_network_at_hand_and_on_others_another(
    anchor: str | None, cells: list[Cell], taking: Seen
) -> None:
    def look(at_hand: AtHand) -> Any:
        given = at_hand.training, at_hand.training.at(np.arange(40))
        networks = at_hand.network, *map(at_hand.train_on, given), at_hand.network
        assert not any(network.training for network in networks)
        return [{name: part.clone() for name, part in network.state_dict().items()} for network in networks]

    own, again, fewer, after = taking(look, score(cells, anchor=anchor, inputs="evaluation"))
    for name in own:
        assert torch.equal(own[name], again[name])
        assert torch.equal(own[name], after[name])
    assert any(not torch.equal(own[name], fewer[name]) for name in own)


def test_what_a_reading_draws_depends_on_no_other_reading(cells: list[Cell], taking: Seen) -> None:
    def drawing(at_hand: AtHand) -> Any:
        torch.rand(5), np.random.random(3)
        return {"b": np.zeros(1)}

    def look(at_hand: AtHand) -> Any:
        return torch.rand(3).tolist(), np.random.random(2).tolist()

    cell, other = own_score(cells), Reading("first", "network", drawing, "a test")
    alone = taking(look, cell)
    monkeyed = {"first": other}
    assert taking(look, cell, others=monkeyed) == alone
    assert taking(look, replace(cell, train=score(cells, anchor=None, condition=0.0).train)) != alone


def _without_weights(run: Path, folder: Path, key: str) -> None:
    """A copy of a run in which a network keeps no weights, as if its plan had said so."""
    shutil.copytree(run, folder)
    record = store.read_record(folder, key)
    assert record is not None
    content = (folder / "cells" / key / outputs.FILE).read_bytes()
    log = {path.name: path.read_bytes() for path in (folder / "cells" / key).glob("log*")}
    shutil.rmtree(folder / "cells" / key)
    kept = {part: record[part] for part in record if part not in ("schema", "key", "sha256", "files")}
    store.publish(folder, key, kept, {outputs.FILE: content, **log})


def test_weights_that_are_gone_are_no_network_unless_it_may_be_trained_again(
    cells: list[Cell], trained_run: Path, tmp_path: Path, taking: Seen
) -> None:
    cell, folder = own_score(cells), tmp_path / "run"
    _without_weights(trained_run, folder, cell.train)
    assert WEIGHTS not in store.read_record(folder, cell.train)["files"]
    with pytest.raises(UserError, match=f"{cell.train} has no weights"):
        taking(lambda at_hand: None, cell, folder=folder)
    logits = taking(lambda at_hand: at_hand.logits(at_hand.inputs), cell, folder=folder, retrain=True)
    assert logits.tobytes() == outputs.read(folder, cell.train)["evaluation"].logits.tobytes()


def test_a_network_that_is_another_one_when_it_is_trained_again_is_refused(
    cells: list[Cell], trained_run: Path, tmp_path: Path, taking: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell, folder, right = own_score(cells), tmp_path / "run", module.trained
    _without_weights(trained_run, folder, cell.train)

    def trained(*given: Any, **named: Any) -> Any:
        made = right(*given, **named)
        with torch.no_grad():
            [*made.network.parameters()][-1][0] += 0.5  # the bias of a class, and so each of its logits
        return made

    monkeypatch.setattr(module, "trained", trained)
    with pytest.raises(ValueError, match=r"trained again it is another network, off by 0\.5 in a logit: the machine"):
        taking(lambda at_hand: None, cell, folder=folder, retrain=True)
    taking(lambda at_hand: None, cell, retrain=True)  # its weights are there: nothing is trained


def test_a_network_with_a_nan_in_its_logits_is_another_one(
    cells: list[Cell], trained_run: Path, tmp_path: Path, taking: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell, folder, right = own_score(cells), tmp_path / "run", module.trained
    _without_weights(trained_run, folder, cell.train)

    def trained(*given: Any, **named: Any) -> Any:
        made = right(*given, **named)
        with torch.no_grad():
            [*made.network.parameters()][-1][0] = float("nan")
        return made

    monkeypatch.setattr(module, "trained", trained)
    with pytest.raises(ValueError, match="it is another network"):
        taking(lambda at_hand: None, cell, folder=folder, retrain=True)


def test_of_a_large_training_set_a_seeded_thousand_is_seen_in_its_order() -> None:
    whole = Examples(np.arange(2500, dtype=np.float32)[:, None], np.arange(2500) % 3)
    some = _some(whole)
    assert len(some) == MOST_TRAINING
    assert (np.diff(some.inputs[:, 0]) > 0).all()
    assert np.array_equal(some.labels, some.inputs[:, 0].astype(int) % 3)
    assert np.array_equal(some.inputs, _some(whole).inputs)
    assert abs(float(some.inputs.mean()) - 1249.5) < 100  # a sample of all of them: 4 standard errors of 23
    assert _some(whole.at(np.arange(1000))).inputs.shape == (1000, 1)


def test_what_the_readings_of_memorank_take_is_of_the_stored_network(cells: list[Cell], trained_run: Path) -> None:
    cell = own_score(cells)
    asked = replace(cell, identity={**cell.identity, "readings": {"training-set": 1, "transforms": 1}})
    own = _network(cells, cell).train_identity
    found = readings_of(asked, own, trained_run, ROOT, 1, ROWS, False)
    transforms, training = found["transforms"], found["training-set"]
    assert isinstance(transforms, Taken)
    assert isinstance(training, Taken)
    stored = outputs.read(trained_run, cell.train)["evaluation"].logits
    partners = np.random.default_rng([*b"mixup"]).permutation(60)
    assert np.array_equal(transforms["mixup/partner"], stored[partners])
    accuracy = (training["logits"].argmax(axis=1) == training["labels"]).mean()
    record = store.read_record(trained_run, cell.train)
    assert record is not None
    assert accuracy == pytest.approx(record["training_accuracy"])


def _network(cells: list[Cell], score: Cell) -> Cell:
    return next(cell for cell in cells if cell.key == score.train)


def test_a_reading_from_outside_changes_nothing_for_those_that_come_next(taking: Seen, cells: list[Cell]) -> None:
    def spoil(at_hand: AtHand) -> dict[str, Any]:
        with torch.no_grad():
            for parameter in at_hand.network.parameters():
                parameter.mul_(-1.0)
        at_hand.inputs[:] = 0.0
        at_hand.training.inputs[:] = 0.0
        at_hand.held_out.labels[:] = 0
        return {"a": np.zeros(1)}

    def look(at_hand: AtHand) -> list[bytes]:
        examples = (at_hand.training, at_hand.held_out)
        arrays = [
            at_hand.inputs,
            at_hand.logits(at_hand.inputs),
            *(part for one in examples for part in (one.inputs, one.labels)),
        ]
        return [array.tobytes() for array in arrays]

    cell = score(cells, condition=1.0, inputs="evaluation", anchor=None)
    before = taking(look, cell)
    spoiling = {"aaa": Reading("aaa", "network", spoil, "a test")}
    assert taking(look, cell, others=spoiling) == before
    assert taking(look, cell) == before
