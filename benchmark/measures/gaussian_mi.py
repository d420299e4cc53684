r"""Mean MI of pairs of neurons by a Gaussian copula: a cheap form of mean MI. Over all taps, and of the first.

$$\frac{2}{N (N - 1)} \sum_{i < j} -\frac{1}{2} \ln(1 - r_{ij}^2)$$

$r_{ij}$ is the correlation of the normal scores of the neurons $i$ and $j$. The normal score of a value is the quantile
of the normal distribution at its rank among the $S$ examples over $S + 1$, and equal values have the mean of their
ranks. $|r_{ij}|$ counts as at most $1 - 10^{-6}$, and a pair with a constant neuron as 0. Of several taps the pairs
within each are averaged over, whatever the scope.

It fails where neurons depend on each other by anything but a monotone function: it is a lower bound of the MI that they
have, and 0 for a neuron and its square. Ranks of values that are equal, as zeros behind a ReLU are, are not normal. The
hypotheses are those of mean MI. It is undefined where there is no pair and where all neurons are constant.
"""

from dataclasses import replace

from benchmark.estimator import Settings
from benchmark.measures._normal_scores import mean_information
from benchmark.measures._spectra import first_tap
from benchmark.types import Measure, Outputs, Value

REFERENCE = (
    "Ince et al. 2017, Information theory for neuroimaging by a Gaussian copula; as diversity: Bansal et al. 2022"
)


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean MI over the pairs within each tap, in nats, and that of each tap by itself."""
    taps = list(outputs.activations.by_tap)
    per_tap = {tap: mean_information(outputs.activations, [tap]).value for tap in taps}
    return replace(mean_information(outputs.activations, taps), per_tap=per_tap)


def compute_first(outputs: Outputs, settings: Settings) -> Value:
    """Mean MI over the pairs within the first tap, in nats."""
    return mean_information(outputs.activations, [first_tap(outputs.activations)])


MEASURES = (
    Measure(
        name="gaussian-mi",
        better={"heuristic": "low", "example-level": "high"},
        needs=("activations",),
        compute=compute,
        reference=REFERENCE,
        summary="Mean mutual information of pairs of neurons by a Gaussian copula, over all taps.",
        on_request=True,
    ),
    Measure(
        name="gaussian-mi-first",
        better={"heuristic": "low", "example-level": "high"},
        needs=("activations",),
        compute=compute_first,
        reference=REFERENCE,
        summary="Mean mutual information of the pairs in the first tap alone, by a Gaussian copula.",
        on_request=True,
    ),
)
