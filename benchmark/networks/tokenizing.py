"""From texts to the ids of their tokens, whatever a tokenizer is: the one place where it is called and checked.

In: a tokenizer of anybody's and texts. Out: whole numbers for each text, at most so many, the same each time, or a
DataError that says what the tokenizer does and at which row.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from registry import DataError, UserError
from registry.arrays import integers
from registry.errors import in_words

AGAIN = 256  # texts that are tokenized twice, to see whether they give the same
WHO = "the family's tokenizer"


def token_rows(made: Any, texts: Sequence[str], most: int, who: str = WHO) -> list[NDArray[np.int64]]:
    """The ids of the tokens of each text, which may be none.

    Args:
        made: A tokenizer, called as those of Hugging Face are.
        texts: S texts.
        most: So many tokens a text has at most: longer ones are to be cut.
        who: What the tokenizer is called in messages.

    Returns:
        S arrays (T,), T from 0 to `most`.

    Raises:
        DataError: It draws its tokens at random, raises, or gives something else.
    """
    check_no_dropout(made, who)
    rows = _called(made, texts, most, who)
    again = _called(made, texts[:AGAIN], most, who)
    check_alike(rows[:AGAIN], again, who)
    return rows


def check_no_dropout(made: Any, who: str = WHO) -> None:
    """Raises DataError for a tokenizer that leaves out merges at random."""
    dropout = getattr(getattr(getattr(made, "backend_tokenizer", None), "model", None), "dropout", None)
    if dropout:
        raise DataError(
            f"{who} draws its tokens at random (dropout of its model is {dropout:g}), so that no network could be "
            'trained twice: set it to None, in tokenizer.json "dropout": null'
        )


def check_alike(first: Sequence[NDArray[np.int64]], second: Sequence[NDArray[np.int64]], who: str = WHO) -> None:
    """Raises DataError where a text has other tokens the second time."""
    for row, (one, two) in enumerate(zip(first, second, strict=True)):
        if not np.array_equal(one, two):
            raise DataError(
                f"row {row}: {who} gives other tokens the second time: switch off what it draws at random (dropout, "
                "sampling)"
            )


def padding_of(made: Any) -> int:
    """The token that stands for padding; 0 where the tokenizer has none, as the mask says where it is."""
    return getattr(made, "pad_token_id", None) or 0


def _called(made: Any, texts: Sequence[str], most: int, who: str) -> list[NDArray[np.int64]]:
    try:
        given = made(list(texts), truncation=True, max_length=most)["input_ids"]
        rows = [integers("tokens", np.asarray(row) if len(row) else np.zeros(0, np.int64)) for row in given]
    except UserError:
        raise
    except (Exception, SystemExit) as error:  # a tokenizer may be anybody's code
        raise DataError(f"{who} cannot read texts: {in_words(error)}") from error
    if len(rows) != len(texts):
        raise DataError(f"{who} gives {len(rows)} rows of input_ids for {len(texts)} texts")
    for number, row in enumerate(rows):
        if row.ndim != 1:
            raise DataError(f"row {number}: {who} gives tokens of shape {row.shape}, not a list of whole numbers")
        if len(row) > most:
            raise DataError(
                f"row {number}: {who} gives {len(row)} tokens, and {most} at most were asked for: cut them where it is "
                "called with truncation=True and max_length"
            )
        if len(row) and row.min() < 0:
            raise DataError(f"row {number}: {who} gives the token {row.min()}: tokens are 0 or more")
    return rows
