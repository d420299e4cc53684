"""Adjectives are matched as whole words, and the lists are kept apart."""

import numpy as np
import pytest

from registry.suites._adjectives import LISTS, NONE, polarity


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A good film", 1), ("A GOOD, bad film", NONE), ("goods and badly", NONE), ("Awful!", 0), ("the-best", NONE),
        ("poor; great", NONE), ("excellent excellent", 1), ("", NONE),
    ],
)  # fmt: skip
def test_adjectives_are_matched_as_words_whatever_their_case(text: str, expected: int) -> None:
    assert polarity(np.array([text]), LISTS["paper"]).tolist() == [expected]


def test_the_lists_share_no_word_and_the_long_one_holds_the_papers() -> None:
    for words in LISTS.values():
        assert not words.negative & words.positive
        assert all(word == word.casefold() for word in words.negative | words.positive)
    assert len(LISTS["paper"].negative) == len(LISTS["paper"].positive) == 5
