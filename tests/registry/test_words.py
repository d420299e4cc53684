"""Words of entries: names that can stand in a path, and numbers in as few digits as tell them apart."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from registry.words import Knob, check_name, check_word, condition_text


@pytest.mark.parametrize("name", ["a", "mlp-16-16", "7", "x" * 100])
def test_lower_case_words_joined_by_hyphens_are_names(name: str) -> None:
    assert check_name(name) == name


@pytest.mark.parametrize("name", ["", "A", "a_b", "a--b", "-a", "a-", "a b", "a/b", "é", "a\n", "٣", None, 7])
def test_nothing_else_is_a_name(name: str) -> None:
    with pytest.raises(ValueError, match="is not a name: lower-case letters and digits, joined by single hyphens"):
        check_name(name)


def test_a_name_that_is_too_long_for_a_file_is_not_shown_whole() -> None:
    with pytest.raises(ValueError, match=r"^'x{20}\.\.\.' is too long for a name: at most 100 characters$"):
        check_name("x" * 101)


def digits(text: str) -> str:
    """Those that count, of a number in any notation."""
    return text.partition("e")[0].replace(".", "").strip("-0")


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(5e-324)
def test_a_number_is_written_so_that_it_can_be_read_back(number: float) -> None:
    assert float(condition_text(number)) == number


@given(st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False))
def test_a_number_is_written_in_no_more_digits_than_python_takes(number: float) -> None:
    assert digits(condition_text(number)) == digits(repr(number))


def test_a_condition_is_written_in_short_and_a_name_as_it_is() -> None:
    assert [condition_text(one) for one in (0.0, 1.0, 0.1, 1 / 3, "0.50")] == ["0", "1", "0.1", repr(1 / 3), "0.50"]


def test_a_word_is_one_of_those_of_its_type() -> None:
    check_word("knob", "alpha", Knob)
    with pytest.raises(ValueError, match=r"^knob is 'gamma', not one of 'alpha', 'beta'$"):
        check_word("knob", "gamma", Knob)
