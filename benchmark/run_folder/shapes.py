"""What a record must hold for the rest of the code to read it, checked where it comes from disk.

In: plain data. Out: nothing, or an error with the first thing that is missing or of another type.
"""

import base64
import re
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from benchmark.plain.packing import unpacked
from benchmark.plain.strict_json import LARGEST
from benchmark.types import Record, Stopped
from registry.errors import RunError
from registry.suite import MOST_POINTS


class DamagedCell(ValueError):
    """A published cell that cannot be used: the reason in one line."""


class UnreadableCell(RunError):
    """A published cell that cannot be read just now, which says nothing of what it holds."""


def file_name(name: str) -> str:
    """The name itself. Raises ValueError for what leads out of its folder, or is hidden there."""
    if not name or name.startswith(".") or "/" in name or "\0" in name or len(name.encode()) > 255:
        raise ValueError("not the name of a file")
    return name


def _sha256(text: str) -> str:
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise ValueError("no SHA-256")
    return text


def _packed(text: str) -> str:
    unpacked(text)
    return text


Number = Annotated[float, Field(ge=-LARGEST, le=LARGEST, allow_inf_nan=False)]
Positive = Annotated[float, Field(ge=0, le=LARGEST, allow_inf_nan=False)]
MOST_PAIRS = 2**50  # of neurons, in one bin: sums of these are exact
Count = Annotated[int, Field(ge=0)]
FileName = Annotated[str, AfterValidator(file_name)]
Sha256 = Annotated[str, AfterValidator(_sha256)]


class Shape(BaseModel):
    """The keys that are read; others may stand beside them."""

    model_config = ConfigDict(extra="allow", strict=True)


class _Value(Shape):
    value: Number | None
    per_tap: dict[str, Number | None]
    reason: str | None
    standard_error: Positive | None
    details: dict[str, Any] = {}
    by_example: Annotated[str, AfterValidator(_packed)] | None = None
    by_chance: Number | None = None


class _Measured(_Value):
    sub_samples: list[Number | None]


class _Machine(Shape):
    processor: str | None = None
    system: str | None = None
    cores: int | None = None


class _Provenance(Shape):
    """What the page says of where a record comes from; only the time must be there."""

    seconds: Positive
    started: str | None = None
    peak_memory: Count | None = None
    commit: str | None = None
    device: str | None = None
    threads: int | None = None
    versions: dict[str, str | None] = {}
    machine: _Machine = _Machine()
    data: str | None = None
    data_fingerprint: str | None = None
    sources: dict[str, str] = {}


class _Identity(Shape):
    sources: dict[str, str] = {}


class _TrainIdentity(_Identity):
    read_on: list[Number | str] = []


class _ScoreIdentity(_Identity):
    read_on: Number | str = ""
    measures: dict[str, Number | str] = {}  # their versions
    metrics: dict[str, Number | str] = {}


class _Any(Shape):
    work: Literal["train", "score"]
    outcome: Literal["done", "diverged"]
    identity: _Identity
    files: dict[FileName, Sha256]
    provenance: _Provenance


class _History(Shape):
    steps: Count
    losses: list[Number]
    weight_norms: list[Number]
    stopped: Stopped


class _Plane(Shape):
    low: Number
    high: Number
    side: Annotated[int, Field(ge=2, le=MOST_POINTS)]
    taps: dict[str, list[str]]

    @model_validator(mode="after")
    def _every_neuron_has_its_points(self) -> "_Plane":
        if self.low >= self.high:
            raise ValueError("low is not below high")
        for tap, neurons in self.taps.items():
            if any(_points(neuron) != self.side**2 for neuron in neurons):
                raise ValueError(f"tap {tap[:80]!r} holds a neuron without {self.side**2} bytes in base64")
        return self


def _points(text: str) -> int | None:
    """How many bytes a text is in base64, None where it is no such text."""
    try:
        return len(base64.b64decode(text, validate=True))
    except ValueError:
        return None


class _Judged(Shape):
    """On which evaluation examples metrics are computed."""

    examples: Annotated[int, Field(ge=1)]
    digest: Sha256


_NOT_THERE = _Judged.model_construct()  # in a record of before; one that is there holds all of it


class _Train(_Any):
    identity: _TrainIdentity
    history: _History
    taps: list[str]
    training_accuracy: Annotated[float, Field(ge=0, le=1)] = 0.0
    judged: _Judged = _NOT_THERE
    plane: _Plane | None = None


class _Histogram(Shape):
    counts: list[Annotated[int, Field(ge=0, le=MOST_PAIRS)]]
    first: Number
    last: Number

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first > self.last:
            raise ValueError("its first edge lies above its last")
        return self


class _Tap(Shape):
    entropy: list[Number]
    mi_histogram: _Histogram


class _Score(_Any):
    measures: dict[str, _Measured]
    identity: _ScoreIdentity
    metrics: dict[str, _Value]
    judged: _Judged = _NOT_THERE
    taps: dict[str, _Tap] = {}
    warnings: list[str] = []

    @model_validator(mode="after")
    def _every_metric_is_of_the_same_examples(self) -> Self:
        each = {name: value.by_example for name, value in self.metrics.items() if value.by_example is not None}
        sizes = {name: len(unpacked(text)) for name, text in each.items()}
        expected = self.judged.examples if "judged" in self.model_fields_set else next(iter(sizes.values()), 0)
        for name, size in sizes.items():
            if size != expected:
                raise ValueError(f"by_example of {name[:80]!r} holds {size} numbers for {expected} judged examples")
        return self


def check_record(record: Record) -> None:
    """Raises DamagedCell."""
    shapes: dict[str, type[_Any]] = {"train": _Train, "score": _Score}
    problem = shape_problem(shapes.get(str(record.get("work")), _Any), record)
    if problem:
        raise DamagedCell(f"the record has no usable {problem}")


def check_work(record: Record, work: str) -> None:
    """See whether a record is of the kind of cell that its plan has under its key. Raises DamagedCell."""
    if record["work"] != work:
        raise DamagedCell(f"the record says that it is a {record['work']} cell")


def shape_problem(shape: type[BaseModel], content: Any) -> str | None:
    """The first thing that a shape finds, None where it finds nothing."""
    try:
        shape.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(word)[:80] for word in first["loc"]) or "content"
        return f"{place}: {' '.join(first['msg'].split())[:200]}"
    return None
