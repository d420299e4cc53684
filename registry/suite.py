"""A task suite: one task under conditions that provoke more and more memorization.

In: the fields of an entry. Out: the frozen entry, or a ValueError in one line.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from registry.conditions import plain_conditions, plain_words
from registry.examples import Data, Splits
from registry.fields import (
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
from registry.transforms import Transforms, usual_transforms
from registry.words import EVERY_ENTRY, Condition, Kind, Knob, Modality, check_name, check_word

MOST_POINTS = 100  # of a side of a plane: a record holds a byte for each point and neuron
MOST_CLASSES = 10**6


@dataclass(frozen=True)
class Paper:
    """What the paper reports for a suite.

    Attributes:
        data: The data set that the paper has.
        family: The family that the paper has.
        tau: Kendall's tau by metric and measure (Bansal, Pruthi, Belinkov 2022, Table 2), as in {"accuracy":
            {"mean-mi": 0.8}}.
    """

    data: str
    family: str
    tau: Mapping[str, Mapping[str, float]]

    def __post_init__(self) -> None:
        taus = a_mapping(a_mapping(a_number, '{"mean-mi": 0.8}'), '{"accuracy": {"mean-mi": 0.8}}')
        make_plain(self, "a paper", data=a_text, family=a_text, tau=taus)


@dataclass(frozen=True)
class Plane:
    """A square of inputs on which a trained network is read, for a picture of what each of its neurons does there.

    Attributes:
        low: Where the square begins on both axes.
        high: Where it ends.
        side: How many points it has along each axis, at most 100.
        inputs: A function without arguments that returns inputs (side * side, ...) of the suite's shape, row by row
            from `low` to `high`. It is deterministic.
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

    Attributes:
        name: Lower-case words joined by hyphens.
        kind: "heuristic" memorization, of shortcuts, or "example-level", of wrong labels.
        modality: What its examples are: "vector", "image" or "text".
        conditions: Numbers, which are values of `knob`, or names if there is no knob.
        datasets: The names of the data sets that it can be made of.
        default_data: Which of them it is, unless a plan says otherwise.
        input_shape: The shape of one example. That of texts is (most tokens,): what is longer is cut.
        num_classes: Labels are 0 to num_classes - 1.
        metrics: The names of the metrics that networks are ranked by.
        make: `make(data, condition, seed)` returns the `Splits`, and is deterministic. It passes on the `ids` of the
            held-out examples, as `Examples.at` does. If it does not, the rows of one number in `evaluation` and
            `in_distribution` count as made from one example if both are as long as `data.held_out`; else equal inputs
            do.
        reference: Who described the task.
        knob: "alpha" or "beta". A plan may name any value between the first condition and the last.
        condition_names: Words that a plan may say for values of the knob.
        paper: What the paper reports for it.
        equal_sizes: Whether the training sets of all conditions are of one size.
        facts: `facts(data)` returns (head, text) rows for `memorank describe`.
        about: What the task is and what can be memorized, in two sentences for the reader of a board.
        figures: The figures of the paper that it stands for, as in "2 and 3".
        plane: Inputs on which networks are read too. It is not for texts.
        transforms: Of its inputs, those that keep its task and those that destroy it. By default those that
            `usual_transforms` has for its modality.
        version: Raise it when a change moves numbers.

    Raises:
        ValueError: A field is not as said here: which one, and what is allowed.
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
    transforms: Transforms | None = None
    version: int = 1

    def __post_init__(self) -> None:
        check_name(self.name)
        check_word("kind", self.kind, Kind)
        check_word("modality", self.modality, Modality)
        make_plain(
            self,
            f"suite {self.name!r}",
            **EVERY_ENTRY,
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
            transforms=or_none(a_kind_of(Transforms, "Transforms(keeping={...}, destroying={...})")),
        )
        object.__setattr__(self, "conditions", plain_conditions(self.conditions, self.knob))
        object.__setattr__(self, "condition_names", plain_words(self.condition_names))
        if not self.conditions:
            raise ValueError(f"suite {self.name!r} has no conditions")
        if self.plane and self.modality == "text":
            raise ValueError(f"suite {self.name!r} has a plane and reads texts: a plane is for suites of numbers")

    @property
    def own_transforms(self) -> Transforms:
        """The transforms of its inputs: those that it declares, else the usual ones of its modality."""
        return self.transforms or usual_transforms(self.modality)

    def numbered(self, condition: Condition) -> Condition:
        """The number that a condition of a plan stands for.

        Args:
            condition: A value of the knob, one of `condition_names`, or the name of a condition.

        Returns:
            The value of the knob for a word of `condition_names`, else the condition itself; minus zero is zero.
        """
        return self.condition_names.get(condition, condition) if isinstance(condition, str) else condition + 0.0

    def allows(self, condition: Condition) -> bool:
        """Whether a plan may name this condition: a value of the knob, a word for one, or a listed name."""
        number = self.numbered(condition)
        if self.knob is None or isinstance(number, str):
            return number in self.conditions
        return float(self.conditions[0]) <= number <= float(self.conditions[-1])
