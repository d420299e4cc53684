"""Pages whose figures are blank: all of them but what matplotlib draws, which takes a second a page.

For tests that run a command to see how it ends, what it leaves and what it says. Those that look at a page, or compare
it with one of a process that draws, have it drawn.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from leaderboard.pages.figures import inline

BLANK = b'<svg viewBox="0 0 1 1"></svg>'


@contextmanager
def blank() -> Iterator[None]:
    """Nothing is drawn meanwhile."""
    with (
        mock.patch.object(inline, "drawn", return_value=None),
        mock.patch.object(inline, "saved", return_value=BLANK),
    ):
        yield
