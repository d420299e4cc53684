"""Examples as a network reads them, on the device: tensors, or texts as tokens, drawn in batches.

In: examples of a suite and the family that reads them. Out: `Inputs`, whose batches are what a forward pass takes.
Texts are padded to the longest of their batch only, and texts of like length come together.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from benchmark.data.fingerprints import fingerprint
from benchmark.networks.tokenizing import padding_of, token_rows
from benchmark.plain.keeping import kept
from registry import DataError, Examples, ModelFamily, data_folder

POOL = 50  # at most this many batches form a pool, whose texts are sorted by length together
READ = 1024  # the most examples that are read at once
READ_TOKENS = 4096  # the most tokens that are read at once, padding included
KEPT = 8  # data sets whose tokens are kept for the cells that follow


class Inputs(Protocol):
    """S examples on a device."""

    @property
    def device(self) -> torch.device:
        """The device that they are on."""

    def __len__(self) -> int:
        """S."""

    def __getitem__(self, rows: Tensor, /) -> "Inputs":
        """The examples of these rows, in their order."""

    def arguments(self, rows: Tensor) -> tuple[Tensor, ...]:
        """What the network takes for these rows (B,)."""

    def epoch(self, batch_size: int) -> Sequence[Tensor]:
        """The rows of each batch of one epoch, drawn by torch's generator; `batches_of` says how many."""

    def reading(self) -> Sequence[Tensor]:
        """All rows, in batches that are quick to read."""


@dataclass(frozen=True)
class Tensors:
    """Examples that are numbers: one tensor (S, ...)."""

    tensor: Tensor

    @property
    def device(self) -> torch.device:
        """The device that they are on."""
        return self.tensor.device

    def __len__(self) -> int:
        return len(self.tensor)

    def __getitem__(self, rows: Tensor) -> "Tensors":
        return Tensors(self.tensor[rows])

    def arguments(self, rows: Tensor) -> tuple[Tensor, ...]:
        """The rows themselves (B, ...)."""
        return (self.tensor[rows],)

    def epoch(self, batch_size: int) -> Sequence[Tensor]:
        """Every row once, in random order."""
        return _without_single(list(torch.randperm(len(self)).to(self.device).split(batch_size)))

    def reading(self) -> Sequence[Tensor]:
        """In their own order."""
        return list(torch.arange(len(self), device=self.device).split(READ))


@dataclass(frozen=True)
class Tokens:
    """Texts as token ids, one after the other in `ids` (all tokens,); `lengths` (S,) says how many each has."""

    ids: Tensor
    lengths: Tensor
    padding: int

    @cached_property
    def _starts(self) -> Tensor:
        return self.lengths.cumsum(0) - self.lengths

    @property
    def device(self) -> torch.device:
        """The device that they are on."""
        return self.ids.device

    def __len__(self) -> int:
        return len(self.lengths)

    def __getitem__(self, rows: Tensor) -> "Tokens":
        ids, mask = self.arguments(rows)
        return Tokens(ids[mask.bool()], self.lengths[rows], self.padding)

    def arguments(self, rows: Tensor) -> tuple[Tensor, ...]:
        """input_ids and attention_mask, both (B, T), T the longest of these rows."""
        places, mask = self.places(rows)
        return self.ids[places].masked_fill(~mask, self.padding), mask.long()

    def places(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """The place in `ids` of each token of these rows (B, T), and whether there is one (B, T) or padding."""
        lengths = self.lengths[rows]
        columns = torch.arange(int(lengths.max()), device=self.device)
        return (self._starts[rows][:, None] + columns).clamp(max=len(self.ids) - 1), columns < lengths[:, None]

    def epoch(self, batch_size: int) -> Sequence[Tensor]:
        """Every row once: random pools, each cut into batches by length; the batches of all in random order."""
        pool = batch_size * max(1, min(POOL, len(self) // (4 * batch_size)))
        batches = [
            batch
            for rows in torch.randperm(len(self)).to(self.device).split(pool)
            for batch in rows[self.lengths[rows].argsort(stable=True)].split(batch_size)
        ]
        batches = _without_single(batches)
        return [batches[place] for place in torch.randperm(len(batches))]

    def reading(self) -> Sequence[Tensor]:
        """By length, so that little is padded; a batch of long texts has fewer."""
        order = self.lengths.argsort(stable=True)
        batches, left = [], order
        while len(left):
            fitting = torch.arange(1, len(left) + 1, device=self.device) * self.lengths[left] <= READ_TOKENS
            size = max(1, min(READ, int(fitting.sum())))
            batches.append(left[:size])
            left = left[size:]
        return batches


def batches_of(examples: int, batch_size: int) -> int:
    """How many batches an epoch has: a single example that is left over is trained on with the batch before it.

    >>> batches_of(256, 128), batches_of(257, 128), batches_of(258, 128), batches_of(3, 1)
    (2, 2, 3, 3)
    """
    left_over = batch_size > 1 and examples > batch_size and examples % batch_size == 1
    return ceil(examples / batch_size) - left_over


def _without_single(batches: list[Tensor]) -> list[Tensor]:
    """The batches, a last one of a single row joined to the one before: batch normalization cannot train on one."""
    if len(batches) < 2 or len(batches[-1]) > 1 or len(batches[-2]) == 1:
        return batches
    return [*batches[:-2], torch.cat(batches[-2:])]


def as_inputs(family: ModelFamily, examples: Examples, shape: tuple[int, ...], device: torch.device) -> Inputs:
    """Examples of a suite with this input shape as the family reads them: a vector family gets each one flat."""
    if family.tokenizer is not None:
        files = fingerprint(family.weights, data_folder()) if family.weights else None
        tokens = _tokens(family.tokenizer, files, shape[0], _Texts.of(examples.inputs))
        return Tokens(tokens.ids.to(device), tokens.lengths.to(device), tokens.padding)
    inputs = torch.from_numpy(np.require(examples.inputs, requirements=["C", "W"]))
    return Tensors((inputs.flatten(1) if family.modality == "vector" else inputs).to(device))


def built_for(inputs: Inputs, shape: tuple[int, ...]) -> tuple[int, ...]:
    """The shape that a family builds for: (most tokens,) for texts."""
    return tuple(inputs.tensor.shape[1:]) if isinstance(inputs, Tensors) else shape


@dataclass(frozen=True)
class _Texts:
    """Texts (S,) that are the same where their content is."""

    digest: str
    texts: NDArray[Any] = field(compare=False)

    @classmethod
    def of(cls, texts: NDArray[Any]) -> "_Texts":
        digest = hashlib.sha256()
        for text in map(str, texts):
            content = text.encode("utf-8", "surrogatepass")
            digest.update(len(content).to_bytes(8, "big") + content)
        return cls(digest.hexdigest(), texts)


@kept(most=KEPT)
def _tokens(tokenizer: Any, files: str | None, most: int, given: _Texts) -> Tokens:
    """The tokens of texts, at most `most` for each; kept, as the networks of a suite share most of their texts.

    `files` is the fingerprint of what the tokenizer reads. Raises DataError for a text without a token, nothing of
    which could be read but padding, and as `token_rows` does.
    """
    made = tokenizer()
    rows = token_rows(made, [str(text) for text in given.texts], most)
    lengths = torch.tensor([len(row) for row in rows])
    if not lengths.all():
        row = int(lengths.argmin())
        raise DataError(f"row {row}: the family's tokenizer makes no token of the text {str(given.texts[row])!r}")
    return Tokens(torch.from_numpy(np.concatenate(rows)), lengths, padding_of(made))
