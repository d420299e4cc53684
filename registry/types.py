"""The frozen types of the entries: what a family, a suite and a data set are made of."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from registry.arrays import integers, plain_inputs, plain_texts, whole_numbers
from registry.conditions import plain_conditions, plain_words
from registry.fields import (
    Rule,
    a_function,
    a_kind_of,
    a_mapping,
    a_number,
    a_text,
    a_truth,
    a_tuple,
    a_whole_number,
    a_word,
    make_plain,
    or_none,
)
from registry.resources import Resources
from registry.training import Training

if TYPE_CHECKING:
    from torch import nn

Modality = Literal["vector", "image", "text"]
Origin = Literal["published", "stand-in", "generated"]
Kind = Literal["heuristic", "example-level"]
Knob = Literal["alpha", "beta"]
Condition = float | str
Layout = Literal["channels-first", "channels-last"]
Reading = Literal["first-token", "last-token", "mean-of-tokens"]
Reduce = Literal["none", Reading, "spatial-mean"]

MOST_POINTS = 100  # of a side of a plane: a record holds a byte for each point and neuron
LONGEST_NAME = 100  # characters: it is a part of the names of files
MOST_CLASSES = 10**6
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_EVERY: Mapping[str, Rule] = {"name": a_text, "reference": a_text, "version": a_whole_number(0)}  # kind of entry
_FILES = a_mapping(or_none(a_text), '{"train.csv": None}')


def check_name(name: str) -> str:
    """The name itself. Names become file names, table heads and cell keys: lower-case words joined by hyphens.

    Raises ValueError for anything else, and for more than 100 characters.
    """
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not a name: lower-case letters and digits, joined by single hyphens")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"'{name[:20]}...' is too long for a name: at most {LONGEST_NAME} characters")
    return name


def check_word(what: str, word: Any, allowed: Any) -> None:
    """Raises ValueError for a word that is none of those of a Literal type."""
    if word not in get_args(allowed):
        raise ValueError(f"{what} is {word!r}, not one of {', '.join(map(repr, get_args(allowed)))}")


@dataclass(frozen=True)
class Tap:
    """Where activations are read: the output of one module (its first element where it returns a tuple).

    `reduce` makes a matrix (S, N) of it. "none" takes an output (S, N) as it is. Of tokens (S, T, N), "first-token"
    takes [:, 0], "last-token" the last one that is not padding, and "mean-of-tokens" the mean, in float32, over those
    that are not padding. "spatial-mean" averages feature maps over height and width.

    `layout` says which axis of an output with space or tokens holds the N channels: "channels-first" is (S, N, H, W) or
    (S, N, T), "channels-last" is (S, H, W, N) or (S, T, N). Without it the layout is what the module's type or inputs
    of two sizes show; where neither shows it, tokens are (S, T, N) and feature maps are refused.
    """

    module_path: str
    reduce: Reduce = "none"
    layout: Layout | None = None

    def __post_init__(self) -> None:
        make_plain(self, "a tap", module_path=a_text)
        check_word("reduce", self.reduce, Reduce)
        if self.layout is not None:
            check_word("layout", self.layout, Layout)
        if self.layout is not None and self.reduce == "none":
            raise ValueError(f"tap {self.module_path!r} has a layout, which is for a tap that is reduced")


@dataclass(frozen=True)
class Weights:
    """Pretrained weights: files in a folder of that name in the data folder, or in `folder` where it is given.

    `files` are paths or patterns (`*.safetensors`) that must be there, each with its published SHA-256 or None; `extra`
    are files that count where they are there. The bytes of both are part of the keys of the networks that start from
    them. `fetch(folder)` puts them there where a client can.
    """

    name: str
    files: Mapping[str, str | None]
    reference: str
    licence: str
    size: str
    fetch: Callable[[Path], None] | None = None
    folder: Path | None = None
    version: int = 1
    extra: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_name(self.name)
        make_plain(
            self,
            f"weights {self.name!r}",
            **_EVERY,
            files=_FILES,
            size=a_text,
            licence=a_text,
            fetch=or_none(a_function),
            folder=or_none(a_kind_of(Path, 'Path("weights")')),
            extra=a_tuple(a_text, '("tokenizer.json",)', fewest=0),
        )


@dataclass(frozen=True)
class ModelFamily:
    """An architecture and how it is trained and tapped.

    `build(input_shape, num_classes)` returns a torch module from (B, *input_shape) to logits (B, num_classes). A
    "vector" family gets one flat dimension, whatever the suite's examples look like. A "text" family has a `tokenizer`,
    a function without arguments that returns a Hugging Face tokenizer; it builds for (most tokens,) and its module
    takes input_ids and attention_mask, each (B, T); where it has room for fewer tokens, texts are cut to so many. Both
    find pretrained `weights` in the data folder. `resources` say what one cell needs of a cluster's worker. Raise
    `version` when a change moves numbers.
    """

    name: str
    modality: Modality
    build: "Callable[[tuple[int, ...], int], nn.Module]"
    taps: tuple[Tap, ...]
    reference: str
    version: int = 1
    training: Training = field(default_factory=Training)
    tokenizer: Callable[[], Any] | None = None
    weights: Weights | None = None
    resources: Resources = field(default_factory=Resources)

    def __post_init__(self) -> None:
        check_name(self.name)
        check_word("modality", self.modality, Modality)
        if (self.modality == "text") != (self.tokenizer is not None):
            raise ValueError(f"a text family has a tokenizer, and no other: {self.name!r} reads {self.modality} inputs")
        if not isinstance(self.taps, tuple) or not all(isinstance(tap, Tap) for tap in self.taps):
            raise ValueError(f'taps are a tuple of Tap, as in taps=(Tap("0"),), not {self.taps!r}')
        if not self.taps:
            raise ValueError(f"family {self.name!r} has no taps")
        paths = [tap.module_path for tap in self.taps]
        for path in paths:
            if paths.count(path) > 1:
                raise ValueError(f"family {self.name!r} taps {path!r} twice: a module is read once")
        if not isinstance(self.training, Training):
            raise ValueError(f"training is a Training, as in Training(batch_size=64), not {self.training!r}")
        make_plain(
            self,
            f"family {self.name!r}",
            **_EVERY,
            build=a_function,
            tokenizer=or_none(a_function),
            weights=or_none(a_kind_of(Weights, "Weights(name=..., files=...)")),
        )
        if not isinstance(self.resources, Resources):
            raise ValueError(f"resources are a Resources, as in Resources(gpus=1), not {self.resources!r}")


@dataclass(frozen=True)
class Examples:
    """S labelled examples: inputs (S, ...), labels (S,) integers, groups (S,) integers where the data have them.

    Texts are inputs (S,) of numpy's StringDType. `names` (S,) of that type are the names of whom a text is about, with
    spaces between, where the data tell. `ids` (S,) say which example of the data each one was made from: those with
    one number were made from the same one. Lists, tensors and columns of a table become such arrays, whole numbers of
    any kind int64. Raises ValueError for what cannot.
    """

    inputs: NDArray[Any]
    labels: NDArray[np.int64]
    groups: NDArray[np.int64] | None = None
    names: NDArray[Any] | None = None
    ids: NDArray[np.int64] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "inputs", plain_inputs(self.inputs))
        plain = {"labels": whole_numbers, "groups": whole_numbers, "names": plain_texts, "ids": integers}
        for name, made in plain.items():
            if (given := getattr(self, name)) is not None:
                array = made(name, given)
                object.__setattr__(self, name, array)
                if array.shape != (len(self.inputs),):
                    raise ValueError(f"{name} have shape {array.shape} for {len(self.inputs)} inputs")

    def __len__(self) -> int:
        return len(self.inputs)

    def at(self, rows: NDArray[np.int64]) -> "Examples":
        """Some of them, in this order."""
        beside = (None if part is None else part[rows] for part in (self.groups, self.names, self.ids))
        return Examples(self.inputs[rows], self.labels[rows], *beside)


@dataclass(frozen=True)
class Data:
    """A loaded data set, exact duplicates dropped: examples to train on and examples held out."""

    train: Examples
    held_out: Examples


@dataclass(frozen=True)
class Dataset:
    """Where examples come from. `load(folder)` reads them from the data set's own folder in the data folder.

    `files` are the paths or patterns (`train/*.txt`) in that folder that must be there, each with its published SHA-256
    or None; their bytes are the data's fingerprint. A generated data set has none: name and version identify it.
    `or_files` are those of another published form, which counts where it is there. `fetch(folder)` puts the files there
    where a client can. Data sets of one `group` share examples, as a part of MNIST does with the whole, so that suites
    on them are no independent witnesses; "" is a group of its own.
    """

    name: str
    modality: Modality
    load: Callable[[Path], Data]
    reference: str
    licence: str
    size: str
    origin: Origin
    files: Mapping[str, str | None] = field(default_factory=dict)
    or_files: Mapping[str, str | None] = field(default_factory=dict)
    fetch: Callable[[Path], None] | None = None
    group: str = ""
    version: int = 1

    def __post_init__(self) -> None:
        check_name(self.name)
        make_plain(
            self,
            f"data set {self.name!r}",
            **_EVERY,
            modality=a_word(Modality),
            load=a_function,
            licence=a_text,
            size=a_text,
            origin=a_word(Origin),
            files=_FILES,
            or_files=_FILES,
            fetch=or_none(a_function),
            group=a_text,
        )
        if self.group:
            check_name(self.group)


@dataclass(frozen=True)
class Splits:
    """What one network is trained on and measured on.

    `evaluation` depends on neither condition nor seed. `in_distribution` holds held-out examples drawn as the
    condition's own training set. Neither shares an example with `train`. With each other they may: metrics are computed
    on one half of the evaluation examples, and the yardstick on those in distribution that are not of this half.
    """

    train: Examples
    evaluation: Examples
    in_distribution: Examples


def condition_text(condition: "Condition") -> str:
    """A condition as it is written: its name, or its number in as few digits as tell it from others.

    >>> condition_text(0.25), condition_text(1000001.0), condition_text("raw-original")
    ('0.25', '1000001.0', 'raw-original')
    """
    if isinstance(condition, str):
        return condition
    return f"{condition:g}" if float(f"{condition:g}") == condition else repr(condition)


@dataclass(frozen=True)
class Paper:
    """What the paper reports for a suite: its data, its family, and tau by metric and measure (Table 2)."""

    data: str
    family: str
    tau: Mapping[str, Mapping[str, float]]

    def __post_init__(self) -> None:
        taus = a_mapping(a_mapping(a_number, '{"mean-mi": 0.8}'), '{"accuracy": {"mean-mi": 0.8}}')
        make_plain(self, "a paper", data=a_text, family=a_text, tau=taus)


@dataclass(frozen=True)
class Plane:
    """A square of inputs on which a trained network is read, for a picture of what each of its neurons does there.

    `inputs()` returns (side * side, ...) inputs of the suite's shape, row by row from `low` on both axes to `high`; it
    is deterministic.
    """

    low: float
    high: float
    side: int
    inputs: Callable[[], NDArray[np.float32]]

    def __post_init__(self) -> None:
        side = a_whole_number(2, MOST_POINTS)
        make_plain(self, "a plane", low=a_number, high=a_number, side=side, inputs=a_function)
        if not self.low < self.high:
            raise ValueError(f"a plane goes from low to high, not from {self.low} to {self.high}")


@dataclass(frozen=True)
class TaskSuite:
    """One task with its conditions, ordered from least to most memorization.

    `input_shape` is that of one example, of a text (most tokens,): what is longer is cut. A condition is a number, the
    value of `knob` ("alpha" or "beta"; a plan may name any between the first and the last), or, without a knob, one of
    the names listed; `condition_names` are words for values of the knob. `make(data, condition, seed)` returns the
    `Splits`; it is deterministic and the classes of the labels are 0 to num_classes - 1. It passes on the `ids` of the
    held-out examples, as `Examples.at` does; where it does not, rows of one number in `evaluation` and
    `in_distribution` count as made from one example if both are as long as `data.held_out`, else equal inputs do.
    Training sets are of one size unless `equal_sizes` is False. `facts(data)` are (head, text) rows for
    `memorank describe`. Networks are also read on the `plane`, where there is one. `about` tells a reader of a board in
    two sentences what the task is and what can be memorized; `figures` are those of the paper that it stands for, as in
    "2 and 3". Raise `version` when a change moves numbers.
    """

    name: str
    kind: Kind
    modality: Modality
    conditions: tuple[Condition, ...]
    datasets: tuple[str, ...]
    default_data: str
    input_shape: tuple[int, ...]
    num_classes: int
    metrics: tuple[str, ...]
    make: Callable[[Data, Condition, int], Splits]
    reference: str
    knob: Knob | None = None
    condition_names: Mapping[str, float] = field(default_factory=dict)
    paper: Paper | None = None
    equal_sizes: bool = True
    facts: Callable[[Data], Sequence[tuple[str, str]]] | None = None
    about: str = ""
    figures: str = ""
    plane: Plane | None = None
    version: int = 1

    def __post_init__(self) -> None:
        check_name(self.name)
        check_word("kind", self.kind, Kind)
        check_word("modality", self.modality, Modality)
        make_plain(
            self,
            f"suite {self.name!r}",
            **_EVERY,
            datasets=a_tuple(a_text, '("toy-blobs",)'),
            default_data=a_text,
            input_shape=a_tuple(a_whole_number(1), "(3,) or (1, 28, 28)", distinct=False),
            num_classes=a_whole_number(1, MOST_CLASSES),
            metrics=a_tuple(a_text, '("accuracy",)'),
            make=a_function,
            knob=or_none(a_word(Knob)),
            paper=or_none(a_kind_of(Paper, "Paper(data=..., family=..., tau=...)")),
            equal_sizes=a_truth,
            facts=or_none(a_function),
            about=a_text,
            figures=a_text,
            plane=or_none(a_kind_of(Plane, "Plane(low=-1.0, high=1.0, side=50, inputs=...)")),
        )
        object.__setattr__(self, "conditions", plain_conditions(self.conditions, self.knob))
        object.__setattr__(self, "condition_names", plain_words(self.condition_names))
        if not self.conditions:
            raise ValueError(f"suite {self.name!r} has no conditions")
        if self.plane and self.modality == "text":
            raise ValueError(f"suite {self.name!r} has a plane and reads texts: a plane is for suites of numbers")

    def numbered(self, condition: Condition) -> Condition:
        """The value of the knob where a plan says a word for it, else the condition itself; minus zero is zero."""
        return self.condition_names.get(condition, condition) if isinstance(condition, str) else condition + 0.0

    def allows(self, condition: Condition) -> bool:
        """Whether a plan may name this condition."""
        number = self.numbered(condition)
        if self.knob is None or isinstance(number, str):
            return number in self.conditions
        return float(self.conditions[0]) <= number <= float(self.conditions[-1])
