"""Errors whose one line is written for the user: what is wrong, where, what is allowed."""


class UserError(Exception):
    """Something the user can mend: the command prints its one line and exits with 2."""


class DataError(UserError):
    """A data set is missing, incomplete or not what it should be."""


class RunError(UserError):
    """What ends a whole command: no other cell would fare better. Nothing that is published is touched."""


def in_short(error: BaseException) -> str:
    """Kind and first line of an error from elsewhere, whose message may go on for pages."""
    return f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"


class UnknownNameError(UserError, KeyError):
    """A name that no entry has; the message holds the nearest one."""

    __str__ = UserError.__str__  # KeyError would print the message in quotes
