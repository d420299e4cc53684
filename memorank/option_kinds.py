"""What an option of the command line is made of: its word, what it takes, and how a text becomes that.

In: texts that somebody has typed. Out: `Option`s and values, or what argparse is told of a text that is no such value.
"""

import argparse
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmark.process.paths import absolute
from registry import UserError


@dataclass(frozen=True)
class Option:
    """One word that a command takes: a place ("plan") or a flag ("--out"), and argparse's settings for it."""

    word: str
    settings: dict[str, Any] = field(default_factory=dict)


def option(word: str, **settings: Any) -> Option:
    """An option with argparse's settings for it."""
    return Option(word, settings)


def count(text: str) -> int:
    """A whole number from 1 on. Raises argparse.ArgumentTypeError for another text."""
    if not (text.isascii() and text.isdecimal() and int(text) >= 1):
        raise argparse.ArgumentTypeError(f"a number from 1 on is needed, got {text!r}")
    return int(text)


def seed(text: str) -> int:
    """A whole number from 0 on. Raises argparse.ArgumentTypeError for another text."""
    if not (text.isascii() and text.isdecimal()):
        raise argparse.ArgumentTypeError(f"a number from 0 on is needed, got {text!r}")
    return int(text)


def limit(text: str) -> int:
    """A whole number from 2 on. Raises argparse.ArgumentTypeError for another text."""
    if not (text.isascii() and text.isdecimal() and int(text) >= 2):
        raise argparse.ArgumentTypeError(f"a number from 2 on is needed, got {text!r}")
    return int(text)


def pairs(text: str) -> int | str:
    """A number from 2 on, or "all", as argparse wants to be told."""
    if text == "all":
        return text
    if not (text.isascii() and text.isdecimal() and int(text) >= 2):
        raise argparse.ArgumentTypeError(f"all, or a number from 2 on is needed, got {text!r}")
    return int(text)


def path(text: str) -> Path:
    """A path, with `~` for the user's home. Raises argparse.ArgumentTypeError for one that cannot be used."""
    try:
        absolute(text)
    except UserError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return Path(text).expanduser()


DATA_DIR = option("--data-dir", type=path, help="where data sets lie (default: MEMORANK_DATA, else the user's cache)")
INCLUDE = option(
    "--include",
    action="append",
    default=[],
    type=path,
    metavar="FILE.py",
    help="a file of your own that declares families, suites, data sets, measures or metrics; may stand several times",
)
