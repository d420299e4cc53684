"""Bias in Bios: six training sets that are raw or scrubbed, and balanced inside each occupation or not."""

from pathlib import Path

import numpy as np
from gendered_words import gendered

from benchmark.data.fingerprints import fingerprint
from benchmark.data.splits import _in_proportion, make_splits, splits_of
from benchmark.plain.keeping import keeping
from registry import DATASETS, SUITES, Data, Examples
from registry.datasets._biographies import CLASSES

SUITE = SUITES["bias-in-bios"]
NOWHERE = Path("unused: the data are generated")
TEXT = np.dtypes.StringDType()


def women_and_men(examples: Examples) -> np.ndarray:
    """How many (28, 2) men and women each occupation has."""
    assert examples.groups is not None
    return np.array([[((examples.labels == c) & (examples.groups == g)).sum() for g in (0, 1)] for c in range(28)])


def test_the_six_training_sets_are_raw_or_scrubbed_and_balanced_inside_each_occupation(generated: Data) -> None:
    made = {condition: make_splits(SUITE, generated, condition, 0) for condition in SUITE.conditions}
    original = women_and_men(made["raw-original"].train)
    for condition, splits in made.items():
        form, balance = condition.split("-")
        counts = women_and_men(splits.train)
        if balance == "original":
            assert (counts == original).all()
        else:
            kept = original.min(axis=1) if balance == "subsampled" else original.max(axis=1)
            assert (counts == kept[:, None]).all()
        told = [bool(gendered(str(text))) for text in splits.train.inputs]
        assert not any(told) if form == "scrubbed" else np.mean(told) > 0.9
        assert (splits.evaluation.inputs == made["raw-original"].evaluation.inputs).all()
        measured = women_and_men(splits.in_distribution)
        assert (measured[:, 0] == measured[:, 1]).all() == (balance != "original")
        assert len(set(splits.in_distribution.inputs)) == len(splits.in_distribution)  # nothing repeated is measured
    assert (made["raw-original"].in_distribution.inputs == made["raw-original"].evaluation.inputs).all()


def test_repeated_biographies_are_repeated_evenly(generated: Data) -> None:
    train = make_splits(SUITE, generated, "raw-oversampled", 0).train
    _, times = np.unique(np.array(train.inputs, dtype=object), return_counts=True)
    rappers = train.labels == CLASSES.index("rapper")
    women = train.inputs[rappers & (train.groups == 1)]
    _, times = np.unique(np.array(women, dtype=object), return_counts=True)
    assert times.max() - times.min() <= 1
    assert times.max() > 5


def test_an_occupation_without_women_is_left_out_of_balanced_sets() -> None:
    texts = np.array([f"{('She', 'He')[n % 2]} works {n} days." for n in range(40)], TEXT)
    labels, groups = np.repeat([0, 1], 20), np.tile([1, 0], 20)
    groups[20:] = 0
    rest = Examples(np.array(["He rests.", "She rests."], TEXT), np.zeros(2, int), np.array([0, 1]))
    data = Data(Examples(texts, labels, groups), rest)
    for condition in ("raw-subsampled", "raw-oversampled"):
        assert set(SUITE.make(data, condition, 0).train.labels) == {0}


def test_biographies_that_are_the_same_once_scrubbed_count_once_in_every_condition() -> None:
    train = np.array(["Ann works.", "Bob works.", "She sings.", "He paints."], TEXT)
    held_out = np.array(["He sings.", "She swims.", "He swims well.", "Bob works."], TEXT)
    names = np.array(["Ann", "Bob", "Ann", "Bob"], TEXT)
    labels, groups = np.zeros(4, int), np.array([1, 0, 1, 0])
    data = Data(Examples(train, labels, groups, names), Examples(held_out, labels, 1 - groups, names))
    for condition in ("raw-original", "scrubbed-original"):
        splits = make_splits(SUITE, data, condition, 0)
        assert (len(splits.train), len(splits.evaluation)) == (3, 2)


@keeping()
def test_a_cut_keeps_the_share_of_each_label_and_group() -> None:
    identity = {"suite": SUITE.name, "data": "generated-bios", "condition": "raw-subsampled", "seed": 0}
    identity["data_fingerprint"] = fingerprint(DATASETS["generated-bios"], NOWHERE)
    whole = splits_of(identity, NOWHERE).train
    cut = splits_of({**identity, "train_examples": 480}, NOWHERE).train
    assert len(cut) == 480
    counts = women_and_men(cut)
    assert np.abs(counts[:, 0] - counts[:, 1]).max() <= 1
    assert np.abs(counts - women_and_men(whole) * 480 / len(whole)).max() < 1


def test_what_is_left_of_a_cut_goes_to_those_who_lack_most() -> None:
    labels = np.repeat([0, 1, 2], [5, 3, 2])
    chosen = _in_proportion(labels, np.zeros(10, int), 4)  # 2, 1.2 and .8 of them
    assert np.bincount(labels[chosen]).tolist() == [2, 1, 1]
