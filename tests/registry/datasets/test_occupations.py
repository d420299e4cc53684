"""Occupations and fields: each has sentences of its own, and none of them tells a gender."""

import pytest
from gendered_words import gendered

from registry.datasets._occupations import FIELDS, OCCUPATIONS


def test_every_field_has_occupations_and_every_occupation_sentences_of_its_own() -> None:
    assert {occupation.field for occupation in OCCUPATIONS} == set(FIELDS)
    assert sum(occupation.share for occupation in OCCUPATIONS) == pytest.approx(100, abs=0.2)
    own = (occupation.sentences for occupation in OCCUPATIONS)
    said = [sentence for sentences in (*own, *FIELDS.values()) for sentence in sentences]
    assert len(set(said)) == len(said)
    assert not [sentence for sentence in said if gendered(sentence.format_map(Blank()))]


class Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""
