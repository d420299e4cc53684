"""Generated biographies have the published shares, are the same every time and can be learned from."""

from pathlib import Path

import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from registry import DATASETS, Data
from registry.datasets._occupations import OCCUPATIONS
from registry.suites._scrubbing import scrubbed

NOWHERE = Path("unused: the data are generated")


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
