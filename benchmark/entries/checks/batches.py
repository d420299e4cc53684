"""The conformance checks of a family's batches: those it is trained on, whole or left over, and those it is read in.

In: a network built for some suite's shapes. Out: what is wrong, None where nothing is.
"""

from collections.abc import Callable
from math import prod

import numpy as np
import torch
from torch import nn

from benchmark.entries.checks.families import LETTERS, ROWS, SAME, Built
from benchmark.networks.activations import read
from benchmark.networks.inputs import READ, READ_TOKENS
from registry.errors import in_words

LEFT_OVER = (2, 3, 13)  # examples in the last batch of an epoch; no network may count on a multiple of anything
LARGEST_TRIED = 256  # a batch of more examples would take minutes, and shows no more
MOST_NUMBERS = 2**18  # in the inputs that are read at once


def batch_sizes(batch_size: int) -> list[int]:
    """The sizes that are tried: the family's own, with a single example that joins it, and those of last batches.

    >>> batch_sizes(50), batch_sizes(3), batch_sizes(1), batch_sizes(10_000)
    ([50, 51, 2, 3, 13], [3, 4, 2], [1], [256, 257, 2, 3, 13])
    """
    whole = min(batch_size, LARGEST_TRIED)
    return [whole] if whole == 1 else [whole, whole + 1, *(size for size in LEFT_OVER if size < whole)]


def batches_of_any_size(subject: Built) -> str | None:
    """A training step can be made on every batch that an epoch may have."""
    if not any(parameter.requires_grad for parameter in subject.network.parameters()):
        return None  # said by another check
    batch_size = subject.family.training.batch_size
    for size in batch_sizes(batch_size):
        try:
            _step(subject, size)
        except Exception as error:
            others = f"a batch has batch_size={batch_size} examples, one more, or those that a suite leaves over"
            return f"it cannot be trained on a batch of {size} examples: {in_words(error)}; {others}"
    return None


def _step(subject: Built, size: int) -> None:
    """One step forward and back, as in training, that does not change the weights."""
    subject.network.train().zero_grad()
    labels = torch.arange(size) % subject.num_classes
    with torch.random.fork_rng():
        logits = subject.network(*subject.examples(size).arguments(torch.arange(size)))
        nn.functional.cross_entropy(logits, labels).backward()


def reads_many_at_once(subject: Built) -> str | None:
    """As many examples as a run reads at once give what a few of them give."""
    many = subject.examples(_readable(subject))
    few = torch.arange(ROWS)
    taps = subject.family.taps
    (by_tap, _), (alone, _) = read(subject.network, taps, many), read(subject.network, taps, many[few])
    for tap, rows in by_tap.items():
        if not np.allclose(rows[:ROWS], alone[tap], rtol=SAME, atol=SAME * float(abs(rows).max(initial=0.0))):
            return f"tap {tap!r} of the first {ROWS} of {len(many)} examples is another one than of these alone"
    return None


def _readable(subject: Built) -> int:
    """How many examples are read at once: as many as a run reads at most, fewer if they are large."""
    if subject.family.modality == "text":
        return READ_TOKENS // (2 * LETTERS)
    return max(ROWS, min(READ, MOST_NUMBERS // prod(subject.shape)))


BATCH_CHECKS: dict[str, Callable[[Built], str | None]] = {
    "batches-of-any-size": batches_of_any_size,
    "reads-many-at-once": reads_many_at_once,
}
