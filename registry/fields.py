"""The fields of entries as plain data, which keys, plans and records can hold: the one place where they become plain.

In: what a file gives a field. Out: Python's own text, number, truth, tuple or mapping, or a ValueError that names the
field and its entry, says what was got and what is allowed. A rule is a function of what was given and of where that
stands, for messages, that returns it plain.
"""

from collections.abc import Callable, Mapping
from math import inf, isfinite
from numbers import Integral, Real
from typing import Any, get_args

LONGEST_TEXT = 10_000  # characters of what an entry tells a reader: it stands in plans, boards and pages
LARGEST_WHOLE = 2**31
LARGEST_NUMBER = 1e100

Rule = Callable[[Any, str], Any]


def make_plain(entry: Any, who: str, **rules: Rule) -> None:
    """Make fields of a frozen entry plain.

    Args:
        entry: The entry that is being made.
        who: Its kind and name, for messages.
        rules: A rule for each field, by the field's name.

    Raises:
        ValueError: A field is not what its rule allows.
    """
    for field, rule in rules.items():
        object.__setattr__(entry, field, rule(getattr(entry, field), f"{field} of {who}"))


def a_text(given: Any, where: str) -> str:
    r"""A text that UTF-8 can write.

    >>> a_text(3, "figures of suite 'x'")
    Traceback (most recent call last):
    ValueError: figures of suite 'x' is 3 (int), not a text
    >>> a_text("\ud800", "size of data set 'x'")
    Traceback (most recent call last):
    ValueError: size of data set 'x' is '\ud800', which UTF-8 cannot write: it holds half of a pair of surrogates
    """
    if not isinstance(given, str):
        raise ValueError(f"{where} is {_said(given)}, not a text")
    text = str(given)
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"{where} has {len(text)} characters: at most {LONGEST_TEXT}")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError(f"{where} is {text!r:.100}, which UTF-8 cannot write: it holds half of a pair of surrogates")
    return text


def a_truth(given: Any, where: str) -> bool:
    """True or False, also numpy's own.

    >>> import numpy as np
    >>> a_truth(np.True_, "equal_sizes of suite 'x'")
    True
    """
    plain = scalar(given)
    if not isinstance(plain, bool):
        raise ValueError(f"{where} is {_said(given)}, not True or False")
    return plain


def a_number(given: Any, where: str) -> float:
    """A finite number.

    >>> a_number(float("nan"), "low of a plane")
    Traceback (most recent call last):
    ValueError: low of a plane is nan, not a finite number up to 1e+100
    """
    plain = scalar(given)
    if not isinstance(plain, Real) or isinstance(plain, bool):
        raise ValueError(f"{where} is {_said(given)}, not a number")
    try:
        number = float(plain)
    except OverflowError:
        number = inf
    if not isfinite(number) or abs(number) > LARGEST_NUMBER:
        raise ValueError(f"{where} is {number}, not a finite number up to {LARGEST_NUMBER:g}")
    return number


def a_whole_number(least: int, most: int = LARGEST_WHOLE) -> Rule:
    """The rule for a whole number from `least` to `most`.

    >>> a_whole_number(1)(2.5, "version of family 'x'")
    Traceback (most recent call last):
    ValueError: version of family 'x' is 2.5 (float), not a whole number
    """

    def rule(given: Any, where: str) -> int:
        plain = scalar(given)
        if not isinstance(plain, Integral) or isinstance(plain, bool):
            raise ValueError(f"{where} is {_said(given)}, not a whole number")
        if not least <= int(plain) <= most:
            raise ValueError(f"{where} is {_said(given)}: a whole number from {least} to {most}")
        return int(plain)

    return rule


def a_word(allowed: Any) -> Rule:
    """The rule for one of the words of a Literal type.

    >>> from typing import Literal
    >>> a_word(Literal["own", "first"])("real", "to of measure 'x'")
    Traceback (most recent call last):
    ValueError: to of measure 'x' is 'real' (str), not one of 'own', 'first'
    """
    words = get_args(allowed)

    def rule(given: Any, where: str) -> str:
        if not isinstance(given, str) or given not in words:
            raise ValueError(f"{where} is {_said(given)}, not one of {', '.join(map(repr, words))}")
        return str(given)

    return rule


def a_tuple(part: Rule, form: str, fewest: int = 1, distinct: bool = True) -> Rule:
    """The rule for a tuple, or a list.

    Args:
        part: The rule for each of its parts.
        form: How it may look, for messages.
        fewest: The least number of parts.
        distinct: Whether no part may stand there twice.

    >>> a_tuple(a_text, '("accuracy",)')(["accuracy"], "metrics of suite 'x'")
    ('accuracy',)
    >>> a_tuple(a_text, '("accuracy",)')("accuracy", "metrics of suite 'x'")
    Traceback (most recent call last):
    ValueError: metrics of suite 'x' is 'accuracy' (str), not a tuple, as in ("accuracy",)
    """

    def rule(given: Any, where: str) -> tuple[Any, ...]:
        if not isinstance(given, tuple | list):
            raise ValueError(f"{where} is {_said(given)}, not a tuple, as in {form}")
        parts = tuple(part(one, f"part {place} of {where}") for place, one in enumerate(given))
        if len(parts) < fewest:
            raise ValueError(f"{where} is empty: at least {fewest}, as in {form}")
        again = next((one for place, one in enumerate(parts) if distinct and one in parts[:place]), None)
        if again is not None:
            raise ValueError(f"{where} has {again!r} twice")
        return parts

    return rule


def a_mapping(part: Rule, form: str) -> Rule:
    """The rule for a mapping from texts.

    Args:
        part: The rule for each of its values.
        form: How it may look, for messages.

    >>> a_mapping(a_number, '{"mean-mi": 0.8}')({"mean-mi": 1}, "tau of a paper")
    {'mean-mi': 1.0}
    """

    def rule(given: Any, where: str) -> dict[str, Any]:
        if not isinstance(given, Mapping):
            raise ValueError(f"{where} is {_said(given)}, not a mapping, as in {form}")
        return {a_text(key, f"a key of {where}"): part(one, f"{where}, {key!r:.100},") for key, one in given.items()}

    return rule


def a_kind_of(allowed: type, form: str) -> Rule:
    """The rule for an object of a class.

    Args:
        allowed: The class.
        form: How it may look, for messages.
    """

    def rule(given: Any, where: str) -> Any:
        if not isinstance(given, allowed):
            raise ValueError(f"{where} is {_said(given)}, not a {allowed.__name__}, as in {form}")
        return given

    return rule


def a_function(given: Any, where: str) -> Any:
    """Something that can be called."""
    if not callable(given):
        raise ValueError(f"{where} is {_said(given)}, which cannot be called")
    return given


def or_none(rule: Rule) -> Rule:
    """The rule for None, or for what another rule allows."""
    return lambda given, where: None if given is None else rule(given, where)


def scalar(given: Any) -> Any:
    """What a number of numpy, or an array or a tensor without axes, holds; anything else as it is.

    >>> import numpy as np
    >>> scalar(np.int64(3)), scalar("a")
    (3, 'a')
    """
    return given.item() if getattr(given, "ndim", None) == 0 and hasattr(given, "item") else given


def _said(given: Any) -> str:
    """A value with its type, in short and on one line, whatever its own code does."""
    if given is None:
        return "None"
    try:
        text = " ".join(repr(given).split())
    except Exception:  # Python writes no whole number of thousands of digits, and an entry's class may do anything
        return f"of type {type(given).__name__}"
    return f"{text:.100} ({type(given).__name__})"
