"""The words of the command line as data: what each takes is checked, and no word or example stands twice or wrongly."""

import argparse
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmark.entries.scaffolds import KINDS
from memorank import options
from memorank.options import COMMANDS, EXAMPLES, NEW


@pytest.mark.parametrize(
    ("take", "text", "taken"),
    [
        (options._count, "1", 1),
        (options._count, "012", 12),
        (options._seed, "0", 0),
        (options._limit, "2", 2),
        (options._path, "a/b", Path("a/b")),
    ],
)
def test_a_word_becomes_a_value(take: Callable[[str], Any], text: str, taken: Any) -> None:
    assert take(text) == taken


@pytest.mark.parametrize("text", ["", "-1", "1.0", " 1", "²", "١", "one"])
@pytest.mark.parametrize(("take", "least"), [(options._count, 1), (options._seed, 0), (options._limit, 2)])
def test_what_is_no_plain_number_is_refused_with_the_least_one(
    take: Callable[[str], int], least: int, text: str
) -> None:
    with pytest.raises(argparse.ArgumentTypeError) as caught:
        take(text)
    assert str(caught.value) == f"a number from {least} on is needed, got {text!r}"


@pytest.mark.parametrize(("take", "text"), [(options._count, "0"), (options._limit, "1"), (options._limit, "0")])
def test_a_number_below_the_least_is_refused(take: Callable[[str], int], text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=f"on is needed, got '{text}'"):
        take(text)


def test_a_tilde_is_the_users_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert options._path("~/runs") == tmp_path / "runs"


@pytest.mark.parametrize("command", COMMANDS)
def test_the_words_of_a_command_are_distinct_and_explained(command: str) -> None:
    text, taken = COMMANDS[command]
    words = [option.word for option in taken]
    assert len(set(words)) == len(words)
    assert text
    assert not text.endswith(".")
    for option in taken:
        assert option.settings.get("help") or not option.word.startswith("-"), option.word


def test_an_example_begins_with_its_command_and_has_the_words_that_it_needs() -> None:
    for command, example in EXAMPLES.items():
        words = shlex.split(example.partition("(")[0])
        assert words[:2] == ["memorank", command]
        places = [option for option in COMMANDS[command][1] if not option.word.startswith("-")]
        needed = [option for option in places if option.settings.get("nargs") != "?"]
        assert len(words[2:]) >= len(needed)


def test_new_knows_every_kind_of_entry() -> None:
    assert set(NEW) == set(KINDS)
