"""The splits of one network: cut to a limit, the same few each time, groups in proportion; and refused by row."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from benchmark.data.fingerprints import fingerprint
from benchmark.data.splits import _some, make_splits, splits_of
from registry import DATASETS, SUITES, Data, DataError, Examples, Splits

BLOBS = DATASETS["toy-blobs"].load(Path("unused"))
SENTENCES = DATASETS["toy-sentences"].load(Path("unused"))


def identity(root: Path, **more: object) -> dict[str, object]:
    data = fingerprint(DATASETS["toy-blobs"], root)
    own = {"suite": "toy-spurious", "data": "toy-blobs", "data_fingerprint": data, "condition": 0.5, "seed": 0}
    return own | more


def sizes(splits: Splits) -> tuple[int, int, int]:
    return len(splits.train), len(splits.evaluation), len(splits.in_distribution)


def test_a_limit_cuts_all_splits_and_each_may_have_one_of_its_own(tmp_path: Path) -> None:
    whole = splits_of(identity(tmp_path), tmp_path)
    assert sizes(whole) == (120, 120, 120)
    assert sizes(splits_of(identity(tmp_path, limit=20), tmp_path)) == (20, 20, 20)
    own = identity(tmp_path, limit=100, train_examples=30, held_out_examples=50)
    assert sizes(splits_of(own, tmp_path)) == (30, 50, 50)
    cut = splits_of(identity(tmp_path, limit=20), tmp_path).train.inputs
    assert {row.tobytes() for row in cut} <= {row.tobytes() for row in whole.train.inputs}
    assert np.array_equal(cut, splits_of(identity(tmp_path, limit=20), tmp_path).train.inputs)


@settings(max_examples=50, deadline=None)
@given(some.integers(2, 60), some.integers(1, 60), some.integers(0, 1000))
def test_a_part_keeps_the_share_of_each_label_and_group_to_within_one(size: int, count: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    labels, groups = generator.integers(0, 3, size), generator.integers(0, 2, size)
    whole = Examples(np.arange(size, dtype=float)[:, None], labels, groups)
    part = _some(whole, None, count)
    assert len(part) == min(size, count)
    assert (np.diff(part.inputs[:, 0]) > 0).all()  # each once, in the order that they have
    before, after = (Counter(zip(e.labels.tolist(), e.groups.tolist(), strict=True)) for e in (whole, part))
    assert all(abs(after[cell] - many * len(part) / size) < 1 for cell, many in before.items())


def test_what_is_left_goes_to_the_largest_remainder() -> None:
    # 5, 3 and 2 of 10: of four they have 2.0, 1.2 and 0.8
    labels = np.repeat([0, 1, 2], [5, 3, 2])
    part = _some(Examples(np.zeros((10, 1)), labels, np.zeros(10, dtype=int)), 4)
    assert np.bincount(part.labels).tolist() == [2, 1, 1]


def test_without_a_limit_or_with_a_larger_one_all_examples_stay() -> None:
    assert _some(BLOBS.train, None, None) is BLOBS.train
    assert _some(BLOBS.train, None, 500) is BLOBS.train


def test_a_suite_of_the_users_own_cannot_change_the_data_of_others() -> None:
    def make(data: Data, condition: object, seed: int) -> Splits:
        data.train.inputs[:] = 0.0
        return SUITES["toy-spurious"].make(data, condition, seed)

    before = BLOBS.train.inputs.copy()
    make_splits(replace(SUITES["toy-spurious"], name="own", make=make), BLOBS, 0.5, 0)
    assert np.array_equal(BLOBS.train.inputs, before)


def test_evaluation_and_in_distribution_have_ids() -> None:
    splits = make_splits(SUITES["toy-shuffled"], BLOBS, 0.5, 0)
    assert splits.evaluation.ids is not None
    assert splits.in_distribution.ids is not None


def broken(suite: str, **parts: Examples) -> None:
    """Make the splits of a suite with these parts in place of its own."""
    good = SUITES[suite]
    data = SENTENCES if good.modality == "text" else BLOBS

    def make(data: Data, condition: object, seed: int) -> Splits:
        return replace(good.make(data, condition, seed), **parts)

    make_splits(replace(good, name="broken", make=make), data, good.conditions[0], 0)


def test_texts_are_texts_and_none_is_empty() -> None:
    text = next(
        name
        for name, suite in SUITES.items()
        if suite.default_data == "toy-sentences" or "toy-sentences" in suite.datasets
    )
    empty = Examples(np.array(["a word", "  "], dtype=np.dtypes.StringDType()), np.array([0, 1]))
    with pytest.raises(DataError, match="evaluation, row 1: the text is empty"):
        broken(text, evaluation=empty)
    with pytest.raises(DataError, match=r"train: texts are inputs \(S,\) of numpy's StringDType, not float64"):
        broken(text, train=Examples(np.zeros((3, 2)), np.array([0, 1, 0])))


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"train": BLOBS.train.at(np.arange(1))}, "train: one example"),
        ({"in_distribution": BLOBS.train.at(np.arange(0))}, "in_distribution: no examples"),
        ({"evaluation": replace(BLOBS.held_out, labels=np.full(120, -1))}, "evaluation, row 0: label -1 is not in 0"),
    ],
)
def test_splits_that_cannot_be_used_are_refused_with_condition_and_row(parts: dict, message: str) -> None:
    with pytest.raises(DataError, match=message):
        broken("toy-shuffled", **parts)


def test_what_is_trained_on_is_not_measured_on() -> None:
    def make(data: Data, condition: object, seed: int) -> Splits:
        own = SUITES["toy-spurious"].make(data, condition, seed)
        return replace(own, evaluation=replace(own.evaluation, inputs=np.roll(own.train.inputs, 1, axis=0)))

    whole = replace(SUITES["toy-spurious"], name="broken", make=make)
    with pytest.raises(
        DataError, match=r"'broken', condition 0\.5, evaluation, row 0: this example is in the training"
    ):
        make_splits(whole, BLOBS, 0.5, 0)


def test_what_make_raises_is_an_error_of_the_suite() -> None:
    def make(data: Data, condition: object, seed: int) -> Splits:
        raise SystemExit(3)

    with pytest.raises(DataError, match=r"suite 'broken', condition 0\.5: SystemExit: 3"):
        make_splits(replace(SUITES["toy-spurious"], name="broken", make=make), BLOBS, 0.5, 0)
