"""Placebo: a random number for each network, drawn from its key."""

import hashlib

from benchmark.estimator import Settings
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Uniform on [0, 1)."""
    digest = hashlib.sha256(outputs.key.encode()).digest()
    return Value(int.from_bytes(digest[:6], "big") / 2**48)


MEASURE = Measure(
    name="random",
    better={"heuristic": "either", "example-level": "either"},
    needs=("history",),
    compute=compute,
    reference="placebo: along one knob anything monotone ranks well",
)
