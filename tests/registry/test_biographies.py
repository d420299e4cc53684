"""Biographies: generated as was said, nothing gendered survives scrubbing, balance is inside each occupation."""

import re
from pathlib import Path

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from benchmark.data.fingerprints import fingerprint
from benchmark.data.loading import load
from benchmark.data.splits import _in_proportion, make_splits, splits_of
from registry import DATASETS, SUITES, Data, Examples
from registry.datasets._biographies import CLASSES
from registry.datasets._occupations import FIELDS, OCCUPATIONS
from registry.suites._scrubbing import GENDERED, MARK, scrubbed

SUITE = SUITES["bias-in-bios"]
NOWHERE = Path("unused: the data are generated")
TEXT = np.dtypes.StringDType()


@pytest.fixture(scope="module")
def generated() -> Data:
    return load("generated-bios", NOWHERE)


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def test_generated_shares_are_the_published_ones_and_both_parts_have_them(generated: Data) -> None:
    assert len(generated.train) == pytest.approx(16_000 * 0.65, rel=0.01)
    assert len(generated.held_out) == pytest.approx(16_000 * 0.25, rel=0.01)
    for label, occupation in enumerate(OCCUPATIONS):
        counted = [(part.labels == label).sum() for part in (generated.train, generated.held_out)]
        expected = 16_000 * occupation.share / 100
        assert counted == pytest.approx([0.65 * expected, 0.25 * expected], abs=1.01)
        own = [part.groups[part.labels == label] for part in (generated.train, generated.held_out)]
        women = sum(groups.sum() for groups in own) / sum(map(len, own))
        assert women == pytest.approx(occupation.women / 100, abs=0.07)


def test_generated_biographies_are_the_same_every_time_and_none_stands_twice(generated: Data) -> None:
    again = DATASETS["generated-bios"].load(NOWHERE)
    assert (again.train.inputs == generated.train.inputs).all()
    everything = [*generated.train.inputs, *generated.held_out.inputs]
    assert len(set(everything)) == len(everything)
    assert str(generated.train.inputs[0]).startswith("Matthew Martinez lives in Sydney with his wife.")


def test_their_occupation_can_be_learned_and_not_always(generated: Data) -> None:
    """By a bag of words, which no network of ours is: far above the commonest occupation, far below all."""
    plain = (
        scrubbed(generated.train.inputs, generated.train.names),
        scrubbed(generated.held_out.inputs, generated.held_out.names),
    )
    bag = CountVectorizer(binary=True)
    probe = LogisticRegression(max_iter=1000).fit(bag.fit_transform(plain[0].tolist()), generated.train.labels)
    right = probe.score(bag.transform(plain[1].tolist()), generated.held_out.labels)
    assert 0.7 < right < 0.95


def test_every_field_has_occupations_and_every_occupation_sentences_of_its_own() -> None:
    assert {occupation.field for occupation in OCCUPATIONS} == set(FIELDS)
    assert sum(occupation.share for occupation in OCCUPATIONS) == pytest.approx(100, abs=0.2)
    own = (occupation.sentences for occupation in OCCUPATIONS)
    said = [sentence for sentences in (*own, *FIELDS.values()) for sentence in sentences]
    assert len(set(said)) == len(said)
    assert not [word for sentence in said for word in words(sentence.format_map(Blank())) if word.lower() in GENDERED]


class Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def test_no_gendered_token_and_no_name_survives_scrubbing(generated: Data) -> None:
    for part in (generated.train, generated.held_out):
        assert part.names is not None
        for text, names in zip(scrubbed(part.inputs, part.names), part.names, strict=True):
            left = words(str(text))
            assert not {word.lower() for word in left} & GENDERED
            assert not set(left) & set(str(names).split())
    assert {"Mr", "Ms", "Mrs", "she", "He", "wife", "daughter"} <= set(words(" ".join(generated.train.inputs)))


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Ms. Smith is here.", "Ann Smith", "_ _ is here."),
        ("Mr. Smith, Mrs. Smith and Ms Smith.", "Ann Smith", "_ _, _ _ and _ _."),
        ("SHE met Her Husband (himself a father).", "", "_ met _ _ (_ a _)."),
        ("He's the chairman; the human he hired shared theory.", "", "_'s the _; the human _ hired shared theory."),
        ("Will will go to WILL's will-power.", "Will", "_ will go to _'s will-power."),
        ("Mary-Jane and Anna-Marie O'Neil.", "Mary Jane O'Neil", "_-_ and Anna-Marie O'_."),
        ("José and Zoë are José's fiancée.", "José", "_ and Zoë are _'s _."),
        ("J. R. Miller.", "J. R. Miller", "J. R. _."),
        ("women's_health", "", "_'s_health"),
    ],
)
def test_scrubbing_takes_whole_words_in_any_case_and_names_as_they_are_written(
    text: str, names: str, expected: str
) -> None:
    assert scrubbed(np.array([text], TEXT), np.array([names], TEXT))[0] == expected


def test_without_names_pronouns_go_and_names_stay() -> None:
    assert scrubbed(np.array(["She is Ann."], TEXT), None)[0] == f"{MARK} is Ann."


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
        gendered = [bool({word.lower() for word in words(str(text))} & GENDERED) for text in splits.train.inputs]
        assert not any(gendered) if form == "scrubbed" else np.mean(gendered) > 0.9
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
