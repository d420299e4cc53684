r"""How many values are above zero, and how many units hardly ever are. Over all taps.

$$\frac{1}{S N} \sum_{s=1}^{S} \sum_{i=1}^{N} [a_{is} > 0], \qquad
\frac{1}{N} \sum_{i=1}^{N} [h_i \le 0.025\, \bar{h}], \qquad h_i = \frac{1}{S} \sum_{s=1}^{S} \max(a_{is}, 0)$$

$a_{is}$ is the activation of neuron $i$ on example $s$, and $[\ldots]$ is 1 where that holds, else 0. $\bar{h}$ is the
mean of $h_i$ over the neurons of the same tap. The first number is the share of active values, so a low value means a
sparse network. The second is the share of dormant units; in a tap that is nowhere above 0 all are dormant.

They fail where taps do not lie before a ReLU, as zero then means nothing: behind a sigmoid all values are above it. How
many values are active hangs on the initial biases and on the learning rate. No sign is fixed for them. Both kinds have
what the sources claim: sparse activations (Glorot et al.) and few dormant units (Sokar et al.) are good.
"""

import numpy as np
from numpy.typing import NDArray

from benchmark.estimator import Settings
from benchmark.types import Measure, Outputs, Value

THRESHOLD = 0.025


def compute_active(outputs: Outputs, settings: Settings) -> Value:
    """Share of the activations of all taps that are above 0, and that of each tap."""
    return _shares({tap: matrix > 0 for tap, matrix in outputs.activations.by_tap.items()})


def compute_dormant(outputs: Outputs, settings: Settings) -> Value:
    """Share of the neurons of all taps that are dormant, and that of each tap."""
    return _shares({tap: _dormant(matrix) for tap, matrix in outputs.activations.by_tap.items()})


def _dormant(matrix: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which neurons (N,) of a tap are dormant."""
    means = np.maximum(matrix, 0).mean(axis=0, dtype=np.float64)
    return np.asarray(means <= THRESHOLD * means.mean())


def _shares(by_tap: dict[str, NDArray[np.bool_]]) -> Value:
    whole = sum(int(mask.sum()) for mask in by_tap.values()) / sum(mask.size for mask in by_tap.values())
    return Value(whole, per_tap={tap: float(mask.mean()) for tap, mask in by_tap.items()})


MEASURES = (
    Measure(
        name="activation-sparsity",
        better={"heuristic": "low", "example-level": "low"},
        needs=("activations",),
        compute=compute_active,
        reference="Glorot, Bordes, Bengio 2011, Deep sparse rectifier neural networks",
        summary="Share of the activations of all taps that are above 0: low is sparse.",
        on_request=True,
    ),
    Measure(
        name="dormant-units",
        better={"heuristic": "low", "example-level": "low"},
        needs=("activations",),
        compute=compute_dormant,
        reference="Sokar, Agarwal, Castro, Evci 2023, The dormant neuron phenomenon, definition 3.1",
        summary="Share of the neurons of all taps that are hardly ever above 0.",
        on_request=True,
    ),
)
