"""The shortcut of Sentiment Adjectives: a review holds words of one list only, and they may give its label away.

In: texts. Out: the polarity of the adjectives of each.
"""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

NONE = -1  # no word of either list, or words of both


@dataclass(frozen=True)
class Adjectives:
    """Two lists of words, each a string with spaces between."""

    negative: frozenset[str]
    positive: frozenset[str]


def _lists(negative: str, positive: str) -> Adjectives:
    return Adjectives(frozenset(negative.split()), frozenset(positive.split()))


# "paper" is the paper's. "long" is for data in which few texts hold those ten: words that say by themselves whether
# something is liked, written down once and not changed since.
LISTS = {
    "paper": _lists("bad terrible awful poor negative", "good great wonderful excellent best"),
    "long": _lists(
        """
        bad terrible awful poor negative worst worse boring dull stupid silly lame tedious predictable bland ugly weak
        lousy horrible dreadful annoying pointless mediocre flat stale tired shallow clumsy ridiculous sloppy pathetic
        painful unfunny forgettable disappointing empty messy contrived pretentious irritating lifeless uninspired
        unpleasant hollow sluggish inane overlong slow cheap tiresome heavy-handed
        """,
        """
        good great wonderful excellent best better funny beautiful brilliant amazing enjoyable entertaining charming
        delightful fascinating powerful superb perfect compelling fine fresh clever lovely smart touching memorable
        engaging impressive hilarious fun remarkable terrific rich fantastic witty intelligent moving original honest
        gorgeous inventive gripping satisfying thoughtful sweet warm outstanding magnificent stunning strong likable
        """,
    ),
}

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def polarity(texts: NDArray[Any], adjectives: Adjectives) -> NDArray[np.int64]:
    """The polarity of the adjectives of texts.

    Args:
        texts: (S,) texts.
        adjectives: The words that count, as whole words and in any case.

    Returns:
        (S,) 1 or 0 for a text with words of the positive or of the negative list only, else `NONE`.

    >>> polarity(np.array(["A good film", "Good and bad", "A film"]), LISTS["paper"]).tolist()
    [1, -1, -1]
    """
    return np.array([_polarity(str(text), adjectives) for text in texts], dtype=np.int64)


def _polarity(text: str, adjectives: Adjectives) -> int:
    words = set(map(str.casefold, _WORD.findall(text)))
    positive, negative = bool(words & adjectives.positive), bool(words & adjectives.negative)
    return int(positive) if positive != negative else NONE
