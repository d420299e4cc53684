"""What the measures that compare a network's answers share: the class that it predicts, before a transform and after.

An answer is the class with the largest logit.
"""

from math import fsum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from benchmark.types import Taken, Value

Role = Literal["keeping", "destroying"]
Answers = NDArray[np.int64]


def answers(logits: NDArray[np.float32]) -> Answers:
    """The predicted classes (S,) of logits (S, K)."""
    return np.asarray(logits.argmax(axis=1))


def under(taken: Taken, role: Role) -> dict[str, NDArray[np.float32]]:
    """The logits under each of the suite's transforms that keep its task, or destroy it, by name."""
    head = f"{role}/"
    return {name.removeprefix(head): taken[name] for name in sorted(taken.arrays) if name.startswith(head)}


def undeclared(role: Role) -> Value:
    """The value of a measure where a suite declares no such transform."""
    does = "keeps" if role == "keeping" else "destroys"
    return Value(None, reason=f"the suite declares no transform that {does} its task")


def shared(first: Answers, second: Answers) -> float:
    """Mutual information of two labellings (S,) of the same examples, plug-in, in nats.

    Its sums are rounded once: neither the order of the examples nor that of the classes changes a bit.

    >>> shared(np.array([0, 1, 0, 1]), np.array([1, 0, 1, 0])) == np.log(2)
    np.True_
    """
    counts = np.zeros((first.max() + 1, second.max() + 1))
    np.add.at(counts, (first, second), 1)
    alone = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0)
    seen = counts > 0
    return fsum(counts[seen] * np.log(counts[seen] * len(first) / alone[seen])) / len(first)


def agreement(first: Answers, second: Answers) -> float:
    """The share of examples with the same answer, from 0 to 1."""
    return int((first == second).sum()) / len(first)
