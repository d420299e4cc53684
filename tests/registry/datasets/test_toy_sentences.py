"""Sentences of a few words: an opinion tells the label, and an adjective agrees with it in three of four."""

from pathlib import Path

import pytest

from registry import DATASETS, Data
from registry.datasets.toy_sentences import ADJECTIVES, FILLERS, OPINIONS


@pytest.fixture(scope="module")
def data() -> Data:
    return DATASETS["toy-sentences"].load(Path("unused: the data are generated"))


def sides(words: list[str], lists: tuple[tuple[str, ...], ...]) -> list[int]:
    """For each word of one of two lists, which."""
    return [side for word in words for side, own in enumerate(lists) if word in own]


def test_two_thirds_of_nine_hundred_sentences_are_to_train_on(data: Data) -> None:
    assert len(data.train) + len(data.held_out) > 890  # a few short ones may stand twice
    assert len(data.train) == pytest.approx(2 * len(data.held_out), abs=10)
    again = DATASETS["toy-sentences"].load(Path("unused"))
    assert again.held_out.inputs.tolist() == data.held_out.inputs.tolist()


def test_each_sentence_has_one_opinion_one_adjective_and_fillers(data: Data) -> None:
    for part in (data.train, data.held_out):
        agreeing = 0
        for text, label in zip(part.inputs, part.labels, strict=True):
            words = str(text).split()
            assert sides(words, OPINIONS) == [label]
            (polarity,) = sides(words, ADJECTIVES)
            agreeing += polarity == label
            assert sum(word in FILLERS for word in words) == len(words) - 2
            assert 4 <= len(words) - 2 < 12
        assert agreeing / len(part) == pytest.approx(0.75, abs=5 * (0.75 * 0.25 / len(part)) ** 0.5)
        assert part.labels.mean() == pytest.approx(0.5, abs=2.5 / len(part) ** 0.5)
