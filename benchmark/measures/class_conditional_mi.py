r"""Mean MI of pairs of neurons inside the classes that the network predicts: diversity beyond the prediction.

$$\frac{\sum_c n_c M_c}{\sum_c n_c}, \qquad
M_c = \frac{2}{N (N - 1)} \sum_{i < j} -\frac{1}{2} \ln(1 - r_{ijc}^2)$$

$n_c$ is how many examples are predicted as class $c$, and $r_{ijc}$ is the correlation of the normal scores of the
neurons $i$ and $j$ among these examples alone (see `gaussian-mi`). Classes of fewer than 10 examples are left out.
Inside a class a neuron that is constant there shares nothing. Of several taps the pairs within each are averaged over.

It fails where classes are small: neurons that are independent share about $1 / 2 n_c$ nats. In a pilot it ordered
networks as mean MI did, and picked the worse ones among networks trained on the same data as mean MI did. The
hypotheses are those of mean MI. It is undefined where `gaussian-mi` is, and where no class is predicted 10 times.
"""

import numpy as np

from benchmark.estimator import Settings
from benchmark.measures._normal_scores import mean_information, undefined_reason
from benchmark.types import Activations, Measure, Outputs, Value

FEWEST = 10


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean over the predicted classes, weighted by their sizes, of the mean MI inside each, in nats; also of each tap.

    Class means, and not the pairs of all classes, are averaged, so that a class counts by its examples.
    """
    taps, predicted = list(outputs.activations.by_tap), outputs.logits.argmax(axis=1)
    rows = [np.flatnonzero(predicted == c) for c in np.unique(predicted)]
    parts = [outputs.at(inside).activations for inside in rows if len(inside) >= FEWEST]
    reason = undefined_reason(outputs.activations, taps)
    if reason or not parts:
        return Value(None, reason=reason or f"no class is predicted for {FEWEST} examples")
    per_tap = {tap: None if undefined_reason(outputs.activations, [tap]) else _mean(parts, [tap]) for tap in taps}
    return Value(_mean(parts, taps), per_tap=per_tap)


def _mean(parts: list[Activations], taps: list[str]) -> float:
    sizes = [len(part.by_tap[taps[0]]) for part in parts]
    return float(np.average([mean_information(part, taps).value or 0.0 for part in parts], weights=sizes))


MEASURE = Measure(
    name="class-conditional-mi",
    better={"heuristic": "low", "example-level": "high"},
    needs=("activations", "predictions"),
    compute=compute,
    reference="none: the MI of Ince et al. 2017 inside each predicted class",
    on_request=True,
)
