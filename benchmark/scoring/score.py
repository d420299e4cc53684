"""From one network's outputs to the numbers of its record.

In: outputs on every kind of inputs, which of them measures read, the estimators' settings, the suite's metrics. Out:
measures and metrics with their values per tap, what figures need later, and warnings.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from benchmark.estimator import NearestSettings, Settings
from benchmark.measures import MEASURES, _neurons
from benchmark.metrics import METRICS
from benchmark.plain.packing import packed
from benchmark.process.costs import costing
from benchmark.record import MeasuredContent, Scores, TapNumbers, ValueContent
from benchmark.scoring.more import NOTHING, More
from benchmark.scoring.subsampling import for_halves, halves
from benchmark.scoring.values import plain_value
from benchmark.types import Activations, Anchored, Measure, Metric, Outputs, Value
from registry.errors import in_words
from registry.opened import OWN

TIED_SHARE_WARNED = 0.05
NONE_LEFT = "no held-out example is left for it: the other half of them is judged for the metrics"
QUANTILES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)
MI_BINS = 40
_JUDGED: WeakKeyDictionary[Outputs, dict[Metric, Value]] = WeakKeyDictionary()


def score(
    given: Mapping[str, Outputs],
    read: str,
    settings: Settings,
    measures: Sequence[str],
    metrics: Sequence[str],
    more: More = NOTHING,
) -> Scores:
    """Measures and metrics of one network.

    Args:
        given: Its outputs, by the name of the inputs that they were read on; "evaluation" is among them.
        read: The name of the inputs that measures read, on a seeded sample of at most `settings.samples` examples.
        settings: How entropy and mutual information are estimated.
        measures: Names of measures.
        metrics: Names of metrics; they are always computed on the judged evaluation examples.
        more: What measures need beside the outputs, on the rows that `sampled_rows` says.

    Returns:
        The part of a record that a score cell computes: `samples` read of so many `examples`, `measures`, `metrics`,
        `taps` (entropies, a histogram and quantiles of MI in nats, for figures) and `warnings`.

    Raises:
        ValueError: An activation is not finite (tap, neuron and example are named), or a measure or metric fails or
            returns what no record can keep.
    """
    whole = given[read]
    read_on = sampled(whole, settings.samples)
    return {
        "samples": len(read_on.labels),
        "examples": len(whole.labels),
        "measures": measures_of(given, read, settings, measures, more),
        "metrics": {name: as_kept(value) for name, value in _judged(metrics, given["evaluation"]).items()},
        "taps": tap_details(read_on.activations, settings),
        "warnings": _warnings(read_on.activations, settings),
    }


def measures_of(
    given: Mapping[str, Outputs], read: str, settings: Settings, measures: Sequence[str], more: More = NOTHING
) -> dict[str, MeasuredContent]:
    """The measures alone, as they stand in a record. Arguments and what is raised are those of `score`."""
    _check_finite(given[read].activations)
    read_on = sampled(given[read], settings.samples)
    parts = halves(read_on, settings)
    return {name: measured(MEASURES[name], given, read_on, parts, settings, more) for name in measures}


def measured(
    measure: Measure,
    given: Mapping[str, Outputs],
    read_on: Outputs,
    parts: Sequence[Outputs],
    settings: Settings,
    more: More = NOTHING,
) -> MeasuredContent:
    """A measure as it stands in the record, with its values on halves of the outputs where it reads any.

    Args:
        measure: The measure. A yardstick is computed on the judged in-distribution examples, and not on halves.
        given: The network's outputs by the name of the inputs.
        read_on: The outputs that measures read.
        parts: Halves of these.
        settings: Of the estimators.
        more: What it needs beside the outputs.

    Raises:
        ValueError: The measure fails, or returns what no record can keep.
    """
    name = measure.name
    if measure.yardstick:
        part = judged_part(given["in-distribution"])
        if part is None:
            return {**as_kept(Value(None, reason=NONE_LEFT)), "sub_samples": []}
        return {**as_kept(computed(measure.compute, name, part, settings)), "sub_samples": []}
    if reason := more.lacking(measure):
        return {**as_kept(Value(None, reason=reason)), "sub_samples": []}
    whole, *halved = more.given_to(measure, read_on, parts)
    with costing(f"measure {name}"):
        found = computed(measure.compute, name, whole, settings)
    sub_samples = [computed(measure.compute, name, part, for_halves(settings)).value for part in halved]
    return {**as_kept(found), "sub_samples": sub_samples}


def judged_part(outputs: Outputs) -> Outputs | None:
    """The outputs on the judged examples alone, None where no example is."""
    if outputs.judged is None or outputs.judged.all():
        return outputs
    return outputs.at(np.flatnonzero(outputs.judged)) if outputs.judged.any() else None


def computed(compute: Callable[..., Value] | Anchored, name: str, given: Outputs, *settings: Settings) -> Value:
    """Call a measure or a metric, and make what it returns plain.

    Args:
        compute: The function of the entry. Code from outside gets a copy of the outputs, so that whatever it does to
            them changes no other number.
        name: The name of the entry, for errors.
        given: The outputs.
        settings: Those of the estimators for a measure, nothing for a metric.

    Raises:
        ValueError: `compute` raises anything, or returns what no record can keep.
    """
    called: Any = compute  # whatever it is: where it cannot be called the error says so
    try:
        found = called(given if _is_own(compute) else deepcopy(given), *settings)
    except (Exception, SystemExit) as error:  # a measure may be anybody's code
        raise ValueError(f"{name}: {in_words(error)}") from error
    try:
        return plain_value(found, len(given.labels))
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def _is_own(compute: Any) -> bool:
    """Whether it is memorank's own code."""
    while isinstance(compute, partial):
        compute = compute.func
    return str(getattr(compute, "__module__", "")).partition(".")[0] in OWN


