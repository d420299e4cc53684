"""The templates of the pages, and how what they print is made safe and readable.

In: the name of a template. Out: the template, or its text.
"""

import re
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from leaderboard.pages.tables.table import MISSING
from registry.foreign_text import in_page

LONGEST_WORD = 16


def template(name: str) -> Template:
    """A template that is ready to be rendered. It escapes whatever is no markup."""
    return _environment().get_template(name)


@cache
def part(name: str) -> Markup:
    """The text of a file of ours, as it stands: a style or a script."""
    return Markup(_text(name))  # noqa: S704


def _finalized(value: object) -> object:
    """What the template prints: foreign text made readable, markup as it is."""
    return in_page(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _environment() -> Environment:
    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalized,
        loader=FunctionLoader(_text),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["signs"] = _with_signs
    made.filters["long"] = _long
    return made


def _long(text: str) -> str:
    """The class of a text with a word too long for a column, which may then be broken anywhere."""
    return " long" if max(map(len, re.split(r"[\s-]", text))) > LONGEST_WORD else ""


def _with_signs(text: str) -> str:
    """A text with a minus before its negative numbers, and a dash where there is nothing.

    >>> _with_signs("-0.20 of a-1"), _with_signs("-")
    ('−0.20 of a-1', '–')
    """
    return "–" if text == MISSING else re.sub(r"(?<![\w)])-(?=\.?\d)", "−", text)


@cache
def _text(name: str) -> str:
    return files("leaderboard.pages.web").joinpath("templates", name).read_text(encoding="utf-8")
