"""The conformance checks of a family that reads texts: its tokenizer is called as a run calls it.

In: a network built for some suite's shapes. Out: for each check what is wrong, None where nothing is.
"""

from collections.abc import Callable

import numpy as np
import torch

from benchmark.entries.checks.families import Built
from benchmark.networks.inputs import Tokens
from benchmark.networks.room import room, unread_token
from benchmark.networks.tokenizing import check_alike, padding_of, token_rows
from registry import DataError

SENTENCE = "The quick brown fox jumps over the lazy dog, isn't it? "  # it has every letter
REPEATED = 200  # times, in the longest text
DIGITS = "0123456789 !#$%&()*+-./:;<=>@[]^_`{|}~"


def sample(most: int) -> list[str]:
    """Short texts and one of more tokens than a network reads, each with every letter."""
    texts = [SENTENCE, SENTENCE.upper(), SENTENCE + DIGITS, SENTENCE.replace(" ", ""), SENTENCE * REPEATED]
    return [*texts, SENTENCE * most]


def tokens_are_read(subject: Built) -> str | None:
    """Texts become as many tokens as the network has room for, the same each time, and it reads every one of them."""
    make = subject.family.tokenizer
    if make is None:
        return None
    made = make()
    most = room(subject.network, made, subject.shape[0])
    if not most:
        return None  # said by the check of the longest text
    texts = sample(most)
    try:
        rows = token_rows(made, texts, most)
        check_alike(rows, token_rows(make(), texts, most))
    except DataError as error:
        return str(error)
    lengths = torch.tensor([len(row) for row in rows if len(row)])
    if not len(lengths):
        return f"the tokenizer makes no token of the text {texts[0]!r}"
    return unread_token(subject.network, Tokens(torch.from_numpy(np.concatenate(rows)), lengths, padding_of(made)))


TEXT_CHECKS: dict[str, Callable[[Built], str | None]] = {"tokens-are-read": tokens_are_read}
