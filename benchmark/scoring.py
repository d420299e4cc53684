"""From one network's outputs to the numbers of its record.

In: outputs on every kind of inputs, which of them measures read, the estimators' settings, the suite's metrics. Out:
measures and metrics with their values per tap, what figures need later, and warnings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from benchmark.estimator import NearestSettings, Settings
from benchmark.measures import MEASURES, _neurons
from benchmark.metrics import METRICS
from benchmark.strict_json import LARGEST, in_range
from benchmark.subsampling import for_halves, halves
from benchmark.types import Activations, Metric, Outputs, Value

TIED_SHARE_WARNED = 0.05
QUANTILES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)
MI_BINS = 40
_JUDGED: WeakKeyDictionary[Outputs, dict[Metric, Value]] = WeakKeyDictionary()


def score(
    given: Mapping[str, Outputs], read: str, settings: Settings, measures: Sequence[str], metrics: Sequence[str]
) -> dict[str, Any]:
    """The measures on at most `settings.samples` of the examples `read`, the metrics on all evaluation examples.

    Raises ValueError that names tap and neuron for activations that are not finite.
    """
    measured = given[read]
    _check_finite(measured.activations)
    read_on = sampled(measured, settings.samples)
    return {
        "samples": len(read_on.labels),
        "examples": len(measured.labels),
        "measures": {name: _measured(name, given, read_on, settings) for name in measures},
        "metrics": {name: _plain(_judged(name, given["evaluation"])) for name in metrics},
        "taps": _tap_details(read_on.activations, settings),
        "warnings": _warnings(read_on.activations, settings),
    }


def _measured(name: str, given: Mapping[str, Outputs], read_on: Outputs, settings: Settings) -> dict[str, Any]:
    """A measure with its values on halves of the outputs, where it reads any; a yardstick on what it reads."""
    measure = MEASURES[name]
    outputs = given["in-distribution"] if measure.yardstick else read_on
    moves = {"activations", "predictions"} & set(measure.needs) and not measure.yardstick
    parts = halves(read_on, settings) if moves else []
    sub_samples = [_computed(measure.compute, name, part, for_halves(settings)).value for part in parts]
    return {**_plain(_computed(measure.compute, name, outputs, settings)), "sub_samples": sub_samples}


def _computed(compute: Any, name: str, *given: Any) -> Value:
    try:
        found = compute(*given)
    except (Exception, SystemExit) as error:  # a measure may be anybody's code
        raise ValueError(f"{name}: {type(error).__name__}: {error}") from error
    if not isinstance(found, Value):
        raise ValueError(f"{name}: compute returns {type(found).__name__}, not a Value")
    numbers = [number for number in (found.value, *found.per_tap.values()) if number is not None]
    for number in numbers:
        if not np.isfinite(number):
            raise ValueError(f"{name}: the value is {number}: an undefined number is None with a reason")
        if not in_range(number):
            raise ValueError(f"{name}: the value is {number}: numbers up to {LARGEST:g} can be ranked")
    return found


def _judged(name: str, outputs: Outputs) -> Value:
    """A metric, computed once for as long as the outputs are at hand: other inputs of the network ask for it too."""
    known, metric = _JUDGED.setdefault(outputs, {}), METRICS[name]
    if metric not in known:
        known[metric] = _computed(metric.compute, name, outputs)
    return known[metric]


def _plain(value: Value) -> dict[str, Any]:
    """As it stands in the record: without details where there are none."""
    return {name: part for name, part in asdict(value).items() if name != "details" or part}


def _check_finite(activations: Activations) -> None:
    for tap, matrix in activations.by_tap.items():
        bad = np.argwhere(~np.isfinite(matrix))
        if len(bad):
            example, neuron = bad[0]
            raise ValueError(f"tap {tap!r}, neuron {neuron}: activation {matrix[example, neuron]} on example {example}")


def sampled(outputs: Outputs, samples: int) -> Outputs:
    """The same outputs on a seeded sample of the examples, the same one for every network of a suite."""
    if len(outputs.labels) <= samples:
        return outputs
    rows = _rows(len(outputs.labels), samples)
    return replace(
        outputs,
        activations=_sampled_activations(outputs.activations, samples),
        logits=outputs.logits[rows],
        labels=outputs.labels[rows],
        groups=None if outputs.groups is None else outputs.groups[rows],
    )


@lru_cache(maxsize=1)
def _sampled_activations(activations: Activations, samples: int) -> Activations:
    return Activations({tap: matrix[_rows(len(matrix), samples)] for tap, matrix in activations.by_tap.items()})


def _rows(examples: int, samples: int) -> NDArray[np.int64]:
    return np.sort(np.random.default_rng(0).permutation(examples)[:samples])


def _tap_details(activations: Activations, settings: Settings) -> dict[str, Any]:
    """Entropy of every neuron, and a histogram and quantiles of the MI of the pairs within each tap."""
    entropies = _neurons.entropies(activations, settings)
    within = _neurons.pairs(activations, settings).within
    dead = _neurons.constant_neurons(activations)
    details = {}
    for tap in activations.by_tap:
        counts, edges = within[tap].histogram(MI_BINS)
        details[tap] = {
            "neurons": len(dead[tap]),
            "constant_neurons": int(dead[tap].sum()),
            "tied_share": _neurons.tied_share(activations.by_tap[tap]),
            "entropy": entropies[tap].tolist(),
            "mi_histogram": {"counts": counts.tolist(), "first": float(edges[0]), "last": float(edges[-1])},
            "mi_quantiles": {str(q): within[tap].quantile(q) for q in QUANTILES} if within[tap].count else {},
        }
    return details


def _warnings(activations: Activations, settings: Settings) -> list[str]:
    dead = _neurons.constant_neurons(activations)
    warnings = [
        f"tap {tap}: {int(mask.sum())} of {len(mask)} neurons are constant: entropy 0, MI 0"
        for tap, mask in dead.items()
        if mask.any()
    ]
    if isinstance(settings.mi, NearestSettings) and settings.mi.ties == "plain":
        for tap, matrix in activations.by_tap.items():
            share = _neurons.tied_share(matrix[:, ~dead[tap]]) if not dead[tap].all() else 0.0
            if share > TIED_SHARE_WARNED:
                warnings.append(f"tap {tap}: {share:.0%} of the values are tied, which biases kNN MI; try ties: jitter")
    return warnings
