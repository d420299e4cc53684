"""The options of a family: what a plan may change in the network itself, each with the value that it has by default.

In: options as a file or a plan says them. Out: whole numbers and numbers, or a ValueError in one line.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import TypeAlias

from registry.core import did_you_mean
from registry.fields import LARGEST_WHOLE, Rule, a_mapping, a_number, a_whole_number, scalar
from registry.training import Training

Options: TypeAlias = Mapping[str, int | float]

# Words that stand beside options in a plan and mean something else there.
_TAKEN = {*(field.name for field in fields(Training)), "draw", "seed"}


def declared_options(given: object, where: str) -> dict[str, int | float]:
    """The rule for the options that a family declares: a mapping from names to default values.

    >>> declared_options({"width": 256, "drop_out": 0.0}, "options of family 'x'")
    {'width': 256, 'drop_out': 0.0}
    >>> declared_options({"batch_size": 3}, "options of family 'x'")
    Traceback (most recent call last):
    ValueError: options of family 'x' have 'batch_size', which is a word of plans already: choose another name
    """
    options: dict[str, int | float] = a_mapping(_default, '{"width": 256}')(given, where)
    for name in options:
        if not name.isidentifier() or name != name.lower():
            raise ValueError(f"{where} have {name!r:.100}, not lower-case words joined by _, as in drop_out")
        if name in _TAKEN:
            raise ValueError(f"{where} have {name!r}, which is a word of plans already: choose another name")
    return options


def options_over(defaults: Options, said: Mapping[str, object], family: str) -> dict[str, int | float]:
    """All options of a network: those that are said, over the defaults.

    An option is a whole number if its default is one, else a number.

    Args:
        defaults: What the family declares.
        said: Options by name.
        family: The name of the family, for messages.

    Raises:
        ValueError: The family has no such option, or the value is not such a number.

    >>> options_over({"width": 256, "drop_out": 0.0}, {"drop_out": 1}, "x")
    {'width': 256, 'drop_out': 1.0}
    >>> options_over({"width": 256, "drop_out": 0.0}, {"width": 0.5}, "x")
    Traceback (most recent call last):
    ValueError: width of family 'x' is 0.5 (float), not a whole number
    >>> options_over({"width": 256, "drop_out": 0.0}, {"wdth": 8}, "x")
    Traceback (most recent call last):
    ValueError: family 'x' has no option 'wdth'; did you mean 'width'?
    """
    for name in said:
        if name not in defaults:
            raise ValueError(f"family {family!r} has no option {name!r}{did_you_mean(name, defaults)}")
    own = {name: _like(defaults[name])(value, f"{name} of family {family!r}") for name, value in said.items()}
    return {**defaults, **own}


def is_whole(default: int | float) -> bool:
    """Whether an option with this default is a whole number."""
    return isinstance(default, int)


def _like(default: int | float) -> Rule:
    """The rule for a value of an option with this default."""
    return a_whole_number(-LARGEST_WHOLE) if is_whole(default) else a_number


def _default(given: object, where: str) -> int | float:
    """The rule for a default value: a whole number stays one."""
    plain = scalar(given)
    rule = a_whole_number(-LARGEST_WHOLE) if isinstance(plain, int) and not isinstance(plain, bool) else a_number
    number: int | float = rule(plain, where)
    return number
