"""The conformance check of the batches that a family is trained on: whole ones, and what a suite leaves over.

In: a network built for some suite's shapes. Out: what is wrong, None where nothing is.
"""

from collections.abc import Callable

import torch
from torch import nn

from benchmark.checks.families import Built
from registry.errors import in_words

LEFT_OVER = (2, 3, 13)  # examples in the last batch of an epoch; no network may count on a multiple of anything
LARGEST_TRIED = 256  # a batch of more examples would take minutes, and shows no more


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
    """Forward and backward, as in training, without a change of the weights."""
    subject.network.train().zero_grad()
    labels = torch.arange(size) % subject.num_classes
    with torch.random.fork_rng():
        logits = subject.network(*subject.examples(size).arguments(torch.arange(size)))
        nn.functional.cross_entropy(logits, labels).backward()


BATCH_CHECKS: dict[str, Callable[[Built], str | None]] = {"batches-of-any-size": batches_of_any_size}
