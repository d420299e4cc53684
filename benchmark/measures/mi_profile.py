r"""MI profile: how much more the neurons of the last tap share than those of the first, on a logarithmic scale.

$$\ln\, M_\mathrm{last} - \ln\, M_\mathrm{first}$$

$M$ is the mean MI of the pairs of neurons within the tap, by a Gaussian copula (the measure `gaussian-mi`).

It fails where training alone moves it: in a pilot it ordered networks of eight crossed recipes, in which the learning
rate tells the accuracy, and not those of other recipes. Of label noise it told nothing there. High is good for both
kinds, as one sign. The number is own work, without a source. It is undefined for networks of one tap, and where either
mean is undefined or 0.
"""

from math import log

from benchmark.estimator import Settings
from benchmark.measures._normal_scores import mean_information
from benchmark.measures._spectra import first_tap, last_tap
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Logarithm of the mean MI within the last tap over that within the first."""
    activations = outputs.activations
    if len(activations.by_tap) < 2:
        return Value(None, reason="one tap: it is the first and the last")
    first, last = (mean_information(activations, [tap(activations)]) for tap in (first_tap, last_tap))
    if first.value is None or last.value is None:
        return Value(None, reason=first.reason or last.reason)
    if not first.value or not last.value:
        return Value(None, reason=f"the mean MI of the {'last' if first.value else 'first'} tap is 0")
    return Value(log(last.value) - log(first.value))


MEASURE = Measure(
    name="mi-profile",
    better={"heuristic": "high", "example-level": "high"},
    needs=("activations",),
    compute=compute,
    reference="none: the difference of logarithms of two values of gaussian-mi (Ince et al. 2017)",
    on_request=True,
)
