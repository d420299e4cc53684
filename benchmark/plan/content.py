"""What plan.json holds, part by part: the types by which everybody reads a plan that comes from disk.

In: nothing. Out: the types. What one part must say of another is checked where the file is read
(`benchmark.run_folder.plan_shapes`). Keys that are not required are missing in the files of earlier versions, or where
a plan says nothing of them.
"""

from collections.abc import Hashable, Sequence
from typing import Annotated, Literal, NotRequired, get_args

from pydantic import AfterValidator, Field, SkipValidation
from typing_extensions import TypedDict

from benchmark.identity import RecipeSettings
from benchmark.plain.shapes import ANY_OBJECT, FileName, Number, shape
from benchmark.plan.reading import KeepWeights, Plan, SecondsPerCell
from benchmark.types import Direction
from registry import Kind


def twice(values: Sequence[Hashable]) -> bool:
    """Whether one of the values stands twice."""
    return len(set(values)) < len(values)


def _distinct(values: list[Hashable]) -> list[Hashable]:
    if twice(values):
        raise ValueError("one of them stands twice")
    return values


def _alike(values: list[Hashable]) -> list[Hashable]:
    if len({isinstance(value, str) for value in values}) > 1:
        raise ValueError("numbers and names among each other")
    return _distinct(values)


def _each_kind(better: dict[Kind, Direction]) -> dict[Kind, Direction]:
    if set(better) != set(get_args(Kind)):
        raise ValueError(f"it says high or low for each of {', '.join(get_args(Kind))}")
    return better


class PlanEntry(TypedDict):
    """A suite of the plan with one family, and all that is told of it."""

    suite: str
    data: str
    data_group: NotRequired[str]
    origin: str
    licence: NotRequired[str]
    family: str
    about: NotRequired[str]
    figures: NotRequired[str]
    kind: Kind
    knob: str | None
    condition_names: NotRequired[dict[str, str]]
    conditions: Annotated[list[Number | str], Field(min_length=1), AfterValidator(_alike)]
    fewer_conditions: NotRequired[bool]  # only version 0.1.0 wrote it
    seeds: Annotated[list[int], Field(min_length=1), AfterValidator(_distinct)]
    recipes: Annotated[list[RecipeSettings], Field(min_length=1)]
    options: NotRequired[dict[str, Number]]  # of the family, with their default values, where a recipe changes one
    metrics: Annotated[list[str], AfterValidator(_distinct)]
    paper: dict[str, dict[str, Annotated[float, Field(ge=-1, le=1)]]]
    as_in_paper: bool


class CellRow(TypedDict):
    """A `Cell` without its identity."""

    key: FileName
    work: Literal["train", "score"]
    train: str
    entry: int
    recipe: str
    condition: Number | str
    seed: int
    inputs: str | None
    scope: str | None
    anchor: str | None
    read_on: Number | str | None


CellPart = Literal[
    "key", "work", "train", "entry", "recipe", "condition", "seed", "inputs", "scope", "anchor", "read_on"
]


class AnchoredFacts(TypedDict):
    """How a measure is compared with that of an anchor (see `Anchored`)."""

    of: str
    by: Literal["ratio", "difference"]
    to: Literal["own", "first"]


class MeasureFacts(TypedDict):
    """What a board needs to know of a measure."""

    better: Annotated[dict[Kind, Direction], AfterValidator(_each_kind)]
    placebo: bool
    yardstick: bool
    anchored: AnchoredFacts | None
    needs: NotRequired[list[str]]  # only where the plan chooses its measures


class MetricFacts(TypedDict):
    """What a board needs to know of a metric."""

    higher_is_better: bool
    form: NotRequired[str]


class SuiteContent(TypedDict, total=False):
    """A `SuiteEntry` of the plan as plain data."""

    suite: str
    family: str
    data: str | None
    conditions: list[float | str] | None
    seeds: list[int] | None
    training: dict[str, object]
    recipes: list[dict[str, object]] | dict[str, object] | None
    train_examples: int | None
    held_out_examples: int | None
    conditions_in_float32: list[float | str] | None  # only version 0.1.0 wrote it


class EstimatorContent(TypedDict):
    """The `Estimator` of the plan as plain data."""

    entropy: dict[str, object]
    mi: dict[str, object]
    scope: list[str]
    inputs: list[str]
    samples: int
    sub_samples: int


class PlanContent(TypedDict):
    """A `Plan` as plain data: what plan.json says of the plan itself."""

    name: Annotated[str, *Plan.model_fields["name"].metadata]
    estimator: Annotated[EstimatorContent, ANY_OBJECT]
    hypotheses: NotRequired[Annotated[list[str], AfterValidator(_distinct)]]
    limit: NotRequired[Annotated[int, Field(ge=2)] | None]
    seconds_per_cell: NotRequired[SecondsPerCell]
    keep_weights: NotRequired[KeepWeights]
    measures: NotRequired[list[str] | None]
    data_seed: NotRequired[SkipValidation[int | None]]
    suites: NotRequired[list[Annotated[SuiteContent, ANY_OBJECT]]]
    seeds: NotRequired[SkipValidation[list[int]]]
    anchors: NotRequired[SkipValidation[str | None]]
    threads: NotRequired[SkipValidation[int]]


class PlanPart(TypedDict):
    """The plan and the entries of one of several runs that are on one board."""

    plan: PlanContent
    entries: list[PlanEntry]


@shape
class ResolvedContent(TypedDict):
    """The whole of a plan.json: a `Resolved` as plain data.

    `settings` are the key=value texts that have changed the plan. `parts` are never on disk: several runs that are on
    one board have them.
    """

    schema: NotRequired[SkipValidation[int]]
    plan: PlanContent
    entries: Annotated[list[PlanEntry], Field(min_length=1)]
    measures: dict[str, MeasureFacts]
    metrics: dict[str, MetricFacts]
    cells: list[CellRow]
    digest: NotRequired[str | None]
    settings: NotRequired[list[str]]
    parts: NotRequired[SkipValidation[list[PlanPart]]]
