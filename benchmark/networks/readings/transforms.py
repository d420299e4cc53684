"""Logits on transformed inputs: transforms that keep the task, those that destroy it, noise, and means of two inputs.

The arrays are `keeping/NAME` and `destroying/NAME` for each transform of the suite. Of numbers there are also `noise`,
the logits of x + 0.1 g, where g is standard normal times the standard deviation of the inputs; and `mixup`, the logits
of (x + x') / 2, where x' is another of the inputs, whose own logits are in `mixup/partner`. All are (S, K).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmark.networks.readings._transformed import transformed
from benchmark.reading import Arrays, AtHand, Reading

NOISE = 0.1  # of the standard deviation of the inputs


def compute(at_hand: AtHand) -> Arrays:
    """The logits (S, K) of every transform."""
    inputs, transforms = at_hand.inputs, at_hand.transforms
    found: dict[str, NDArray[Any]] = {}
    for role, named in (("keeping", transforms.keeping), ("destroying", transforms.destroying)):
        found |= {f"{role}/{name}": at_hand.logits(made) for name, made in transformed(inputs, named)}
    if inputs.dtype.kind == "f":
        found["noise"] = at_hand.logits(noisy(inputs, np.random.default_rng([*b"noise"])))
        partners = np.random.default_rng([*b"mixup"]).permutation(len(inputs))
        found["mixup"] = at_hand.logits((inputs + inputs[partners]) / np.float32(2))
        found["mixup/partner"] = at_hand.logits(inputs)[partners]
    return found


def noisy(inputs: NDArray[np.float32], generator: np.random.Generator) -> NDArray[np.float32]:
    """Inputs (S, ...) with normal noise of a tenth of their standard deviation."""
    noise = generator.standard_normal(inputs.shape, dtype=np.float32)
    return np.asarray(inputs + np.float32(NOISE * inputs.std()) * noise)


READING = Reading(
    name="transforms",
    axis="examples",
    compute=compute,
    reference="Puli et al. 2022 for transforms that destroy, Deng et al. 2022 for those that keep, Zhang et al. 2018",
)
