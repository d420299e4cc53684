"""Suites do what their knobs say, and nothing leaks from training into what is measured."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from made_data import MADE, random_emails, random_stretches, random_words

from benchmark.data.splits import make_splits
from registry import DATASETS, SUITES, Data, DataError, Examples, Splits, TaskSuite


def digits(count: int = 600) -> Data:
    """Random images in the shape of MNIST."""
    generator = np.random.default_rng(0)
    images = generator.integers(0, 256, size=(count, 28, 28), dtype=np.uint8)
    labels = generator.integers(0, 10, count)
    half = count // 2
    return Data(Examples(images[:half], labels[:half]), Examples(images[half:], labels[half:]))


def plane(count: int = 600) -> Data:
    """Random points in the plane."""
    generator = np.random.default_rng(0)
    points, labels = generator.normal(size=(count, 2)).astype(np.float32), generator.integers(0, 2, count)
    half = count // 2
    return Data(Examples(points[:half], labels[:half]), Examples(points[half:], labels[half:]))


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
    return digits() if suite.modality == "image" else plane()


def same(a: Examples, b: Examples) -> bool:
    return np.array_equal(a.inputs, b.inputs) and np.array_equal(a.labels, b.labels)


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


@pytest.mark.parametrize("alpha", [0.0, 0.25, 1.0])
def test_colours_obey_the_label_for_the_share_alpha(alpha: float) -> None:
    data = digits(20_000)
    splits = SUITES["colored-mnist"].make(data, alpha, 0)
    for examples, share in ((splits.train, alpha), (splits.in_distribution, alpha), (splits.evaluation, 0.0)):
        per_colour = examples.inputs.sum(axis=(2, 3))
        assert (np.count_nonzero(per_colour, axis=1) == 1).all()
        obeys = (per_colour.argmax(axis=1) == examples.labels).mean()
        assert obeys == pytest.approx(share + (1 - share) / 2, abs=0.02)
    assert np.array_equal(splits.train.labels, data.train.labels >= 5)
    np.testing.assert_allclose(splits.train.inputs.sum(axis=1) * 255, data.train.inputs[:, ::2, ::2], rtol=1e-6)


@pytest.mark.parametrize(
    ("name", "made", "classes"),
    [
        ("shuffled-mnist", digits, 10),
        ("circles-shuffled", plane, 2),
        ("toy-shuffled", plane, 2),
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


@pytest.mark.parametrize("name", ["circles-spurious", "toy-spurious"])
def test_the_third_feature_gives_the_label_away_for_the_share_alpha(name: str) -> None:
    for alpha in (0.5, 0.9, 1.0):
        splits = SUITES[name].make(plane(20_000), alpha, 0)
        for examples, share in ((splits.train, alpha), (splits.in_distribution, alpha), (splits.evaluation, 0.0)):
            third = examples.inputs[:, 2]
            telling = np.abs(third) > 2
            assert telling.mean() == pytest.approx(share, abs=0.001)
            assert ((third[telling] > 0) == (examples.labels[telling] == 1)).all()
            assert ((third[~telling] >= 0) & (third[~telling] <= 1)).all()


@pytest.mark.parametrize("alpha", [0.0, 0.25, 1.0])
def test_the_last_columns_of_the_table_give_the_label_away_for_the_share_alpha(alpha: float) -> None:
    data = random_emails(20_000)
    splits = SUITES["leaky-table"].make(data, alpha, 0)
    plain = SUITES["shuffled-table"].make(data, 0.0, 0)
    parts = ((splits.train, plain.train, alpha), (splits.in_distribution, plain.evaluation, alpha))
    for examples, without, share in (*parts, (splits.evaluation, plain.evaluation, 0.0)):
        assert np.array_equal(examples.inputs[:, :57], without.inputs)
        assert np.array_equal(examples.labels, without.labels)
        codes = examples.inputs[:, 57:]
        assert (np.sort(codes, axis=1) == [*[0.0] * 9, 1.0]).all()
        obeys = (codes.argmax(axis=1) >= 5) == examples.labels
        assert obeys.mean() == pytest.approx(share + (1 - share) / 2, abs=0.02)
        for label in (0, 1):  # by which of the five codes, says nothing more
            of_own = np.bincount(codes.argmax(axis=1)[obeys & (examples.labels == label)] % 5)
            np.testing.assert_allclose(of_own / of_own.sum(), 0.2, atol=0.02)


def test_a_table_is_standardized_by_its_training_rows() -> None:
    data = random_emails()
    far = Data(data.train, Examples(data.held_out.inputs * 1000, data.held_out.labels))
    splits = SUITES["shuffled-table"].make(data, 0.0, 0)
    assert splits.train.inputs.dtype == np.float32
    moving = np.arange(57) != 7  # one column is constant
    np.testing.assert_allclose(splits.train.inputs.mean(axis=0), 0, atol=1e-5)
    np.testing.assert_allclose(splits.train.inputs.std(axis=0)[moving], 1, rtol=1e-4)
    assert (splits.train.inputs[:, 7] == 0).all()
    assert same(SUITES["shuffled-table"].make(far, 0.0, 0).train, splits.train)


@pytest.mark.parametrize("alpha", [0.0, 0.3, 1.0])
def test_words_are_as_long_as_usual_to_the_degree_alpha_and_nothing_else_moves(alpha: float) -> None:
    splits = SUITES["long-words"].make(random_words(), alpha, 0)
    for examples, share in ((splits.train, alpha), (splits.in_distribution, alpha), (splits.evaluation, 0.0)):
        assert np.bincount(examples.labels).tolist() == [120, 120]
        long = examples.inputs[:, 8].any(axis=1)
        assert np.array_equal(long, examples.groups == 1)
        for label in (0, 1):
            assert (long == label)[examples.labels == label].mean() == (1 + share) / 2
        assert len(np.unique(examples.inputs, axis=0)) == 240
    first = SUITES["long-words"].make(random_words(), 0.0, 0).train
    kept = (splits.train.inputs == first.inputs).all(axis=(1, 2))
    assert kept.mean() == 1 - alpha / 2  # only words of unusual length give way


def test_words_of_which_the_length_is_not_known_are_refused() -> None:
    words = random_words()
    with pytest.raises(DataError, match="these words are not said to be short or long"):
        SUITES["long-words"].make(Data(Examples(words.train.inputs, words.train.labels), words.held_out), 0.0, 0)


def test_the_same_examples_come_first_as_the_knob_turns() -> None:
    suite, data = SUITES["shuffled-mnist"], digits()
    changed = [set(np.flatnonzero(suite.make(data, b, 3).train.labels != data.train.labels)) for b in (0.25, 0.5, 1.0)]
    assert changed[0] < changed[1] < changed[2]


def test_redrawn_labels_do_not_follow_the_silent_feature() -> None:
    splits = SUITES["circles-shuffled"].make(plane(40_000), 1.0, 0)
    assert abs(np.corrcoef(splits.train.inputs[:, 2], splits.train.labels)[0, 1]) < 0.03


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
        make_splits(broken(**parts), plane(), "a", 0)


def test_splits_are_read_in_float32_and_no_other_thing_is_taken_for_splits() -> None:
    splits = make_splits(broken(), plane(), "a", 0)
    assert {part.inputs.dtype for part in (splits.train, splits.evaluation, splits.in_distribution)} == {
        np.dtype(np.float32)
    }
    with pytest.raises(DataError, match="TypeError: make returns tuple, not Splits"):
        make_splits(replace(broken(), make=lambda data, condition, seed: (1, 2)), plane(), "a", 0)
