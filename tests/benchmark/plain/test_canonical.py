"""JSON of one spelling: the same text for the same content, another one for another, and the content back."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from benchmark.plain.canonical import canonical

PLAIN = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False, allow_infinity=False) | some.text(),
    lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner),
    max_leaves=10,
)


@settings(max_examples=50, deadline=None)
@given(PLAIN)
def test_the_content_comes_back_and_has_the_same_spelling(content: object) -> None:
    text = canonical(content)
    assert json.loads(text) == content
    assert canonical(json.loads(text)) == text


@settings(max_examples=50, deadline=None)
@given(some.dictionaries(some.text(), some.integers(), min_size=2))
def test_the_order_of_keys_makes_no_difference(content: dict[str, int]) -> None:
    assert canonical(dict(reversed(content.items()))) == canonical(content)


def test_there_is_no_space_and_no_character_that_an_encoding_could_change() -> None:
    assert canonical({"b": [1, 2.0], "a": "\u00b1"}) == '{"a":"\\u00b1","b":[1,2.0]}'


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_json_has_no_word_for_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical([number])
