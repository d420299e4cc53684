r"""Mean lifetime of the components of the graph of correlated neurons: its persistent homology in dimension 0.

$$\frac{1}{N - 1} \sum_{e \in T} d_e, \qquad d_{ij} = 1 - |r_{ij}|$$

$r_{ij}$ is the correlation of the activations of the neurons $i$ and $j$ of one tap. $T$ is the minimum spanning tree
of the $N$ neurons under the distances $d_{ij}$. Each neuron is a component at distance 0. As the distance grows
components merge, and one of them dies at the length of each edge of $T$. Of several taps all lifetimes are averaged.

It fails as mean MI does, as it reads the same correlations, of each neuron the one with a near neighbour. It falls as
taps grow wider, so networks of unlike widths are not to be compared. No sign is fixed for it. It has that of mean MI
turned round: high is good in heuristic suites, and low in example-level ones. Corneanu et al. build their graph over
the whole network and fit what to make of it. It is undefined where no tap has a pair and where all neurons are
constant; a constant neuron correlates with nothing.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import squareform

from benchmark.estimator import Settings
from benchmark.measures._canonical import canonical_taps
from benchmark.measures._neurons import constant_neurons
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean length of the edges of the minimum spanning trees of all taps, from 0 to 1, and that of each tap."""
    by_tap = {tap: _lifetimes(one.matrix) for tap, one in canonical_taps(outputs.activations).items()}
    dead = constant_neurons(outputs.activations)
    per_tap = {tap: float(x.mean()) if len(x) and not dead[tap].all() else None for tap, x in by_tap.items()}
    lifetimes = np.concatenate(list(by_tap.values()))
    if not len(lifetimes):
        return Value(None, per_tap=per_tap, reason="no pairs: one neuron")
    if all(mask.all() for mask in dead.values()):
        return Value(None, per_tap=per_tap, reason=f"all {sum(map(len, dead.values()))} neurons are constant")
    return Value(float(lifetimes.mean()), per_tap=per_tap)


def _lifetimes(matrix: NDArray[np.float32]) -> NDArray[np.float64]:
    """When each component but the last dies (N - 1,): where single linkage joins two."""
    if matrix.shape[1] < 2:
        return np.zeros(0)
    centred = matrix - matrix.mean(axis=0, dtype=np.float64)
    lengths = np.sqrt((centred**2).sum(axis=0))
    scaled = centred / np.where(lengths > 0, lengths, 1)
    distances = np.maximum(1 - np.abs(scaled.T @ scaled), 0)
    return np.asarray(linkage(squareform(distances, checks=False), "single")[:, 2])


MEASURE = Measure(
    name="correlation-persistence",
    better={"heuristic": "high", "example-level": "low"},
    needs=("activations",),
    compute=compute,
    reference="Corneanu, Escalera, Martinez 2020, Computing the testing error without a testing set",
    on_request=True,
)
