r"""Mean mutual information between pairs of neurons: inter-neuron diversity, inverted. Over all taps, and the last.

$$\frac{2}{N (N - 1)} \sum_{i < j} I_{ij}, \qquad
I_{ij} = \psi(S) + \psi(k) - \frac{1}{S} \sum_{s=1}^{S} \left[ \psi(n_{is} + 1) + \psi(n_{js} + 1) \right]$$

$n_{is}$ is how many other examples lie closer to example $s$ in neuron $i$ than its neighbour number $k$ does in the
plane of both neurons, where the larger of the two distances counts. $\psi$ is the digamma function, and $k = 3$ by
default (Kraskov, Stoegbauer, Grassberger 2004, estimator 1). With `mi: {kind: binned}` it is
$I_{ij} = H_i + H_j - H_{ij}$ from bins instead. Of several taps the pairs within each tap are averaged over, and in
scope `network` those between taps too.

It fails where values are equal, as zeros behind a ReLU are: the formula is for values that all differ. `ties: jitter`,
the default, moves each of them by a tiny draw, and the estimate is then right; `ties: plain` may give values far below
0. From bins, independent neurons share about $(B - 1)^2 / 2S$ nats. With few examples the mean moves with their number.
It has no scale on which one network is good, and among networks trained on the same data it is not shown to pick one.
"""

from benchmark.estimator import Settings
from benchmark.measures._neurons import over_all_taps, over_last_tap, pairs
from benchmark.types import Measure, Outputs, Value

REFERENCE = "Bansal, Pruthi, Belinkov 2022, section 3.2"


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean MI over the pairs i < j that the scope admits, in nats, and over those within each tap.

    A pair with a constant neuron counts as 0. Undefined where all neurons are constant and where there is no pair.
    """
    found = pairs(outputs.activations, settings)
    return over_all_taps(outputs.activations, found.within, found.admitted)


def compute_last(outputs: Outputs, settings: Settings) -> Value:
    """Mean MI over the pairs within the last tap, in nats. Undefined as `compute` is."""
    return over_last_tap(outputs.activations, pairs(outputs.activations, settings).within)


MEASURES = (
    Measure(
        name="mean-mi",
        better={"heuristic": "low", "example-level": "high"},
        needs=("activations",),
        compute=compute,
        reference=REFERENCE,
        summary="Mean mutual information of pairs of neurons: inter-neuron diversity, inverted.",
    ),
    Measure(
        name="mean-mi-last",
        better={"heuristic": "low", "example-level": "high"},
        needs=("activations",),
        compute=compute_last,
        reference=REFERENCE,
        summary="Mean mutual information of the pairs in the last tap alone.",
    ),
)
