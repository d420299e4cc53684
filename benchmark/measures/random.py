"""Placebo: a random number for each network, drawn from its key.

It is $u / 2^{48}$, where $u$ are the first 48 bits of the SHA-256 of the network's key. It knows of nothing, and may
still have a tau of 1 by luck: with five networks in one suite of sixty, as it is given the sign that suits it best.
"""

import hashlib

from benchmark.estimator import Settings
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """A number that is uniform on [0, 1) over keys, and the same for the same key."""
    digest = hashlib.sha256(outputs.key.encode()).digest()
    return Value(int.from_bytes(digest[:6], "big") / 2**48)


MEASURE = Measure(
    name="random",
    better={"heuristic": "either", "example-level": "either"},
    needs=("history",),
    compute=compute,
    reference="placebo: along one knob anything monotone ranks well",
)
