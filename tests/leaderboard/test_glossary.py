"""The words that `describe` explains say what docs/glossary.md says."""

import re

import pytest
from doc_blocks import DOCS

from leaderboard.glossary import WORDS, explained

# The glossary says these in the words of the line before.
SAID = {"a network averaged": "the same averaged", "a measure that may": "one that may"}


@pytest.mark.parametrize("word", WORDS)
def test_a_word_means_what_the_glossary_says(word: str) -> None:
    text = " ".join((DOCS / "glossary.md").read_text(encoding="utf-8").split())
    lines = re.findall(r"\*\*([^*]+)\*\*(?:: )(.*?)(?= - \*\*| \*\*|$| ## )", text)
    meanings = {name.removeprefix("Kendall's ").casefold(): said.casefold() for name, said in lines}
    meaning = WORDS[word]
    for ours, theirs in SAID.items():
        meaning = meaning.replace(ours, theirs)
    assert meanings[word].startswith(meaning.casefold())


def test_another_word_is_not_explained() -> None:
    assert explained("mean-mi") is None
