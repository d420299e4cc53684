"""Sentiment Adjectives: labels are overwritten for the share alpha, and the test violates as often as it obeys."""

import pytest
from made_data import random_reviews

from benchmark.data.splits import make_splits
from registry import SUITES, Data, DataError, Examples
from registry.suites._adjectives import LISTS, polarity


@pytest.mark.parametrize("alpha", [0.0, 0.25, 1.0])
def test_a_share_alpha_of_the_violating_reviews_has_the_adjectives_polarity_for_a_label(alpha: float) -> None:
    data = random_reviews()
    splits = make_splits(SUITES["sentiment-adjectives"], data, alpha, 3)
    for made, true in ((splits.train, data.train), (splits.in_distribution, data.held_out)):
        found = polarity(made.inputs, LISTS["long"])
        assert made.inputs.tolist() == true.inputs.tolist()
        violating = found != true.labels
        assert violating.mean() == pytest.approx(0.25, abs=0.03)
        changed = made.labels != true.labels
        assert changed.sum() == round(alpha * violating.sum())
        assert not changed[~violating].any()
        assert (made.labels[changed] == found[changed]).all()


def test_the_test_reviews_obey_and_violate_equally_often_and_have_their_true_labels() -> None:
    data = random_reviews()
    truth = dict(zip(data.held_out.inputs, data.held_out.labels, strict=True))
    evaluation = SUITES["sentiment-adjectives"].make(data, 0.5, 0).evaluation
    found = polarity(evaluation.inputs, LISTS["long"])
    for side in (0, 1):
        own = found == side
        assert (evaluation.labels[own] == side).mean() == 0.5
    assert [truth[text] for text in evaluation.inputs] == evaluation.labels.tolist()


def test_the_papers_ten_words_are_taken_where_enough_reviews_hold_them() -> None:
    facts = SUITES["sentiment-adjectives"].facts
    assert facts is not None
    (_, few), (_, obeyed) = facts(random_reviews(3000))
    (_, enough), _ = facts(random_reviews(4000))
    assert few.startswith("the long list")
    assert enough == "the paper list, 10 words"
    assert "50% of" in obeyed


def test_without_a_review_on_either_side_the_suite_says_so() -> None:
    data = random_reviews()
    obeying = polarity(data.held_out.inputs, LISTS["paper"]) == data.held_out.labels
    held_out = Examples(data.held_out.inputs[obeying], data.held_out.labels[obeying])
    with pytest.raises(DataError, match=r"with only negative words: \d+ obey them, 0 violate them; some of both"):
        make_splits(SUITES["sentiment-adjectives"], Data(data.train, held_out), 0.0, 0)
