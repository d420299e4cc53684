"""What record.json holds: the types by which everybody reads the record of a cell.

In: nothing. Out: the types, with the limits of each part. `benchmark.run_folder.shapes` checks a record against them
where it comes from disk. Keys that are not required are missing in the records of earlier versions, or where there is
nothing to say.
"""

import base64
from typing import Annotated, Literal, NotRequired, TypeAlias, cast

from pydantic import AfterValidator, Field, SkipValidation
from typing_extensions import TypedDict

from benchmark.identity import TrainingContent
from benchmark.plain.packing import unpacked
from benchmark.plain.shapes import ANY_OBJECT, Count, FileName, Number, Packed, Positive, Sha256, shape
from benchmark.types import Stopped
from registry.suite import MOST_POINTS

MOST_PAIRS = 2**50  # of neurons, in one bin: sums of these are exact


class ValueContent(TypedDict):
    """A `Value` of a metric as it is written."""

    value: Number | None
    per_tap: dict[str, Number | None]
    reason: str | None
    standard_error: Positive | None
    details: NotRequired[dict[str, object]]
    by_example: NotRequired[Packed | None]
    by_chance: NotRequired[Number | None]


class MeasuredContent(ValueContent):
    """A `Value` of a measure as it is written, with its values on halves of the examples and neurons."""

    sub_samples: list[Number | None]


class Machine(TypedDict):
    """The machine that made a record."""

    processor: NotRequired[str | None]
    system: NotRequired[str | None]
    cores: NotRequired[int | None]


class ProvenanceContent(TypedDict):
    """Where a record comes from; only the seconds that it took must be there."""

    seconds: Positive
    parts: NotRequired[dict[str, Positive]]  # seconds of each measure and reading
    started: NotRequired[str | None]
    peak_memory: NotRequired[Count | None]
    commit: NotRequired[str | None]
    device: NotRequired[str | None]
    threads: NotRequired[int | None]
    versions: NotRequired[dict[str, str | None]]
    machine: NotRequired[Machine]
    data: NotRequired[str | None]
    data_fingerprint: NotRequired[str | None]
    sources: NotRequired[dict[str, str]]


class TrainIdentityRead(TypedDict):
    """The identity in the record of a network: of a `TrainIdentity` the parts that are read again."""

    sources: NotRequired[dict[str, str]]
    read_on: NotRequired[list[Number | str]]
    training: NotRequired[Annotated[TrainingContent, ANY_OBJECT]]


class ScoreIdentityRead(TypedDict):
    """The identity in the record of a score: of a `ScoreIdentity` the parts that are read again."""

    sources: NotRequired[dict[str, str]]
    read_on: NotRequired[Number | str]
    measures: NotRequired[dict[str, Number | str]]  # their versions
    metrics: NotRequired[dict[str, Number | str]]
    peers: NotRequired[SkipValidation[dict[str, str]]]


class HistoryContent(TypedDict):
    """A `History` as it is written."""

    steps: Count
    losses: list[Number]
    weight_norms: list[Number]
    stopped: Stopped


class PlaneContent(TypedDict):
    """The activations of each neuron on a square of inputs, a byte for each point."""

    low: Number
    high: Number
    side: Annotated[int, Field(ge=2, le=MOST_POINTS)]
    taps: dict[str, list[str]]


def _every_neuron_has_its_points(plane: PlaneContent) -> PlaneContent:
    if plane["low"] >= plane["high"]:
        raise ValueError("low is not below high")
    points = plane["side"] ** 2
    for tap, neurons in plane["taps"].items():
        if any(_points(neuron) != points for neuron in neurons):
            raise ValueError(f"tap {tap[:80]!r} holds a neuron without {points} bytes in base64")
    return plane


def _points(text: str) -> int | None:
    """How many bytes a text is in base64, None where it is no such text."""
    try:
        return len(base64.b64decode(text, validate=True))
    except ValueError:
        return None


class JudgedContent(TypedDict):
    """On how many evaluation examples metrics are computed, and a digest that says on which."""

    examples: Annotated[int, Field(ge=1)]
    digest: Sha256


