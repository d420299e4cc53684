"""Spam emails: the table Spambase, of which copies of one email count once, and any other table is named."""

from pathlib import Path

import numpy as np
import pytest

from benchmark.data.loading import load
from registry import DATASETS, DataError, data_folder
from registry.datasets import spam_emails

EMAIL = ",".join(["0.5"] * 57)


def emails(*changed: str) -> str:
    """A table of the right size with these rows first."""
    rows = [",".join(map(str, [row / 10, *[0.0] * 56, row % 2])) for row in range(spam_emails.ROWS)]
    return "\n".join([*changed, *rows[len(changed) :]]) + "\n"


def test_emails_are_those_of_spambase_and_no_word_shares_stand_twice() -> None:
    """Reads the data folder: `make test` has fetched it."""
    data = load("spam-emails", data_folder())
    assert (len(data.train), len(data.held_out)) == (2816, 1000)
    assert data.train.inputs.shape[1:] == (57,)
    assert data.train.inputs.dtype == np.float32
    words = np.concatenate([data.train.inputs, data.held_out.inputs])[:, : spam_emails.WORDS]
    assert len(np.unique(words, axis=0)) == 3816
    for part in (data.train, data.held_out):
        assert 0.3 < part.labels.mean() < 0.5
        money = part.inputs[:, 23]
        assert money[part.labels == 1].mean() > 4 * money[part.labels == 0].mean()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (emails(EMAIL), r"spambase.dat:1: expected 58 columns, got 57$"),
        (emails()[:-1].rpartition("\n")[0], r"spambase.dat: expected 4,597 rows, got 4,596$"),
        (emails(f"x{EMAIL},1"), r"spambase.dat: ValueError: could not convert string to float: 'x0.5'"),
        (emails(f"-{EMAIL},1"), r"expected numbers from 0, and 0 or 1 in the last column$"),
        (emails(f"nan{EMAIL[3:]},1"), r"expected numbers from 0, and 0 or 1 in the last column$"),
        (emails(f"{EMAIL},2"), r"expected numbers from 0, and 0 or 1 in the last column$"),
    ],
)
def test_another_table_than_the_published_one_is_named(content: str, message: str, tmp_path: Path) -> None:
    (tmp_path / spam_emails.FILE).write_text(content)
    with pytest.raises(DataError, match=message):
        DATASETS["spam-emails"].load(tmp_path)


def test_copies_of_an_email_are_left_out(tmp_path: Path) -> None:
    first = ",".join(["0.5"] * spam_emails.WORDS)
    copies = [f"{first}," + ",".join([str(number)] * 9) + ",1" for number in (1, 2)]
    (tmp_path / spam_emails.FILE).write_text(emails(*copies))
    data = DATASETS["spam-emails"].load(tmp_path)
    assert len(data.train) + len(data.held_out) == spam_emails.ROWS - 1
