"""Mean mutual information between pairs of neurons: inter-neuron diversity, inverted. Over all taps, and the last."""

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
    """The same over the pairs within the last tap."""
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
