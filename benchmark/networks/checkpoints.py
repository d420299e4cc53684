"""A training that was killed continues from its last checkpoint, which is written once a minute.

In: network, optimizer and what has been counted so far. Out: one file for each cell, until the cell is published; and
the same state back, to the bit. It is read with torch's weights-only loader, which runs no code, and only if its
checksum is right.
"""

import hashlib
import io
import time
from pathlib import Path

import torch
from torch import nn

from benchmark.process.files import write_file
from registry.regular_files import read_regular

SECONDS = 60.0  # between two checkpoints; a shorter training leaves none
DIGEST = hashlib.sha256().digest_size


class Checkpoint:
    """The checkpoint of one cell."""

    def __init__(self, run: Path, key: str) -> None:
        self._path = run / "checkpoints" / key
        self._last = time.monotonic()

    def restore(self, network: nn.Module, optimizer: torch.optim.Optimizer) -> dict[str, object] | None:
        """Put network, optimizer and generators back into the state that was saved.

        Returns:
            What had been counted, None if there is no usable checkpoint.

        Raises:
            Exception: What torch raises if the state is that of another network. The checkpoint is removed then, so a
                second attempt begins from nothing.
        """
        try:
            content = read_regular(self._path)
        except OSError:
            return None
        if hashlib.sha256(content[DIGEST:]).digest() != content[:DIGEST]:
            return None
        try:
            state = torch.load(io.BytesIO(content[DIGEST:]), weights_only=True, map_location="cpu")
            network.load_state_dict(state["network"])
            optimizer.load_state_dict(state["optimizer"])
            torch.set_rng_state(state["generator"])
            if state["cuda_generators"]:
                torch.cuda.set_rng_state_all(state["cuda_generators"])
            return dict(state["counted"])
        except Exception:
            self.remove()
            raise

    def due(self) -> bool:
        """Whether the last one is a minute old."""
        return time.monotonic() - self._last >= SECONDS

    def save(self, network: nn.Module, optimizer: torch.optim.Optimizer, counted: dict[str, object]) -> None:
        """Write the state, in place of the last one. `counted` holds plain data and tensors."""
        state = {
            "network": network.state_dict(),
            "optimizer": optimizer.state_dict(),
            "generator": torch.get_rng_state(),
            "cuda_generators": torch.cuda.get_rng_state_all() if torch.cuda.is_available() else [],
            "counted": counted,
        }
        self._path.parent.mkdir(exist_ok=True)  # a run folder that was moved is not made anew
        stream = io.BytesIO()
        torch.save(state, stream)
        write_file(self._path, hashlib.sha256(stream.getvalue()).digest() + stream.getvalue())
        self._last = time.monotonic()

    def remove(self) -> None:
        """Remove the file, which may not be there."""
        self._path.unlink(missing_ok=True)
