"""Mean entropy of the neurons: intra-neuron diversity. Over all taps, and over the last tap alone."""

from benchmark.estimator import Settings
from benchmark.information.summary import Summary, merged, summary
from benchmark.measures._neurons import entropies, over_all_taps, over_last_tap
from benchmark.types import Measure, Outputs, Value

REFERENCE = "Bansal, Pruthi, Belinkov 2022, section 3.1"


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean binned entropy of all neurons, in nats, and of those of each tap. Undefined where all are constant."""
    by_tap = _summaries(outputs, settings)
    return over_all_taps(outputs.activations, by_tap, merged(by_tap.values()))


def compute_last(outputs: Outputs, settings: Settings) -> Value:
    """The same over the neurons of the last tap."""
    return over_last_tap(outputs.activations, _summaries(outputs, settings))


def _summaries(outputs: Outputs, settings: Settings) -> dict[str, Summary]:
    return {tap: summary(values) for tap, values in entropies(outputs.activations, settings).items()}


MEASURES = (
    Measure(
        name="mean-entropy",
        better={"heuristic": "high", "example-level": "low"},
        needs=("activations",),
        compute=compute,
        reference=REFERENCE,
        summary="Mean entropy of the neurons of all taps: intra-neuron diversity.",
    ),
    Measure(
        name="mean-entropy-last",
        better={"heuristic": "high", "example-level": "low"},
        needs=("activations",),
        compute=compute_last,
        reference=REFERENCE,
        summary="Mean entropy of the neurons of the last tap alone.",
    ),
)
