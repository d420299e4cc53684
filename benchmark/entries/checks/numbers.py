"""The conformance checks of a measure or a metric, on made outputs of networks.

In: the entry. Out: for each check what is wrong, None where nothing is.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from benchmark.entries.checks.made_networks import at_hand
from benchmark.estimator import Settings
from benchmark.measures import MEASURES
from benchmark.networks.readings import READINGS
from benchmark.reading import take
from benchmark.record import ValueContent
from benchmark.run_folder import store
from benchmark.scoring import score as scoring
from benchmark.scoring.more import More
from benchmark.scoring.subsampling import halves
from benchmark.types import Activations, History, Measure, Metric, Outputs, Taken, Value

EXAMPLES = 60
FEWER = 41  # of the other network: no multiple of anything
PEERS = 3  # beside each of them
NEURONS = {"0": 1, "features.last": 12}  # of the other network's taps


def made_outputs(number: int = 0) -> Outputs:
    """A small network's outputs: two taps, three classes, two groups. The other numbers are those of its peers."""
    generator = np.random.default_rng([0, number] if number else 0)
    logits = generator.normal(size=(EXAMPLES, 3)).astype(np.float32)
    by_tap = {name: generator.normal(size=(EXAMPLES, 5)).astype(np.float32) for name in ("first", "last")}
    history = History(steps=10, losses=(1.0, 0.5), weight_norms=(1.0, 2.0), stopped="loss")
    rows = np.arange(EXAMPLES)
    return Outputs(f"made-{number}" if number else "made", Activations(by_tap), logits, rows % 3, rows % 2, history)


def other_outputs(grouped: bool, number: int = 0) -> Outputs:
    """Those of another: a tap of one neuron, dead neurons, two classes of which it predicts one, one epoch."""
    generator = np.random.default_rng([1, number] if number else 1)
    by_tap = {name: generator.normal(size=(FEWER, width)).astype(np.float32) for name, width in NEURONS.items()}
    by_tap["features.last"][:, 3:6] = 0.0
    logits = np.tile(np.array([2.0, -1.0], dtype=np.float32), (FEWER, 1))
    rows = np.arange(FEWER)
    groups = rows // 2 % 2 if grouped else None
    history = History(1, (0.7,), (1.0,), "max-epochs")
    return Outputs(f"other-{number}" if number else "other", Activations(by_tap), logits, rows % 2, groups, history)


def more_for(entry: Measure, outputs: Outputs) -> More:
    """What a measure needs beside these made outputs: what its readings take from a made network, and made peers.

    What is taken is from a network of images with as many examples and classes as the outputs have.
    """
    made = at_hand("image", *outputs.logits.shape)
    readings = {name: take(READINGS[name], made) for name in entry.readings}
    if entry.over == "one":
        return More(readings)
    other = outputs.key.startswith("other")
    peers = [other_outputs(False, one) if other else made_outputs(one) for one in range(1, PEERS + 1)]
    if entry.over == "candidates":
        peers = [replace(peer, activations=Activations({})) for peer in peers]
    if isinstance(held_out := readings.get("held-out-as-given"), Taken):
        turned = [np.roll(held_out["logits"], place + 1, axis=0) for place in range(PEERS)]
        taken = [{"held-out-as-given": Taken("network", {"logits": logits})} for logits in turned]
        peers = [replace(peer, readings=own) for peer, own in zip(peers, taken, strict=True)]
    return More(readings, {entry.over: tuple(peers)})


def gives_a_number(entry: Measure | Metric) -> str | None:
    """A finite number, or None with the reason; all that is beside it is plain data."""
    found = _compute(entry, made_outputs())
    return "the value is None without a reason" if found.value is None and not found.reason else None


def is_deterministic(entry: Measure | Metric) -> str | None:
    """The same outputs give the same number, and the same beside it."""
    first, second = (_compute(entry, made_outputs()) for _ in range(2))
    if first.value != second.value:
        return f"the same outputs give {first.value}, then {second.value}"
    one, two = (dict(scoring.as_kept(value)) for value in (first, second))
    other = [part for part in one if one[part] != two.get(part)]
    return f"the same outputs give another {other[0]} the second time" if other else None


def reads_other_networks(entry: Measure | Metric) -> str | None:
    """It can be computed on a network with other taps, classes and examples, and on halves of its neurons."""
    found = _recorded(entry, other_outputs("groups" in entry.needs))
    return "the value of a network with dead neurons is None without a reason" if _unsaid(found) else None


def is_kept(entry: Measure | Metric) -> str | None:
    """A record with what it gives can be read back."""
    found = _recorded(entry, made_outputs())
    role = ("measures", "metrics") if isinstance(entry, Measure) else ("metrics", "measures")
    record = {"work": "score", "outcome": "done", "identity": {}, "provenance": {"seconds": 0.0}}
    record |= {role[0]: {entry.name: found}, role[1]: {}}
    store.check_sealed(store.sealed("made", record, {}))
    return None


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
    if isinstance(entry, Metric):
        return scoring.computed(entry.compute, entry.name, outputs)
    more = more_for(entry, outputs)
    if reason := more.lacking(entry):
        return Value(None, reason=reason)
    return scoring.computed(entry.compute, entry.name, more.given_to(entry, outputs, ())[0], Settings())


def _recorded(entry: Measure | Metric, outputs: Outputs) -> ValueContent:
    """As a run computes it for a record."""
    if isinstance(entry, Metric):
        return scoring.as_kept(_compute(entry, outputs))
    given = {"evaluation": outputs, "in-distribution": outputs}
    return scoring.measured(entry, given, outputs, halves(outputs, Settings()), Settings(), more_for(entry, outputs))


def _unsaid(found: ValueContent) -> bool:
    return found["value"] is None and not found["reason"]


NUMBER_CHECKS: dict[str, Callable[[Measure | Metric], str | None]] = {
    "gives-a-number": gives_a_number,
    "is-deterministic": is_deterministic,
    "reads-what-it-declares": reads_what_it_declares,
    "reads-other-networks": reads_other_networks,
    "is-kept": is_kept,
}
