r"""Mean mutual information between pairs of neurons of the first tap alone.

$$\frac{2}{N (N - 1)} \sum_{i < j} I_{ij}$$

$N$ is how many neurons the first tap has, and $I_{ij}$ is the mutual information of two of them, estimated as for mean
MI and with the same settings.

It fails as mean MI does. Among networks trained on the same data the deep taps of mean MI pick the worse ones in a
pilot, and the first tap has not been seen to pick the better ones. The hypotheses are those of mean MI.
"""

from benchmark.estimator import Settings
from benchmark.measures._neurons import over_first_tap, pairs
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean MI over the pairs within the first tap, in nats. Undefined as `mean-mi-last` is."""
    return over_first_tap(outputs.activations, pairs(outputs.activations, settings).within)


MEASURE = Measure(
    name="mean-mi-first",
    better={"heuristic": "low", "example-level": "high"},
    needs=("activations",),
    compute=compute,
    reference="Bansal, Pruthi, Belinkov 2022, section 3.2, of the first tap alone",
    on_request=True,
)
