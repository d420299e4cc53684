"""Names and sentences of people: those of women and men differ in gendered words, and in nothing else."""

from string import Formatter

import numpy as np
from gendered_words import gendered

from registry.datasets._people import CLOSINGS, FIRST_NAMES, LAST_NAMES, OPENINGS, PRONOUNS, TITLES, TOWNS
from registry.suites._scrubbing import scrubbed

TEXT = np.dtypes.StringDType()
FILLED = {"name", "town", "count", "year"}


def test_without_gendered_words_both_say_the_same() -> None:
    for men, women in (OPENINGS, CLOSINGS):
        assert men != women
        bare = [scrubbed(np.array(sentences, TEXT), None).tolist() for sentences in (men, women)]
        assert bare[0] == bare[1]


def test_sentences_hold_only_what_is_filled_in() -> None:
    for sentences in (*OPENINGS, *CLOSINGS):
        for sentence in sentences:
            assert {field for _, field, _, _ in Formatter().parse(sentence) if field is not None} <= FILLED


def test_pronouns_and_titles_tell_a_gender_and_names_are_of_one_group() -> None:
    told = [*PRONOUNS[0].values(), *PRONOUNS[1].values(), *TITLES[0], *TITLES[1]]
    assert all(map(gendered, told))
    assert PRONOUNS[0].keys() == PRONOUNS[1].keys()
    men, women = map(set, FIRST_NAMES)
    assert not men & women
    for words in (*FIRST_NAMES, LAST_NAMES, TOWNS):
        assert len(set(words)) == len(words)
