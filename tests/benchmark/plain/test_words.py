"""The word that fits a number: one of one alone."""

import pytest

from benchmark.plain.words import counted


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 seeds"), (1, "1 seed"), (2, "2 seeds"), (-1, "-1 seeds"), (1000, "1000 seeds")]
)
def test_a_number_has_the_word_that_fits(number: int, text: str) -> None:
    assert counted(number, "seed", "seeds") == text
