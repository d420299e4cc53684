"""No example of the data serves both the metrics and the yardstick, whatever a suite does with its held-out ones."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from made_data import MADE

from benchmark.data.judging import example_hash, first_shared, identified, judged_as, judged_examples, numbered
from benchmark.data.splits import _some, make_splits
from registry import DATASETS, SUITES, Data, DataError, Examples, Splits, TaskSuite
from registry.suites._scrubbing import scrubbed

SHARE = 0.4  # of the smaller split, that either side has at least
TELLING = ("circles-spurious", "toy-spurious", "leaky-table")  # their conditions change features behind the data's own


@cache
def data_for(name: str) -> Data:
    """Data of toy size for a suite."""
    suite = SUITES[name]
    if suite.modality == "text":
        known = "toy-sentences" if "toy-sentences" in suite.datasets else suite.default_data
        data = DATASETS[known].load(Path("unused"))
        return Data(*(part.at(np.arange(min(600, len(part)))) for part in (data.train, data.held_out)))
    if suite.default_data in MADE:
        return MADE[suite.default_data]()
    generator = np.random.default_rng(0)
    images = suite.modality == "image"
    inputs = generator.integers(1, 256, (600, 28, 28), np.uint8) if images else generator.normal(size=(600, 2))
    labels = generator.integers(0, suite.num_classes, 600)
    return Data(Examples(inputs[:300], labels[:300]), Examples(inputs[300:], labels[300:]))


def seen(suite: TaskSuite, data: Data, examples: Examples) -> list[object]:
    """What shows of each input which example it was made from, whatever ids say: what no condition changes."""
    if suite.modality == "text":
        return list(map(str, examples.inputs))
    features = data.held_out.inputs.shape[1] if suite.name in TELLING else None
    own = examples.inputs[:, :features] if suite.modality == "vector" else examples.inputs.max(axis=1)
    return [row.tobytes() for row in np.ascontiguousarray(own)]


def origins(suite: TaskSuite, data: Data, examples: Examples) -> list[object]:
    """The same, where texts are also known once they are scrubbed."""
    if suite.name != "bias-in-bios":
        return seen(suite, data, examples)
    held_out = data.held_out
    known: dict[str, int] = {}
    for texts in (held_out.inputs, scrubbed(held_out.inputs, held_out.names)):
        for row, text in enumerate(map(str, texts)):
            known.setdefault(text, row)
    return [known[str(text)] for text in examples.inputs]


@pytest.mark.parametrize("name", SUITES)
@pytest.mark.parametrize("count", [None, 60])
def test_metrics_and_yardstick_have_no_example_in_common(name: str, count: int | None) -> None:
    suite, data = SUITES[name], data_for(name)
    first = None
    for condition in (suite.conditions[0], suite.conditions[-1]):
        for seed in (0, 1):
            splits = make_splits(suite, data, condition, seed)
            splits = replace(
                splits, evaluation=_some(splits.evaluation, count), in_distribution=_some(splits.in_distribution, count)
            )
            metric, yardstick = judged_examples(splits)
            evaluation, own = (origins(suite, data, part) for part in (splits.evaluation, splits.in_distribution))
            used = {evaluation[row] for row in np.flatnonzero(metric)}
            assert not used & {own[row] for row in np.flatnonzero(yardstick)}
            assert min(metric.sum(), yardstick.sum()) >= SHARE * min(len(metric), len(yardstick))
            assert first is None or np.array_equal(first, metric)  # whatever condition and seed
            first = metric


def test_where_both_splits_hold_the_same_examples_the_yardstick_has_the_other_half() -> None:
    splits = make_splits(SUITES["circles-spurious"], data_for("circles-spurious"), 0.5, 0)
    metric, yardstick = judged_examples(splits)
    assert np.array_equal(yardstick, ~metric)
    assert abs(int(metric.sum()) - int(yardstick.sum())) <= 1


@settings(deadline=None)
@given(some.integers(2, 80), some.integers(1, 5), some.booleans(), some.integers(0, 2**32))
def test_each_label_and_group_is_halved_and_repeated_examples_stay_together(
    count: int, classes: int, grouped: bool, seed: int
) -> None:
    generator = np.random.default_rng(seed)
    ids = generator.permutation(count)
    labels, groups = generator.integers(0, classes, count), generator.integers(0, 2, count)
    once = Examples(np.zeros((count, 1)), labels, groups if grouped else None, ids=ids)
    metric, yardstick = judged_examples(Splits(once, once, once))
    assert np.array_equal(yardstick, ~metric)
    assert metric.sum() == (count + 1) // 2  # neither is empty
    for label in range(classes):
        for group in (0, 1) if grouped else (None,):
            kind = (labels == label) & (True if group is None else groups == group)
            assert abs(metric[kind].sum() - kind.sum() / 2) <= 0.5
    rows = generator.integers(0, count, 3 * count)
    repeated = once.at(rows)
    often, _ = judged_examples(Splits(repeated, repeated, repeated))
    for example in np.unique(rows):
        assert len(set(often[rows == example])) == 1


@settings(deadline=None)
@given(some.integers(2, 60), some.integers(0, 2**32))
def test_as_many_examples_in_distribution_as_in_evaluation_always_leave_the_yardstick_some(
    count: int, seed: int
) -> None:
    generator = np.random.default_rng(seed)
    evaluation, own = (
        Examples(np.zeros((count, 1)), generator.integers(0, 3, count), ids=generator.permutation(2 * count)[:count])
        for _ in range(2)
    )
    assert judged_examples(Splits(own, evaluation, own))[1].any()


def test_minus_zero_is_zero_in_an_input() -> None:
    examples = Examples(np.array([[0.0, 1.0], [-0.0, 1.0], [0.0, 2.0]]), np.zeros(3, dtype=np.int64))
    first, same, other = (example_hash(examples, row) for row in range(3))
    assert first == same != other


@settings(deadline=None)
@given(some.integers(0, 2**32), some.integers(1, 5), some.integers(1, 3))
def test_a_shared_example_is_found_where_comparing_all_of_them_finds_it(seed: int, width: int, values: int) -> None:
    generator = np.random.default_rng(seed)
    sizes = generator.integers(1, 200, 2)
    train, other = (
        (generator.integers(-values, values, (size, width, 2)) * np.float32(0.5)).astype(np.float32) for size in sizes
    )
    other[generator.random(other.shape) < 0.5] *= -1  # of some zeros too
    equal = (other[:, None] == train).all(axis=(2, 3)).any(axis=1)
    found = first_shared(*(Examples(inputs, np.zeros(len(inputs))) for inputs in (other, train)))
    assert found == (int(np.argmax(equal)) if equal.any() else None)


def held_out(count: int = 50) -> Examples:
    generator = np.random.default_rng(1)
    return Examples(generator.normal(size=(count, 2)), np.arange(count) % 2)


def shared(splits: Splits, whole: Examples) -> set[float]:
    """The examples that serve both in a suite from outside, whose inputs keep the first coordinate of the data's."""
    found = identified(splits, whole)
    metric, yardstick = judged_examples(found)
    return set(found.evaluation.inputs[metric, 0]) & set(found.in_distribution.inputs[yardstick, 0])


