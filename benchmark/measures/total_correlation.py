r"""Total correlation and O-information of the neurons of the last tap: what they share all together, per neuron.

$$\mathrm{TC} = -\frac{1}{2N} \ln\, \det R, \qquad
\mathrm{DTC} = \frac{1}{2N} \left( \ln\, \det R + \sum_{i=1}^{N} \ln\, (R^{-1})_{ii} \right), \qquad
\Omega = \mathrm{TC} - \mathrm{DTC}$$

$R = 0.9\, C + 0.1\, I$, where $C$ has the correlations of the normal scores of the $N$ neurons (see `gaussian-mi`), and
$I$ is the identity. Without that shrinkage the determinant is 0 as soon as there are as many neurons as examples. TC is
what the neurons know of each other, and DTC, the dual total correlation, what is left of their joint entropy without
that which each has alone. The O-information $\Omega$ is above 0 where they repeat each other (redundancy), and below 0
where only several together tell something (synergy).

They fail as mean MI does, which they go along with in a pilot, and the shrinkage bounds them: networks of unlike widths
are not to be compared. The hypotheses are those of mean MI. They are undefined where there is no pair and where all
neurons are constant; a constant neuron shares nothing.
"""

import numpy as np

from benchmark.estimator import Settings
from benchmark.measures._normal_scores import correlations, undefined_reason
from benchmark.measures._spectra import last_tap
from benchmark.types import Activations, Measure, Outputs, Value

SHRINKAGE = 0.1
REFERENCE = "Rosas, Mediano, Gastpar, Jensen 2019, Quantifying high-order interdependencies via the O-information"


def compute_total(outputs: Outputs, settings: Settings) -> Value:
    """Total correlation of the last tap in nats per neuron."""
    return _parts(outputs.activations)[0]


def compute_o(outputs: Outputs, settings: Settings) -> Value:
    """O-information of the last tap in nats per neuron: total correlation minus dual total correlation."""
    return _parts(outputs.activations)[1]


def _parts(activations: Activations) -> tuple[Value, Value]:
    tap = last_tap(activations)
    reason = undefined_reason(activations, [tap])
    if reason:
        return Value(None, reason=reason), Value(None, reason=reason)
    found = correlations(activations)[tap]
    shrunken = (1 - SHRINKAGE) * found + SHRINKAGE * np.eye(len(found))
    log_determinant = np.linalg.slogdet(shrunken).logabsdet
    total = -log_determinant / 2
    dual = (log_determinant + np.log(np.diag(np.linalg.inv(shrunken))).sum()) / 2
    return Value(float(total / len(found))), Value(float((total - dual) / len(found)))


MEASURES = (
    Measure(
        name="total-correlation-last",
        better={"heuristic": "low", "example-level": "high"},
        needs=("activations",),
        compute=compute_total,
        reference=f"Watanabe 1960; {REFERENCE}",
        summary="Total correlation of the neurons of the last tap, per neuron, by a Gaussian copula.",
        on_request=True,
    ),
    Measure(
        name="o-information-last",
        better={"heuristic": "low", "example-level": "high"},
        needs=("activations",),
        compute=compute_o,
        reference=REFERENCE,
        summary="O-information of the neurons of the last tap, per neuron: redundancy minus synergy.",
        on_request=True,
    ),
)
