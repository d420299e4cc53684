"""RankMe of the last tap: the exponential of the entropy of its singular values."""

import numpy as np

from memorank import Measure, Outputs, Settings, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    last = list(outputs.activations.by_tap.values())[-1].astype(np.float64)
    singular = np.linalg.svd(last, compute_uv=False)
    if not singular.any():
        return Value(None, reason="every activation is 0")
    shares = singular / singular.sum() + 1e-7
    return Value(float(np.exp(-(shares * np.log(shares)).sum())))


MEASURE = Measure(
    name="my-rankme",
    better={"heuristic": "high", "example-level": "high"},
    needs=("activations",),
    compute=compute,
    reference="Garrido et al. 2023, equation 2",
)
