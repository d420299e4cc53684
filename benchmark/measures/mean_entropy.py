"""Mean entropy of the neurons: intra-neuron diversity. Over all taps, and over the last tap alone."""

import numpy as np

from benchmark.estimator import Settings
from benchmark.measures._neurons import entropies, over_all_taps, over_last_tap
from benchmark.types import Measure, Outputs, Value

REFERENCE = "Bansal, Pruthi, Belinkov 2022, section 3.1"


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean binned entropy of all neurons, in nats, and of those of each tap. Undefined where all are constant."""
    by_tap = entropies(outputs.activations, settings)
    return over_all_taps(outputs.activations, by_tap, np.concatenate(list(by_tap.values())))


def compute_last(outputs: Outputs, settings: Settings) -> Value:
    """The same over the neurons of the last tap."""
    return over_last_tap(outputs.activations, entropies(outputs.activations, settings))


MEASURES = (
    Measure(
        name="mean-entropy",
        better={"heuristic": "high", "example-level": "low"},
        needs=("activations",),
        compute=compute,
        reference=REFERENCE,
    ),
    Measure(
        name="mean-entropy-last",
        better={"heuristic": "high", "example-level": "low"},
        needs=("activations",),
        compute=compute_last,
        reference=REFERENCE,
    ),
)
