"""The conformance checks of a measure or a metric, on made outputs of one network.

In: the entry. Out: for each check what is wrong, None where nothing is.
"""

from collections.abc import Callable
from dataclasses import replace
from math import isfinite
from typing import Any, cast

import numpy as np

from benchmark.estimator import Settings
from benchmark.measures import MEASURES
from benchmark.types import Activations, History, Measure, Metric, Outputs, Value

EXAMPLES = 60


def made_outputs() -> Outputs:
    """A small network's outputs: two taps, three classes, two groups."""
    generator = np.random.default_rng(0)
    logits = generator.normal(size=(EXAMPLES, 3)).astype(np.float32)
    by_tap = {name: generator.normal(size=(EXAMPLES, 5)).astype(np.float32) for name in ("first", "last")}
    history = History(steps=10, losses=(1.0, 0.5), weight_norms=(1.0, 2.0), stopped="loss")
    rows = np.arange(EXAMPLES)
    return Outputs("made", Activations(by_tap), logits, rows % 3, rows % 2, history)


def gives_a_number(entry: Measure | Metric) -> str | None:
    """A finite number, or None with the reason."""
    found = _compute(entry, made_outputs())
    if not isinstance(found, Value):
        return f"compute returns {type(found).__name__}, not a Value"
    if found.value is None:
        return None if found.reason else "the value is None without a reason"
    return None if isfinite(found.value) else f"the value is {found.value}: an undefined number is None with a reason"


def is_deterministic(entry: Measure | Metric) -> str | None:
    """The same outputs give the same number."""
    first, second = (_compute(entry, made_outputs()).value for _ in range(2))
    same = first == second or (first != first and second != second)  # NaN is said by the check before
    return None if same else f"the same outputs give {first}, then {second}"


def reads_what_it_declares(entry: Measure | Metric) -> str | None:
    """What `needs` does not name makes no difference."""
    given = made_outputs()
    other = {
        "activations": replace(given, activations=Activations({"first": np.ones((EXAMPLES, 5), np.float32)})),
        "predictions": replace(given, logits=-given.logits),
        "labels": replace(given, labels=np.full_like(given.labels, 2)),
        "groups": replace(given, groups=np.ones(EXAMPLES, np.int64)),
        "history": replace(given, history=History(99, (9.0,), (9.0,), "max-epochs")),
    }
    expected = _compute(entry, given).value
    if expected is None or _compute(entry, given).value != expected:
        return None  # said by the checks before
    for part, changed in other.items():
        if part not in entry.needs and _compute(entry, changed).value != expected:
            return f"it reads {part}, which needs=... does not declare"
    return None


def anchors_a_measure(entry: Measure) -> str | None:
    """What it compares with its anchor is a measure of one network."""
    return (
        f"{entry.anchored.of} is anchored itself" if entry.anchored and MEASURES[entry.anchored.of].anchored else None
    )


def _compute(entry: Measure | Metric, outputs: Outputs) -> Value:
    settings = (Settings(),) if isinstance(entry, Measure) else ()
    compute: Any = entry.compute
    return cast(Value, compute(outputs, *settings))


NUMBER_CHECKS: dict[str, Callable[[Measure | Metric], str | None]] = {
    "gives-a-number": gives_a_number,
    "is-deterministic": is_deterministic,
    "reads-what-it-declares": reads_what_it_declares,
}
