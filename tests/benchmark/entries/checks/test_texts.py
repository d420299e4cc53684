"""The check of a tokenizer: it makes the same tokens each time, and the network reads every one of them."""

from dataclasses import replace
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

from benchmark.entries.checks.families import Built, built
from benchmark.entries.checks.texts import DIGITS, sample, tokens_are_read
from registry import FAMILIES


@pytest.fixture(scope="module")
def subject() -> Built:
    return built(FAMILIES["toy-encoder"])


def test_the_texts_have_every_letter_and_the_longest_more_tokens_than_are_read() -> None:
    texts = sample(1000)
    for text in texts:
        assert set("abcdefghijklmnopqrstuvwxyz") <= set(text.lower())
    assert any(DIGITS in text for text in texts)
    assert max(len(text.split()) for text in texts) > 1000


def test_a_tokenizer_that_does_as_it_must_has_no_fault(subject: Built) -> None:
    assert tokens_are_read(subject) is None


def with_tokens(subject: Built, tokens: Any) -> Built:
    """The same network with a tokenizer that gives these tokens for a text."""
    real = subject.family.tokenizer()

    class Tokenizer(SimpleNamespace):
        def __call__(self, texts: Any, **options: Any) -> Any:
            return {"input_ids": [tokens(text) for text in texts]}

        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

        def __len__(self) -> int:
            return len(real)

    return replace(subject, family=replace(subject.family, tokenizer=Tokenizer))


def test_a_tokenizer_that_makes_other_tokens_the_second_time_is_named(subject: Built) -> None:
    numbers = count()
    fault = tokens_are_read(with_tokens(subject, lambda text: [2 + next(numbers) % 4]))
    assert fault is not None
    assert "gives other tokens the second time" in fault


def test_a_tokenizer_that_is_another_one_each_time_it_is_made_is_named(subject: Built) -> None:
    numbers = count(2)

    def make() -> Any:
        own = next(numbers)
        return with_tokens(subject, lambda text: [own]).family.tokenizer()

    fault = tokens_are_read(replace(subject, family=replace(subject.family, tokenizer=make)))
    assert fault is not None
    assert "gives other tokens the second time" in fault


def test_a_tokenizer_that_makes_no_token_is_named(subject: Built) -> None:
    fault = tokens_are_read(with_tokens(subject, lambda text: []))
    assert fault is not None
    assert fault.startswith('the tokenizer makes no token of the text "The quick brown fox')


def test_a_token_that_the_network_does_not_know_is_named(subject: Built) -> None:
    vocabulary = len(subject.family.tokenizer())
    fault = tokens_are_read(with_tokens(subject, lambda text: [2, vocabulary + 7]))
    assert fault is not None
    assert str(vocabulary + 7) in fault