def _judged(names: Sequence[str], outputs: Outputs) -> dict[str, Value]:
    """Metrics on the judged examples. They are kept as long as the outputs: scores on other inputs ask for them too."""
    known = _JUDGED.setdefault(outputs, {})
    metrics = {name: METRICS[name] for name in names}
    missing = {name: metric for name, metric in metrics.items() if metric not in known}
    part = judged_part(outputs) if missing else None
    for name, metric in missing.items():
        known[metric] = computed(metric.compute, name, part) if part is not None else Value(None, reason=NONE_LEFT)
    return {name: known[metric] for name, metric in metrics.items()}


def as_kept(value: Value) -> ValueContent:
    """A value as it stands in the record. Fields that the first records did not have are left out where empty."""
    kept: ValueContent = {
        "value": value.value,
        "per_tap": dict(value.per_tap),
        "reason": value.reason,
        "standard_error": value.standard_error,
    }
    if value.details:
        kept["details"] = dict(value.details)
    if value.by_example is not None:
        kept["by_example"] = packed(value.by_example)
    if value.by_chance is not None:
        kept["by_chance"] = value.by_chance
    return kept


def _check_finite(activations: Activations) -> None:
    for tap, matrix in activations.by_tap.items():
        bad = np.argwhere(~np.isfinite(matrix))
        if len(bad):
            example, neuron = bad[0]
            raise ValueError(f"tap {tap!r}, neuron {neuron}: activation {matrix[example, neuron]} on example {example}")


def sampled_rows(examples: int, samples: int) -> NDArray[np.int64]:
    """The rows (S,) of so many examples that measures read: all of them, or the seeded sample."""
    return np.arange(examples) if examples <= samples else _rows(examples, samples)


def sampled(outputs: Outputs, samples: int) -> Outputs:
    """The same outputs on a seeded sample of the examples, the same one for every network of a suite."""
    if len(outputs.labels) <= samples:
        return outputs
    rows, by_tap = _rows(len(outputs.labels), samples), outputs.activations.by_tap
    chosen = outputs.activations.once(
        "sampled", samples, lambda: Activations({tap: matrix[rows] for tap, matrix in by_tap.items()})
    )
    return outputs.at(rows, chosen)


def _rows(examples: int, samples: int) -> NDArray[np.int64]:
    return np.sort(np.random.default_rng(0).permutation(examples)[:samples])


def tap_details(activations: Activations, settings: Settings) -> dict[str, TapNumbers]:
    """Entropy of every neuron, and a histogram and quantiles of the MI of the pairs within each tap."""
    entropies = _neurons.entropies(activations, settings)
    within = _neurons.pairs(activations, settings).within
    dead = _neurons.constant_neurons(activations)
    details: dict[str, TapNumbers] = {}
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
                warnings.append(f"tap {tap}: {share:.0%} of the values are tied, which biases kNN MI; use ties: jitter")
    return warnings
