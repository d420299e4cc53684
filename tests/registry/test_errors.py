"""Errors are one line for the user, whatever a message of somebody else's holds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import (
    LONGEST,
    DataError,
    Ending,
    UnknownNameError,
    UnusableFiles,
    UserError,
    bounded,
    in_short,
    in_words,
)

LEFT_OUT = re.compile(r"\.\.\. \((\d+) characters left out\) \.\.\.")


class Silent(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no")


@given(st.text("abc", max_size=60), st.integers(2, 40))
def test_of_a_long_text_both_ends_are_kept_and_what_is_left_out_is_counted(text: str, most: int) -> None:
    found = bounded(text, most)
    if len(text) <= most:
        assert found == text
        return
    beginning, count, end = LEFT_OUT.split(found)
    assert text.startswith(beginning)
    assert text.endswith(end)
    assert len(beginning) == len(end) == most // 2
    assert len(beginning) + int(count) + len(end) == len(text)


def test_an_error_from_elsewhere_is_told_by_its_kind_and_its_first_line_or_all_of_its_lines() -> None:
    error = ValueError("first\nsecond  line\n\tthird")
    assert in_short(error) == "ValueError: first"
    assert in_words(error) == "ValueError: first second line third"
    for said in (in_short(ValueError("x" * 10 * LONGEST)), in_words(ValueError("x " * 10 * LONGEST))):
        assert LONGEST < len(said) < LONGEST + 60
        assert LEFT_OUT.search(said)


def test_an_error_whose_message_raises_is_told_all_the_same() -> None:
    for said in (in_short, in_words):
        assert said(Silent()) == "Silent: (its message cannot be had: RuntimeError)"


def test_an_unknown_name_is_a_key_error_that_is_printed_without_quotation_marks() -> None:
    error = UnknownNameError("unknown suite 'x'")
    assert isinstance(error, KeyError)
    assert (str(error), error.lines) == ("unknown suite 'x'", ("unknown suite 'x'",))


def test_each_file_that_cannot_be_used_has_a_line_of_its_own() -> None:
    error = UnusableFiles("leave these out:", ["a.jpg  # broken", "b.jpg  # empty"])
    assert list(error.lines) == ["leave these out:", "a.jpg  # broken", "b.jpg  # empty"]
    assert str(error).splitlines() == list(error.lines)


def test_what_ends_code_from_outside_is_caught_by_none_of_it() -> None:
    assert not issubclass(Ending, Exception)

    def careless() -> str:
        try:
            raise Ending
        except Exception:
            return "it was caught"

    with pytest.raises(Ending):
        careless()
    assert issubclass(DataError, UserError)
