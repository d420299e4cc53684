"""Pictures as inputs of a network: kept in bytes, and made floats batch by batch, so that thousands fit the memory.

In: bytes of pictures, and how a network wants its colours. Out: `Inputs`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

BATCH = 64  # pictures that are read at once


@dataclass(frozen=True)
class PictureInputs:
    """Pictures (S, 3, H, W) of bytes; the network gets them from 0 to 1, less `mean` (3,), over `deviation` (3,)."""

    bytes: Tensor
    mean: Tensor
    deviation: Tensor

    @property
    def device(self) -> torch.device:
        """The device that they are on."""
        return self.bytes.device

    def __len__(self) -> int:
        return len(self.bytes)

    def __getitem__(self, rows: Tensor) -> "PictureInputs":
        return PictureInputs(self.bytes[rows], self.mean, self.deviation)

    def arguments(self, rows: Tensor) -> tuple[Tensor, ...]:
        """The pictures of these rows (B, 3, H, W) in float32."""
        pictures = self.bytes[rows].float() / 255
        return ((pictures - self.mean[:, None, None]) / self.deviation[:, None, None],)

    def epoch(self, batch_size: int) -> Sequence[Tensor]:
        """Nothing is trained on them. Raises TypeError."""
        raise TypeError("pictures of one's own are read, not trained on")

    def reading(self) -> Sequence[Tensor]:
        """In their own order."""
        return list(torch.arange(len(self), device=self.device).split(BATCH))
