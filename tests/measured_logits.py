"""What a measure of predictions makes of given logits."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from made_outputs import A, outputs

from benchmark.estimator import Settings
from benchmark.types import Outputs, Value

Compute = Callable[[Outputs, Settings], Value]


def number(compute: Compute, logits: np.ndarray) -> float:
    value = measured(compute, logits).value
    assert value is not None
    return value


def reason(compute: Compute, logits: np.ndarray) -> str:
    found = measured(compute, logits)
    assert found.value is None
    return str(found.reason)


def measured(compute: Compute, logits: np.ndarray) -> Value:
    return compute(replace(outputs(A), logits=np.asarray(logits).astype(np.float32)), Settings())


def drawn(seed: int, samples: int, classes: int, scale: float = 1.0) -> np.ndarray:
    """Logits (S, K) of float32 numbers, as a network gives them."""
    return (scale * np.random.default_rng(seed).normal(size=(samples, classes))).astype(np.float32)


def certain(classes: np.ndarray, count: int) -> np.ndarray:
    """Logits by which each example is certainly of its class."""
    return (1e4 * np.eye(count)[classes]).astype(np.float32)


def shuffled(logits: np.ndarray, seed: int = 9) -> np.ndarray:
    """The same logits in another order of the examples."""
    return logits[np.random.default_rng(seed).permutation(len(logits))]
