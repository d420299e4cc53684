"""The frozen types of the numbers: what a network gives, what a measure and a metric are, what they return."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar, get_args

import numpy as np
from numpy.typing import NDArray

from benchmark.estimator import Settings
from registry import Kind
from registry.fields import a_function, a_text, a_truth, a_tuple, a_whole_number, a_word, make_plain
from registry.words import check_name, check_word

Needs = Literal["activations", "predictions", "history", "labels", "groups", "anchors"]
Direction = Literal["high", "low", "either"]
Stopped = Literal["loss", "patience", "max-epochs", "diverged"]
Over = Literal["one", "seeds", "candidates"]  # how many networks a measure looks at, beside the one that it is of
Axis = Literal["examples", "network"]  # what the rows of a reading's arrays are

Made = TypeVar("Made")
BASELINE = "doubly-centred"  # the row of the board of measures that is no measure
MADE_KEPT = 16  # of what is made of one network's activations


@dataclass(frozen=True)
class History:
    """How one training went: `losses` and `weight_norms` have a number for each epoch whose loss was finite."""

    steps: int
    losses: tuple[float, ...]
    weight_norms: tuple[float, ...]
    stopped: Stopped


@dataclass(frozen=True, eq=False)
class Activations:
    """A matrix (S, N) for each tap, in the family's order. Two of them are the same only if they are one object.

    A half of the examples and neurons knows the `whole`, whose bin ranges it keeps, and which of its `neurons` (N,)
    each tap has.
    """

    by_tap: Mapping[str, NDArray[np.float32]]
    whole: "Activations | None" = None
    neurons: Mapping[str, NDArray[np.int64]] = field(default_factory=dict)
    _kept: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)

    def once(self, name: str, settings: Hashable, make: Callable[[], Made]) -> Made:
        """What is made of these activations under some settings: made at the first call, then kept.

        It is kept as long as the activations are. Of more than 16 such things the oldest is dropped.

        Args:
            name: What is made.
            settings: What it depends on beside the activations.
            make: Makes it.

        >>> activations = Activations({"0": np.zeros((2, 1), dtype=np.float32)})
        >>> activations.once("mean", None, lambda: 1.0), activations.once("mean", None, lambda: 2.0)
        (1.0, 1.0)
        """
        key = (name, settings)
        if key in self._kept:
            known: Made = self._kept[key]
            return known
        made = make()
        self._kept[key] = made
        if len(self._kept) > MADE_KEPT:
            del self._kept[next(iter(self._kept))]
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """Copies have what they are made of, and nothing that is made of them."""
        return Activations, (self.by_tap, self.whole, self.neurons)


@dataclass(frozen=True, eq=False)
class Taken:
    """What a reading has taken from one network: arrays by name.

    `axis` says whether the rows of each array are the examples of the outputs, or whether the arrays are of the network
    as a whole and stay as they are where only some examples are looked at.
    """

    axis: Axis
    arrays: Mapping[str, NDArray[Any]]

    def __getitem__(self, name: str) -> NDArray[Any]:
        if name not in self.arrays:
            raise KeyError(f"the reading has no array {name!r}: it has {', '.join(self.arrays)}")
        return self.arrays[name]

    def at(self, rows: NDArray[np.int64]) -> "Taken":
        """What it has taken on some of the examples."""
        if self.axis == "network":
            return self
        return Taken(self.axis, {name: array[rows] for name, array in self.arrays.items()})


@dataclass(frozen=True, eq=False)
class Outputs:
    """What one trained network gives on S examples: activations, logits (S, K), and the examples' labels, groups (S,).

    `key` names the network and is the seed of whatever is drawn for it. Measures read all examples. Metrics and the
    yardstick are computed on the `judged` ones (S,), so that no example serves both. None means all, as earlier
    versions wrote it. `readings` hold what the readings that a measure names have taken. `peers` are the outputs of the
    other networks that a measure over several networks looks at, on the same examples; those of all candidates have
    predictions alone. Where the measure names the reading `held-out-as-given`, a peer with the same held-out examples,
    labelled alike, has its `logits` on them too.
    """

    key: str
    activations: Activations
    logits: NDArray[np.float32]
    labels: NDArray[np.int64]
    groups: NDArray[np.int64] | None
    history: History
    judged: NDArray[np.bool_] | None = None
    readings: Mapping[str, Taken] = field(default_factory=dict)
    peers: tuple["Outputs", ...] = ()

    def at(self, rows: NDArray[np.int64], activations: Activations | None = None) -> "Outputs":
        """The outputs on some of the examples, with these activations where they have been chosen already."""
        chosen = activations or Activations({tap: matrix[rows] for tap, matrix in self.activations.by_tap.items()})
        groups = None if self.groups is None else self.groups[rows]
        judged = None if self.judged is None else self.judged[rows]
        return replace(
            self,
            activations=chosen,
            logits=self.logits[rows],
            labels=self.labels[rows],
            groups=groups,
            judged=judged,
            readings={name: taken.at(rows) for name, taken in self.readings.items()},
            peers=tuple(peer.at(rows) for peer in self.peers),
        )


@dataclass(frozen=True)
class Value:
    """A number, or None with the `reason` why it is undefined; and one for each tap, if there are such numbers.

    `standard_error` is that of a mean over a sample, None if nothing was sampled. `details` are other forms of the
    number, plain data that the record keeps. `by_example` (S,) has a number for each example, in their order, whose
    mean is the value. So the sampling error of the value is, to first order, that of a mean. For accuracy these numbers
    are 1 or 0, otherwise the value plus what the example moves it by (its influence). `by_chance` is the expected
    number with groups permuted inside labels.
    """

    value: float | None
    per_tap: Mapping[str, float | None] = field(default_factory=dict)
    reason: str | None = None
    standard_error: float | None = None
    details: Mapping[str, object] = field(default_factory=dict)
    by_example: NDArray[np.float64] | None = field(default=None, compare=False)
    by_chance: float | None = None


@dataclass(frozen=True)
class Anchored:
    """How a measure is compared with the same measure `of` an anchor read on the same inputs.

    The anchor was trained on inputs of the network's own condition, or on those of the plan's first.
    """

    of: str
    by: Literal["ratio", "difference"]
    to: Literal["own", "first"]


@dataclass(frozen=True)
class Measure:
    """A number that ranks networks without target labels.

    `better` says for each kind of suite whether a high or a low value is the hypothesis for good generalization. A
    placebo says "either" and gets the sign that suits it best. `compute` takes one network's outputs, or is `Anchored`.
    A yardstick may read labels: it is computed on the held-out in-distribution examples, shown beside the measures and
    never counted as one of them. `summary` is its line in lists, by default the first line of its file. `readings` are
    the names of those that it needs beside the outputs that every network keeps. `over` says whether it looks at one
    network alone, at those of the other seeds too, or at all that a plan trains on the same suite. One that is
    `on_request` is computed only where a plan's `measures` ask for it.
    """

    name: str
    better: Mapping[Kind, Direction]
    needs: tuple[Needs, ...]
    compute: Callable[[Outputs, Settings], Value] | Anchored
    reference: str
    version: int = 1
    yardstick: bool = False
    summary: str = ""
    readings: tuple[str, ...] = ()
    over: Over = "one"
    on_request: bool = False

    def __post_init__(self) -> None:
        check_name(self.name)
        if self.name == BASELINE:
            raise ValueError(f"{BASELINE} is the name of a row of the board of measures: choose another")
        if set(self.better) != set(get_args(Kind)):
            raise ValueError(
                f"better says high or low for each of {', '.join(get_args(Kind))}, not for {list(self.better)}"
            )
        for kind, direction in self.better.items():
            check_word(f"better[{kind!r}]", direction, Direction)
        make_plain(
            self,
            f"measure {self.name!r}",
            needs=a_tuple(a_word(Needs), '("activations",)', fewest=0),
            reference=a_text,
            version=a_whole_number(0),
            yardstick=a_truth,
            summary=a_text,
            readings=a_tuple(a_text, '("transforms",)', fewest=0),
            over=a_word(Over),
            on_request=a_truth,
        )
        if {"labels", "groups"} & set(self.needs) and not self.yardstick:
            raise ValueError(f"measure {self.name!r} may not need labels or groups: that makes it a metric")

    @property
    def placebo(self) -> bool:
        """Whether it cannot know of memorization and is here for comparison only."""
        return "either" in self.better.values()

    @property
    def anchored(self) -> Anchored | None:
        """How it compares with an anchor, None if it is computed from one network alone."""
        return self.compute if isinstance(self.compute, Anchored) else None


@dataclass(frozen=True)
class Metric:
    """An extrinsic number: it needs labels, and says how well a network generalizes.

    `summary` is its line in lists, by default the first line of its file. `form` says which of several forms the number
    is, as "mean absolute": it stands over its column.
    """

    name: str
    higher_is_better: bool
    needs: tuple[Needs, ...]
    compute: Callable[[Outputs], Value]
    reference: str
    version: int = 1
    summary: str = ""
    form: str = ""

    def __post_init__(self) -> None:
        check_name(self.name)
        make_plain(
            self,
            f"metric {self.name!r}",
            higher_is_better=a_truth,
            needs=a_tuple(a_word(Needs), '("predictions", "labels")', fewest=0),
            compute=a_function,
            reference=a_text,
            version=a_whole_number(0),
            summary=a_text,
            form=a_text,
        )