def test_a_suite_from_outside_that_changes_its_inputs_row_by_row_needs_no_ids() -> None:
    data = numbered(Data(held_out(), held_out()))
    moved = data.held_out.inputs * np.array([1.0, 7.0])
    evaluation, own = Examples(data.held_out.inputs, data.held_out.labels), Examples(moved, data.held_out.labels)
    assert shared(Splits(own, evaluation, own), data.held_out) == set()
    assert shared(Splits(own, data.held_out, own), data.held_out) == set()  # one of them with ids


def test_a_suite_from_outside_that_draws_from_its_inputs_needs_no_ids() -> None:
    data = numbered(Data(held_out(), held_out()))
    plain = Examples(data.held_out.inputs, data.held_out.labels)
    for rows in (np.arange(40)[::-1], np.random.default_rng(0).permutation(50), np.repeat(np.arange(25), 2)):
        drawn = plain.at(rows)
        assert shared(Splits(drawn, plain, drawn), data.held_out) == set()
        assert shared(Splits(drawn, data.held_out, drawn), data.held_out) == set()


def test_a_split_without_examples_has_no_numbers_and_is_refused_for_what_it_is() -> None:
    suite, data = SUITES["toy-shuffled"], data_for("toy-shuffled")
    made = suite.make(data, 0.0, 0)
    none = Examples(data.held_out.inputs[:0], data.held_out.labels[:0])
    found = identified(replace(made, in_distribution=none), data.held_out).in_distribution.ids
    assert found is not None
    assert found.tolist() == []
    empty = replace(suite, name="empty", make=lambda *given: replace(made, in_distribution=none))
    with pytest.raises(DataError, match="in_distribution: no examples"):
        make_splits(empty, data, 0.0, 0)


def test_numbers_that_data_give_their_examples_stay() -> None:
    people = Examples(np.arange(12.0).reshape(6, 2), np.zeros(6, int), ids=np.array([7, 7, 7, 8, 8, 9]))
    assert numbered(Data(people, people)).held_out is people
    one_by_one = Examples(people.inputs + 0.5, people.labels)
    found = identified(Splits(people, one_by_one, one_by_one), people)
    assert found.in_distribution.ids is people.ids


def test_who_is_judged_alike_has_one_digest() -> None:
    examples = numbered(Data(held_out(), held_out())).held_out
    mask = np.arange(50) % 2 == 0
    first = judged_as("a suite", examples, mask)
    assert first["examples"] == 25
    assert first == judged_as("a suite", replace(examples, inputs=examples.inputs + 1e-9), mask)  # another machine's
    others = [
        judged_as("another", examples, mask),
        judged_as("a suite", examples, ~mask),
        judged_as("a suite", replace(examples, labels=1 - examples.labels), mask),
        judged_as("a suite", replace(examples, groups=examples.labels), mask),
        judged_as("a suite", replace(examples, ids=examples.ids + 1), mask),
    ]
    assert len({first["digest"], *(other["digest"] for other in others)}) == 6


@pytest.mark.parametrize(("ids", "said"), [(np.arange(3), "ids have shape"), (np.arange(2.0), "ids are integers")])
def test_ids_that_are_no_numbers_of_the_examples_are_refused(ids: np.ndarray, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Examples(np.zeros((2, 1)), np.zeros(2, int), ids=ids)
