"""The words of the command line as data: no word or example stands twice or wrongly."""

import shlex

import pytest

from benchmark.entries.scaffolds import KINDS
from memorank.options import COMMANDS, EXAMPLES, NEW


def test_an_example_begins_with_its_command_and_has_the_words_that_it_needs() -> None:
    for command, example in EXAMPLES.items():
        words = shlex.split(example.partition("(")[0])
        assert words[:2] == ["memorank", command]
        places = [option for option in COMMANDS[command][1] if not option.word.startswith("-")]
        needed = [option for option in places if option.settings.get("nargs") != "?"]
        assert len(words[2:]) >= len(needed)


def test_new_knows_every_kind_of_entry() -> None:
    assert set(NEW) == set(KINDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_words_of_a_command_are_distinct_and_explained(command: str) -> None:
    text, taken = COMMANDS[command]
    words = [option.word for option in taken]
    assert len(set(words)) == len(words)
    assert text
    assert not text.endswith(".")
    for option in taken:
        assert option.settings.get("help") or not option.word.startswith("-"), option.word
