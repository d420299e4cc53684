"""What verification finds, one line each.

In: nothing. Out: the type of a finding, and what its kinds mean for the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass

FAULTS = frozenset(("differs", "damaged"))
GAPS = frozenset(("not checked",))
LISTED = 5


@dataclass(frozen=True)
class Finding:
    """A kind ("differs", "missing", ...), what it is about (a cell's key, a file), and what is to be said of it."""

    kind: str
    about: str
    text: str = ""

    def __str__(self) -> str:
        """The line."""
        return f"{self.kind}: {self.about}{f': {self.text}' if self.text else ''}"


def differs(about: str, text: object) -> Finding:
    """A finding of the kind "differs": `about` is not what it should be, as `text` says."""
    return Finding("differs", about, str(text))


def listed(texts: Sequence[object]) -> str:
    """Several things about one cell in one line, the first five in full.

    >>> listed(["a was 1, is 2", "b was 1, is 2"])
    'a was 1, is 2; b was 1, is 2'
    """
    more = [f"and {len(texts) - LISTED} more"] if len(texts) > LISTED else []
    return "; ".join([*map(str, texts[:LISTED]), *more])
