"""Outputs with what readings have taken, from arrays that a test has made up."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from made_outputs import A, outputs
from numpy.typing import NDArray

from benchmark.estimator import Settings
from benchmark.measures import MEASURES
from benchmark.types import Axis, Outputs, Taken, Value

Arrays = Mapping[str, NDArray]
BY_EXAMPLE = (
    "transforms",
    "gradients",
    "weight-noise",
    "training-neighbours",
    "unit-ablation",
)  # all others are of the network as a whole


def read(logits: NDArray | None = None, **readings: Arrays) -> Outputs:
    """Outputs with these logits (S, K) and readings, "_" in the name of one standing for "-"."""
    named = {name.replace("_", "-"): arrays for name, arrays in readings.items()}
    axes: dict[str, Axis] = {name: "examples" if name in BY_EXAMPLE else "network" for name in named}
    made = outputs(A) if logits is None else outputs(np.zeros((len(logits), 1)))
    own = made.logits if logits is None else np.asarray(logits, dtype=np.float32)
    return replace(made, logits=own, readings={name: Taken(axes[name], arrays) for name, arrays in named.items()})


def value(name: str, given: Outputs) -> Value:
    """A measure of these outputs, which it may read no other readings of than those that it names."""
    measure = MEASURES[name]
    assert callable(measure.compute)
    assert measure.on_request
    return measure.compute(replace(given, readings={one: given.readings[one] for one in measure.readings}), Settings())


def number(name: str, given: Outputs) -> float:
    found = value(name, given).value
    assert found is not None
    return found


def one_hot(classes: NDArray, count: int, scale: float = 1.0) -> NDArray[np.float32]:
    """Logits (S, K) whose largest is that of the classes (S,)."""
    return np.asarray(scale * np.eye(count)[classes], dtype=np.float32)
