"""Networks and anchors with numbers that are made up: each value moves by the same on each half of the examples."""

from collections.abc import Mapping, Sequence

from benchmark.estimator import Settings
from benchmark.ranking.measuring import Measured
from benchmark.ranking.numbers import NetworkNumbers
from benchmark.ranking.placing import Anchors

MOVED = (0.1, -0.1, 0.05, -0.05)  # by reading half of the examples
FAR: Mapping[str, Sequence[float]] = {"clean": (3.0, 3.2), "shuffled": (2.0, 2.2), "random": (1.0, 1.2)}


def made_numbers(name: str, value: float | None, entropy: float | None = None, **other: object) -> NetworkNumbers:
    """A network of this mean MI, and of the same mean entropy where that is not said."""
    parts: dict[str, object] = {"widths": {"0": 8}, "examples": 300, "how": "labels as given"} | other
    numbers = {"mean-mi": made_number(value), "mean-entropy": made_number(value if entropy is None else entropy)}
    return NetworkNumbers(digest=name, settings=Settings(), numbers=numbers, details={}, **parts)  # type: ignore[arg-type]


def made_number(value: float | None) -> Measured:
    if value is None:
        return Measured(None, "no two neurons")
    return Measured(value, halves=tuple(value + moved for moved in MOVED))


def made_anchors(values: Mapping[str, Sequence[float | None]] = FAR, **other: object) -> Anchors:
    by_kind = {
        kind: {f"{kind} {seed}": made_numbers(f"{kind} {seed}", value, **other) for seed, value in enumerate(own)}
        for kind, own in values.items()
    }
    return Anchors("toy-mlp", "train.npz, its 900 examples, 10 classes", by_kind)
