"""Errors whose one line is written for the user: what is wrong, where, what is allowed."""

from collections.abc import Sequence

LONGEST = 1_000  # characters of a message that somebody else's code has made


class Ending(BaseException):  # no Exception, which careless code catches
    """What ends somebody's code from outside: a signal, a limit. No code of an entry is meant to catch it."""


class UserError(Exception):
    """Something that the user can mend: the command prints its one line and exits with 2."""

    @property
    def lines(self) -> Sequence[str]:
        """What is printed: one line, whatever breaks stand in it, as it may hold anybody's text."""
        return (str(self),)


class DataError(UserError):
    """A data set is missing or not whole, or it is not what it should be."""


class UnusableFiles(DataError):
    """Files of a data set that cannot be used: one line says what to do, and each file has a line below it.

    Args:
        cure: What to do.
        files: A line for each file.
    """

    def __init__(self, cure: str, files: Sequence[str]) -> None:
        super().__init__("\n".join([cure, *files]))
        self._lines = (cure, *files)

    @property
    def lines(self) -> Sequence[str]:
        """The cure, and a line for each file."""
        return self._lines


class RunError(UserError):
    """What ends a whole command: no other cell would fare better. Nothing that is published is touched."""


def bounded(text: str, most: int = LONGEST) -> str:
    """A text with words for what is left out of its middle if it is longer than `most` characters.

    >>> bounded("abcdefghij", 4), bounded("abcd", 4)
    ('ab... (6 characters left out) ...ij', 'abcd')
    """
    if len(text) <= most:
        return text
    half = most // 2
    return f"{text[:half]}... ({len(text) - 2 * half} characters left out) ...{text[-half:]}"


def in_short(error: BaseException) -> str:
    r"""The kind and the first line of an error from elsewhere, whose message may go on for pages.

    >>> in_short(ValueError("no number\nand more"))
    'ValueError: no number'
    """
    return f"{type(error).__name__}: {bounded(_text(error).partition(chr(10))[0])}"


def in_words(error: BaseException) -> str:
    r"""The kind and the message of an error from elsewhere, on one line.

    >>> in_words(ValueError("no number\nand more"))
    'ValueError: no number and more'
    """
    return f"{type(error).__name__}: {bounded(' '.join(_text(error).split()))}"


def _text(error: BaseException) -> str:
    """The message of an error, which anybody's code may make."""
    try:
        return str(error)
    except Exception as another:
        return f"(its message cannot be had: {type(another).__name__})"


class UnknownNameError(UserError, KeyError):
    """A name that no entry has; the message holds the nearest one."""

    __str__ = UserError.__str__  # KeyError would print the message in quotes
