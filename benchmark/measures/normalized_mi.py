r"""Mean MI over mean entropy: which share of what a neuron tells others tell too. A normal form of mean MI.

$$\frac{\frac{2}{N (N - 1)} \sum_{i < j} I_{ij}}{\frac{1}{N} \sum_{i=1}^{N} H_i}$$

The numerator is the measure `mean-mi` and the denominator `mean-entropy`, with the plan's settings of both: pairs and
neurons of all taps. No two neurons share more than either has: of one tap, and with both from the same bins, the
number has a scale, from 0 to 1.

It fails where mean MI does. With MI from neighbours, the default, and entropy from bins, the two are not of one
partition of the values, and it may pass 1. Wide networks are not made comparable to narrow ones by it where their
neurons differ in what they share and not in what they tell.
"""

from benchmark.estimator import Settings
from benchmark.information.summary import merged, summary
from benchmark.measures._neurons import entropies, over_all_taps, pairs
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean MI of the pairs over mean entropy of the neurons. Undefined where either is, or where all entropy is 0."""
    activations, found = outputs.activations, pairs(outputs.activations, settings)
    by_tap = {tap: summary(values) for tap, values in entropies(activations, settings).items()}
    shared, own = over_all_taps(activations, found.within, found.admitted), merged(by_tap.values()).mean
    if shared.value is None or not own:
        return Value(None, reason=shared.reason or "no neuron has any entropy")
    return Value(shared.value / own)


MEASURE = Measure(
    name="normalized-mi",
    better={"heuristic": "low", "example-level": "high"},
    needs=("activations",),
    compute=compute,
    reference="Strehl, Ghosh 2002, Cluster ensembles, section 3 (MI over entropies); of neurons: Bansal et al. 2022",
    on_request=True,
)
