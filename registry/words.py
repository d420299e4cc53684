"""The words that entries are described with, and their names: which there are, and how a wrong one is refused.

In: what an entry says. Out: the same, or a ValueError in one line.
"""

import re
from collections.abc import Mapping
from typing import Any, Literal, get_args

from registry.fields import Rule, a_mapping, a_text, a_whole_number, or_none

Modality = Literal["vector", "image", "text"]
Origin = Literal["published", "stand-in", "generated"]
Kind = Literal["heuristic", "example-level"]
Knob = Literal["alpha", "beta"]
Condition = float | str
Layout = Literal["channels-first", "channels-last"]
TokensAs = Literal["first-token", "last-token", "mean-of-tokens"]
Reduce = Literal["none", TokensAs, "spatial-mean"]

LONGEST_NAME = 100  # characters: it is a part of the names of files
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

# The rules that entries of several kinds share.
EVERY_ENTRY: Mapping[str, Rule] = {"name": a_text, "reference": a_text, "version": a_whole_number(0)}
FILES = a_mapping(or_none(a_text), '{"train.csv": None}')


def check_name(name: str) -> str:
    """The name itself. Names become names of files, heads of tables and parts of keys.

    Raises:
        ValueError: It is not of lower-case words joined by hyphens, or has more than 100 characters.

    >>> check_name("mlp-16-16")
    'mlp-16-16'
    >>> check_name("MLP")
    Traceback (most recent call last):
    ValueError: 'MLP' is not a name: lower-case letters and digits, joined by single hyphens
    """
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not a name: lower-case letters and digits, joined by single hyphens")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"'{name[:20]}...' is too long for a name: at most {LONGEST_NAME} characters")
    return name


def check_word(what: str, word: Any, allowed: Any) -> None:
    """Check that a word is one of those of a Literal type.

    Args:
        what: What the word is for, for the message.
        word: What was given.
        allowed: The type.

    Raises:
        ValueError: The word is none of them.

    >>> check_word("knob", "alpha", Knob)
    """
    if word not in get_args(allowed):
        raise ValueError(f"{what} is {word!r}, not one of {', '.join(map(repr, get_args(allowed)))}")


def condition_text(condition: "Condition") -> str:
    """A condition as it is written: its name, or its number in as few digits as tell it from others.

    >>> condition_text(0.25), condition_text(1000001.0), condition_text("raw-original")
    ('0.25', '1000001.0', 'raw-original')
    """
    if isinstance(condition, str):
        return condition
    return f"{condition:g}" if float(f"{condition:g}") == condition else repr(condition)
