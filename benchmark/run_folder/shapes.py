"""Is a record what the rest of the code can read? It is checked where it comes from disk.

In: plain data. Out: a record, or an error with the first thing that is missing or of another type.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeGuard

from pydantic import AfterValidator, TypeAdapter
from typing_extensions import TypedDict

from benchmark.plain.shapes import shape, shape_problem
from benchmark.record import Record, ScoreRecord, TrainRecord, every_metric_is_of_the_same_examples
from registry.errors import RunError


class DamagedCell(ValueError):
    """A published cell that cannot be used: the reason in one line."""


class UnreadableCell(RunError):
    """A published cell that cannot be read just now, which says nothing of what it holds."""


@shape
class _OfNoKind(TypedDict):
    """A record that is of no kind of cell, so that its `work` is what is said to be wrong."""

    work: Literal["train", "score"]


_KINDS: dict[str, TypeAdapter[object]] = {
    "train": TypeAdapter(TrainRecord),
    "score": TypeAdapter(Annotated[ScoreRecord, AfterValidator(every_metric_is_of_the_same_examples)]),
}
_NO_KIND: TypeAdapter[object] = TypeAdapter(_OfNoKind)


def check_record(record: object) -> Record:
    """The record itself, which is known to be one from here on. Raises DamagedCell."""
    work = str(record.get("work")) if isinstance(record, Mapping) else ""
    problem = shape_problem(_KINDS.get(work, _NO_KIND), record)
    if problem or not _is_record(record):
        raise DamagedCell(f"the record has no usable {problem}")
    return record


def _is_record(checked: object) -> TypeGuard[Record]:
    """Whether plain data are a record, once `shape_problem` has found nothing wrong: this tells the type checker."""
    return isinstance(checked, dict)


def check_work(record: Record, work: str) -> None:
    """See whether a record is of the kind of cell that its plan has under its key. Raises DamagedCell."""
    if record["work"] != work:
        raise DamagedCell(f"the record says that it is a {record['work']} cell")
