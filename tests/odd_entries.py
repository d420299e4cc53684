"""Entries from a small grammar: kinds of numbers, shapes, names, reductions, sizes of batches. Most are sound."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import torch
from torch import nn

from benchmark.estimator import Settings
from benchmark.types import Measure, Outputs, Value
from registry import Condition, Data, Dataset, Examples, ModelFamily, Splits, Tap, TaskSuite, Training

Entry = ModelFamily | TaskSuite | Dataset | Measure
BETTER: Any = {"heuristic": "high", "example-level": "low"}


@dataclass(frozen=True)
class Group:
    """Entries that one plan uses together; what could not even be made is told in `refused`."""

    entries: dict[str, Entry]
    refused: dict[str, str]


def group(number: int) -> Group:
    """A data set, a suite on it, a family for it and a measure, drawn from a number."""
    random, made, refused = Random(number), {}, {}
    image = random.random() < 0.3
    shape = (random.choice([1, 2, 3]), 6, random.choice([6, 7])) if image else (random.choice([1, 2, 5]),)
    classes = random.choice([2, 2, 3, 5])
    for kind, make in (
        ("dataset", lambda: dataset(number, random, shape, classes)),
        ("suite", lambda: suite(number, random, shape, classes)),
        ("family", lambda: family(number, random, image)),
        ("measure", lambda: measure(number, random)),
    ):
        try:
            made[kind] = make()
        except ValueError as error:
            refused[kind] = str(error)
    return Group(made, refused)


INPUTS: list[Callable[[np.ndarray], Any]] = [
    lambda x: x.astype(np.float32),
    lambda x: x,
    lambda x: x.astype(np.float16),
    lambda x: x.astype(">f8"),
    lambda x: (16 * x).astype(np.int16),
    lambda x: torch.from_numpy(x),
    lambda x: x.tolist(),
    lambda x: np.asfortranarray(x),
    lambda x: x[::-1],
    lambda x: np.where(np.arange(len(x)).reshape(-1, *[1] * (x.ndim - 1)) == 3, np.nan, x),
    lambda x: x.astype(complex),
    lambda x: x * 1e30,
]
LABELS: list[Callable[[np.ndarray], Any]] = [
    lambda y: y,
    lambda y: y.astype(np.int32),
    lambda y: y.astype(np.uint8),
    lambda y: y.astype(float),
    lambda y: y.tolist(),
    lambda y: pd.Series(y, index=np.arange(len(y))[::-1]),
    lambda y: pd.Series(y).astype("category"),
    lambda y: torch.from_numpy(y),
    lambda y: y.astype(">i4"),
    lambda y: y[:, None],
    lambda y: y + 0.5,
    lambda y: y.astype(str),
    lambda y: y + 1,
]
CONDITIONS: list[tuple[Any, Any]] = [
    ("alpha", (0.0, 1.0)),
    ("alpha", (0, 1)),
    ("alpha", [0, 0.5]),
    ("alpha", (np.float32(0), np.float32(0.5))),
    ("alpha", np.array([0.0, 0.25])),
    (None, ("clean", "all of it")),
    (None, ("raw|original", "scrubbed, 50 %")),
    (None, ("x" * 100, "é" * 50)),
    ("alpha", (0, 0.0)),
    ("alpha", (1.0, 0.0)),
    (None, ("a/b", "c")),
    (None, ("..", "c")),
    (None, ("x" * 300, "c")),
    (None, ("a\n", "c")),
    ("alpha", (0.0, float("nan"))),
]


def likely(random: Random, options: list[Any], sound: int) -> Any:
    """Nine times out of ten one of the first, which are sound."""
    return random.choice(options[:sound] if random.random() < 0.9 else options)


def points(seed: int, count: int, shape: tuple[int, ...], classes: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    labels = np.arange(count) % classes
    return generator.normal(size=(count, *shape)) + labels.reshape(-1, *[1] * len(shape)), labels


def dataset(number: int, random: Random, shape: tuple[int, ...], classes: int) -> Dataset:
    train = likely(random, [17, 25, 33, 40, 16, 1, 0, 2], 5)
    held_out = likely(random, [20, 23, 8, 40, 1, 3], 4)
    as_inputs, as_labels = likely(random, INPUTS, 9), likely(random, LABELS, 9)
    seeded = random.random() < 0.95

    def load(folder: Path) -> Data:
        parts = []
        for part, count in enumerate((train, held_out)):
            x, y = points(10 * number + part if seeded else np.random.randint(2**30), count, shape, classes)
            parts.append(Examples(as_inputs(x), as_labels(y)))
        return Data(*parts)

    return Dataset(
        name=f"odd-data-{number}",
        modality="image" if len(shape) == 3 else "vector",
        load=load,
        reference="made",
        licence="made",
        size="made",
        origin="generated",
    )


def suite(number: int, random: Random, shape: tuple[int, ...], classes: int) -> TaskSuite:
    knob, conditions = likely(random, CONDITIONS, 8)
    as_inputs, as_labels = likely(random, INPUTS, 9), likely(random, LABELS, 9)
    grouped, told = random.random() < 0.3, likely(random, [True, False], 1)
    seeded = likely(random, [True, False], 1)

    def make(data: Data, condition: Condition, seed: int) -> Splits:
        names = [str(one) for one in made.conditions]
        generator = np.random.default_rng([number, seed, names.index(str(condition))] if seeded else None)
        labels = data.train.labels.copy()
        changed = generator.permutation(len(labels))[: names.index(str(condition)) * len(labels) // 2]
        labels[changed] = (labels[changed] + 1) % classes
        groups = np.arange(len(data.held_out)) // classes % 2 if grouped else None
        held_out = Examples(as_inputs(data.held_out.inputs), data.held_out.labels, groups, ids=data.held_out.ids)
        return Splits(Examples(as_inputs(data.train.inputs), as_labels(labels)), held_out, held_out)

    made = TaskSuite(
        name=f"odd-suite-{number}",
        kind=random.choice(["heuristic", "example-level"]),
        modality="image" if len(shape) == 3 else "vector",
        knob=knob,
        conditions=conditions,
        datasets=(f"odd-data-{number}",),
        default_data=f"odd-data-{number}",
        input_shape=shape if told else (*shape[:-1], shape[-1] + 1),
        num_classes=classes,
        metrics=("accuracy", "compression", "tpr-gap") if grouped else ("accuracy",),
        make=make,
        reference="made",
    )
    return made


class Net(nn.Module):
    """A hidden layer, a normalization, an activation and a head; images are averaged after the hidden layer."""

    def __init__(self, hidden: nn.Module, norm: nn.Module, head: nn.Module, end: Callable[[Any], Any]) -> None:
        super().__init__()
        self.hidden, self.norm, self.act, self.head, self.end = hidden, norm, nn.ReLU(), head, end

    def forward(self, x: torch.Tensor) -> Any:
        x = self.act(self.norm(self.hidden(x)))
        return self.end(self.head(x.mean((2, 3)) if x.ndim == 4 else x))


ENDS: list[Callable[[Any], Any]] = [
    lambda logits: logits,
    lambda logits: 10 * logits.tanh(),
    lambda logits: logits.squeeze(),
    lambda logits: (logits, logits),
    lambda logits: logits.double(),
    lambda logits: logits[:, :1],
    lambda logits: logits - logits.mean(0),
]


def family(number: int, random: Random, image: bool) -> ModelFamily:
    width = random.choice([1, 2, 4, 8])
    norms = [nn.Identity, nn.Dropout, *[nn.BatchNorm2d if image else nn.BatchNorm1d] * 2]
    norm, end = random.choice(norms), likely(random, ENDS, 2)
    how = likely(random, ["torch", "numpy", "constant", "unseeded", "shared", "half", "hard-coded"], 2)
    shared: list[nn.Module] = []

    def build(shape: tuple[int, ...], classes: int) -> nn.Module:
        if how == "shared" and shared:
            return shared[0]
        channels = 2 if how == "hard-coded" else shape[0]
        hidden = nn.Conv2d(channels, width, 3, padding=1) if image else nn.Linear(channels, width)
        network = Net(
            hidden, norm(width) if norm not in (nn.Identity, nn.Dropout) else norm(), nn.Linear(width, classes), end
        )
        if how in ("numpy", "constant", "unseeded"):
            draw = {"constant": np.random.default_rng(1), "unseeded": np.random.default_rng()}.get(how, np.random)
            for parameter in network.parameters():
                parameter.data = torch.from_numpy(draw.normal(size=parameter.shape).astype(np.float32))
        shared.append(network)
        return network.half() if how == "half" else network

    reduce = likely(random, ["spatial-mean", "none", "first-token"] if image else ["none", "spatial-mean"], 1)
    taps = likely(random, [("hidden",), ("hidden", "act"), ("norm",), ("hiden",), ("hidden", "hidden"), ("",)], 3)
    return ModelFamily(
        name=f"odd-family-{number}",
        modality="image" if image else "vector",
        build=build,
        taps=tuple(Tap(tap, reduce) for tap in taps),
        reference="made",
        training=Training(
            learning_rate=likely(random, [1e-2, 1e-3, 1e30], 2),
            batch_size=likely(random, [16, 8, 4, 8, 4, 1000, 3, 1], 7),
            max_epochs=2,
            patience=random.choice([0, 0, 0, 1]),
        ),
    )


NUMBERS: list[Callable[[Any], Any]] = [
    lambda m: float(m.mean()),
    lambda m: m.std(),
    lambda m: np.float64(m.max()),
    lambda m: torch.from_numpy(m).mean(),
    lambda m: np.array(m.min()),
    lambda m: bool(m.mean() > 0),
    lambda m: len(m),
    lambda m: np.int64((m > 0).sum()),
    lambda m: m.mean(axis=0),
    lambda m: float("nan"),
    lambda m: 10**400,
    lambda m: m[0, 1],
    lambda m: None,
    lambda m: "high",
    lambda m: np.log(0.0 * abs(m).sum() + 0.0),
]
BESIDE: list[Callable[[Any], dict[str, Any]]] = [
    lambda m: {},
    lambda m: {"details": {"a": [m.mean(), (1, None, {"b": m.std() > 0})], 3: "x"}},
    lambda m: {"standard_error": m.std()},
    lambda m: {"by_example": m.mean(axis=1)},
    lambda m: {"by_example": list(m[:, 0] > 0)},
    lambda m: {"per_tap": {"hidden": m.mean()}, "by_chance": 1},
    lambda m: {"details": {"a": m}},
    lambda m: {"standard_error": -1.0},
    lambda m: {"by_example": m},
    lambda m: {"details": {"a": {1, 2}}},
    lambda m: {"per_tap": {0: m}},
    lambda m: {"reason": 3},
]


def measure(number: int, random: Random) -> Measure:
    value, beside = likely(random, NUMBERS, 8), likely(random, BESIDE, 6)
    which = likely(random, [-1, 0, "first", "hidden"], 2)

    def compute(outputs: Outputs, settings: Settings) -> Value:
        by_tap = outputs.activations.by_tap
        matrix = [*by_tap.values()][which] if isinstance(which, int) else by_tap[which]
        return Value(value(matrix), **beside(matrix))

    return Measure(
        name=f"odd-measure-{number}", better=BETTER, needs=("activations",), compute=compute, reference="made"
    )
