"""The rows of a board that hold the numbers of models, and what its figures are drawn from.

In: nothing. Out: the types of the rows; docs/results.md says what each of their columns means.
"""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from leaderboard.content.taus import PlaceColumns, SuiteColumns


class NumberContent(TypedDict):
    """A number of one model: its mean over the seeds, and how sure that is. What is not known is left out."""

    mean: float | None
    sd: float | None
    reason: NotRequired[str]
    standard_error: NotRequired[float]
    error: NotRequired[float]
    df: NotRequired[float]
    error_of: NotRequired[str]
    interval_95: NotRequired[list[float]]
    by_chance: NotRequired[float]
    per_tap: NotRequired[dict[str, float | None]]


class MetricContent(NumberContent):
    """A metric of one model, and how it stands to that of the condition before."""

    than_before: str | None
    about: NotRequired[str]


class ModelRow(PlaceColumns):
    """All numbers of one model."""

    knob: str | None
    condition: float | str
    condition_name: str | None
    seeds: list[int]
    measures: dict[str, NumberContent]
    training_accuracy: NumberContent
    metrics: dict[str, MetricContent]


class DifferenceContent(TypedDict):
    """A number at the least memorizing end of a suite less that at the most memorizing one."""

    difference: float | None
    error: float | None
    df: float | None
    p: float | None
    interval_95: list[float] | None
    seen: str | None
    about: str | None


class DifferenceAtTap(DifferenceContent):
    """The same at one tap."""

    tap: str


_Is = TypedDict("_Is", {"is": Literal["metric", "measure"]})


class EndRow(_Is, PlaceColumns, DifferenceContent):
    """One number at both ends of a suite: `number` is its name, `is` what it is."""

    least: str
    most: str
    number: str
    expected: Literal["higher", "lower"]
    values: list[float | None]
    taps: list[DifferenceAtTap]


class Box(TypedDict):
    """The quantiles of a box plot of the entropies of neurons."""

    neurons: int
    low: float
    q1: float
    median: float
    q3: float
    high: float
    notch: list[float] | None


class Density(TypedDict):
    """The density of the MI of pairs of neurons, in equal steps from 0 to `last`."""

    pairs: int
    below_zero: float
    last: float
    density: list[float]


class TapRow(SuiteColumns):
    """The neurons of one model at one tap."""

    recipe: str
    inputs: str
    scope: str
    condition: float | str
    tap: str
    entropy: Box | None
    mi: Density | None


class CirclesRow(SuiteColumns):
    """What the neurons of one network do on a square of inputs: a byte for each point, in base64."""

    recipe: str
    condition: float | str
    seed: int
    tap: str
    low: float
    high: float
    side: int
    neurons: list[str]


class Figures(TypedDict):
    """What figures are drawn from, beside the models."""

    taps: list[TapRow]
    circles: list[CirclesRow]
