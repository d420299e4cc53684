r"""Mean entropy of the neurons: intra-neuron diversity. Over all taps, and over the last tap alone.

$$\frac{1}{N} \sum_{i=1}^{N} H_i, \qquad H_i = -\sum_{b=1}^{B} p_{ib} \ln\, p_{ib}$$

$p_{ib}$ is the share of the $S$ examples on which neuron $i$ lies in bin $b$. The bins are of one width. By default
there are $B = 100$ of them, over the range of all neurons of the tap, so that $0 \le H_i \le \ln\, B$.

It fails where the range tells more than the neurons: a neuron of large scale, or one outlier, puts all others into few
bins (`edges: robust` and `edges: per-neuron` answer that). Which sign is good hangs on the tap, on the bins, and on
whether the tap lies before or after the ReLU. The estimate is too low by about $(B - 1) / 2S$ where all bins are in
use, so networks are to be compared on equally many examples.
"""

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
    """Mean binned entropy of the neurons of the last tap, in nats. Undefined if all are constant."""
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
