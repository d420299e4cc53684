"""What the measures over all candidates share: the candidates in one order, and their predictions as one text of bytes.

In: the outputs of one network with its peers. Out: what is the same for each of the candidates.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmark.types import Outputs


@dataclass(frozen=True)
class Votes:
    """The classes (Q, S) that Q candidates predict for S examples, as bytes: equal and hashable by what they hold.

    Every candidate is given the same votes, so a function of them that is `kept` computes once for all candidates.
    """

    content: bytes
    candidates: int
    classes: int

    @property
    def predicted(self) -> NDArray[np.int64]:
        """The classes (Q, S)."""
        return np.frombuffer(self.content, dtype=np.int16).reshape(self.candidates, -1).astype(np.int64)


def candidates(outputs: Outputs) -> list[Outputs]:
    """A network and its peers in the order of their keys, which is the same whoever of them is asked."""
    return sorted((outputs, *outputs.peers), key=lambda one: one.key)


def votes(outputs: Outputs) -> tuple[Votes, int]:
    """What all candidates predict, and which of them the network is."""
    found = candidates(outputs)
    predicted = np.array([one.logits.argmax(axis=1) for one in found], dtype=np.int16)
    return Votes(predicted.tobytes(), len(found), outputs.logits.shape[1]), found.index(outputs)