class HistogramContent(TypedDict):
    """How many pairs of neurons of one tap have an MI in each of as many bins of one width."""

    counts: list[Annotated[int, Field(ge=0, le=MOST_PAIRS)]]
    first: Number
    last: Number


def _in_order(histogram: HistogramContent) -> HistogramContent:
    if histogram["first"] > histogram["last"]:
        raise ValueError("its first edge lies above its last")
    return histogram


class TapNumbers(TypedDict):
    """What figures show of one tap: the entropy of each neuron, and the MI of its pairs."""

    entropy: list[Number]
    mi_histogram: Annotated[HistogramContent, AfterValidator(_in_order)]
    neurons: NotRequired[SkipValidation[int]]
    constant_neurons: NotRequired[SkipValidation[int]]
    tied_share: NotRequired[SkipValidation[float]]
    mi_quantiles: NotRequired[SkipValidation[dict[str, float]]]


class TrainResult(TypedDict):
    """What a train cell computes. Of a network that diverged there are neither accuracy nor outputs."""

    outcome: Literal["done", "diverged"]
    history: HistoryContent
    taps: list[str]
    training_accuracy: NotRequired[Annotated[float, Field(ge=0, le=1)]]
    judged: NotRequired[JudgedContent]
    plane: NotRequired[Annotated[PlaneContent, AfterValidator(_every_neuron_has_its_points)] | None]
    precision: NotRequired[SkipValidation[str]]


class Scores(TypedDict):
    """The numbers of a network on one kind of inputs."""

    measures: dict[str, MeasuredContent]
    metrics: dict[str, ValueContent]
    taps: NotRequired[dict[str, TapNumbers]]
    warnings: NotRequired[list[str]]
    samples: NotRequired[SkipValidation[int]]
    examples: NotRequired[SkipValidation[int]]


class ScoreResult(Scores):
    """What a score cell computes: the numbers, and on which examples the metrics are."""

    outcome: Literal["done", "diverged"]
    judged: NotRequired[JudgedContent]


class VariantValue(TypedDict):
    """The value of a measure under other settings than the plan's, and its values at each tap."""

    measure: str
    axis: str
    label: str
    value: float | None
    per_tap: dict[str, float | None]


VariantValues: TypeAlias = dict[str, list[VariantValue]]  # of one network by inputs, one for each variant


class _Sealed(TypedDict):
    """What stands in a record beside its result. The first three are checked before its shape is."""

    schema: NotRequired[SkipValidation[int]]
    key: NotRequired[SkipValidation[str]]
    sha256: NotRequired[SkipValidation[str]]
    files: dict[FileName, Sha256]
    provenance: ProvenanceContent


@shape
class TrainRecord(_Sealed, TrainResult):
    """The record of a network."""

    work: Literal["train"]
    identity: TrainIdentityRead


@shape
class ScoreRecord(_Sealed, ScoreResult):
    """The record of what was measured on a network."""

    work: Literal["score"]
    identity: ScoreIdentityRead


Record: TypeAlias = TrainRecord | ScoreRecord


def every_metric_is_of_the_same_examples(record: ScoreRecord) -> ScoreRecord:
    """The record itself. Raises ValueError where a metric has another number of examples than are judged."""
    each = {name: text for name, value in record["metrics"].items() if (text := value.get("by_example")) is not None}
    sizes = {name: len(unpacked(text)) for name, text in each.items()}
    expected = record["judged"]["examples"] if "judged" in record else next(iter(sizes.values()), 0)
    for name, size in sizes.items():
        if size != expected:
            raise ValueError(f"by_example of {name[:80]!r} holds {size} numbers for {expected} judged examples")
    return record


def of_scores(scores: Scores, judged: JudgedContent | None) -> ScoreResult:
    """What a score cell computes, with the examples that the metrics are on where its network says which they are."""
    result = cast(ScoreResult, {**scores, "outcome": "done"})
    if judged is not None:
        result["judged"] = judged
    return result


def of_network(record: Record | None) -> TrainRecord | None:
    """The record where it is there, and is that of a network: it has no measures."""
    return record if record is not None and "measures" not in record else None


def of_score(record: Record | None) -> ScoreRecord | None:
    """The record where it is there, and is that of a score: it has measures."""
    return cast(ScoreRecord, record) if record is not None and "measures" in record else None
