"""Suites do what their knobs say, and nothing leaks from training into what is measured."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from made_data import MADE, random_digits, random_emails, random_points, random_stretches

from benchmark.data.splits import make_splits
from registry import DATASETS, SUITES, Data, DataError, Examples, Splits, TaskSuite


@cache
def texts(name: str) -> Data:
    return DATASETS[name].load(Path("unused"))


def data_for(suite: TaskSuite) -> Data:
    """Data of the suite's kind, each time a copy of their own."""
    if suite.modality == "text":
        name = "toy-sentences" if "toy-sentences" in suite.datasets else suite.default_data
        return deepcopy(texts(name))
    if suite.default_data in MADE:
        return MADE[suite.default_data]()
    return random_digits() if suite.modality == "image" else random_points()


def same(a: Examples, b: Examples) -> bool:
    return np.array_equal(a.inputs, b.inputs) and np.array_equal(a.labels, b.labels)


@pytest.mark.long
@pytest.mark.parametrize("name", SUITES)
def test_evaluation_depends_on_neither_condition_nor_seed_and_making_is_deterministic(name: str) -> None:
    suite = SUITES[name]
    made = {(c, s): make_splits(suite, data_for(suite), c, s) for c in suite.conditions for s in (0, 1)}
    first = made[(suite.conditions[0], 0)]
    assert all(same(splits.evaluation, first.evaluation) for splits in made.values())
    assert len({len(splits.train) for splits in made.values()}) == 1 or not suite.equal_sizes
    for (condition, seed), splits in made.items():
        again = suite.make(data_for(suite), condition, seed)
        assert same(again.train, splits.train)
        assert same(again.in_distribution, splits.in_distribution)
    middle = suite.conditions[len(suite.conditions) // 2]
    assert not same(made[(middle, 0)].train, made[(middle, 1)].train)


@pytest.mark.parametrize(
    ("name", "made", "classes"),
    [
        ("shuffled-mnist", random_digits, 10),
        ("circles-shuffled", random_points, 2),
        ("toy-shuffled", random_points, 2),
        ("shuffled-table", random_emails, 2),
        ("shuffled-splice", random_stretches, 3),
    ],
)
def test_labels_are_redrawn_for_the_share_beta_in_training_only(
    name: str, made: Callable[[int], Data], classes: int
) -> None:
    suite, data = SUITES[name], made(20_000)
    for beta in (0.0, 0.5, 1.0):
        splits = suite.make(data, beta, 0)
        kept = (splits.train.labels == data.train.labels).mean()
        assert kept == pytest.approx(1 - beta + beta / classes, abs=0.02)
        assert (splits.in_distribution.labels == data.held_out.labels).mean() == pytest.approx(kept, abs=0.02)
        assert np.array_equal(splits.evaluation.labels, data.held_out.labels)
        assert np.array_equal(splits.evaluation.inputs, splits.in_distribution.inputs)


def broken(**parts: Examples) -> TaskSuite:
    """A suite that returns these splits."""
    good = Examples(np.arange(6.0).reshape(3, 2), np.array([0, 1, 0]))
    other = Examples(np.arange(6.0, 12.0).reshape(3, 2), np.array([0, 1, 0]))
    splits = Splits(**{"train": good, "evaluation": other, "in_distribution": other, **parts})
    return TaskSuite(
        name="broken",
        kind="heuristic",
        modality="vector",
        conditions=("a",),
        datasets=("toy-blobs",),
        default_data="toy-blobs",
        input_shape=(2,),
        num_classes=2,
        metrics=("accuracy",),
        make=lambda data, condition, seed: splits,
        reference="",
    )


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (
            {"evaluation": Examples(np.array([[9.0, 9.0], [2.0, 3.0]]), np.array([0, 1]))},
            "evaluation, row 1: .* training set",
        ),
        (
            {"in_distribution": Examples(np.array([[0.0, 1.0]]), np.array([1]))},
            "in_distribution, row 0: .* training set",
        ),
        ({"train": Examples(np.ones((1, 2)), np.array([0]))}, "train: one example: a network is trained on 2 or more"),
        (
            {"evaluation": Examples(np.array([[9.0, np.nan]]), np.array([0]))},
            "evaluation: row 0: an input is not a fin",
        ),
        ({"evaluation": np.zeros((3, 2))}, "evaluation is a ndarray, not Examples"),
        ({"train": Examples(np.empty((0, 2)), np.empty(0, dtype=np.int64))}, "train: no examples"),
        ({"train": Examples(np.ones((2, 2)), np.array([0, 2]))}, "train, row 1: label 2 is not in 0 to 1"),
    ],
)
def test_splits_that_must_not_be_trained_on_are_refused(parts: dict, message: str) -> None:
    with pytest.raises(DataError, match=message):
        make_splits(broken(**parts), random_points(), "a", 0)


def test_splits_are_read_in_float32_and_no_other_thing_is_taken_for_splits() -> None:
    splits = make_splits(broken(), random_points(), "a", 0)
    assert {part.inputs.dtype for part in (splits.train, splits.evaluation, splits.in_distribution)} == {
        np.dtype(np.float32)
    }
    with pytest.raises(DataError, match="TypeError: make returns tuple, not Splits"):
        make_splits(replace(broken(), make=lambda data, condition, seed: (1, 2)), random_points(), "a", 0)
