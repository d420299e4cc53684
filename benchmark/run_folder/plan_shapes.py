"""What plan.json must hold for the rest of the code to read it, checked where it comes from disk.

In: plain data. Out: what is wrong with it, if anything: its parts, and what they say of each other.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, Field

from benchmark.estimator import Estimator
from benchmark.measures import HEADLINES
from benchmark.plain.differences import differences, shortened
from benchmark.plan.reading import Plan, SecondsPerCell
from benchmark.plan.resolved import SCHEMA
from benchmark.run_folder.shapes import FileName, Number, Shape, shape_problem
from registry import Kind

LATER = f"a later version of memorank wrote it: its schema is above {SCHEMA}"
Condition = Number | str
Direction = Literal["high", "low", "either"]


def _distinct(values: list[Any]) -> list[Any]:
    if _twice(values):
        raise ValueError("one of them stands twice")
    return values


def _alike(values: list[Any]) -> list[Any]:
    if len({isinstance(value, str) for value in values}) > 1:
        raise ValueError("numbers and names among each other")
    return _distinct(values)


def _each_kind(better: dict[str, Any]) -> dict[str, Any]:
    if set(better) != set(get_args(Kind)):
        raise ValueError(f"it says high or low for each of {', '.join(get_args(Kind))}")
    return better


class _Recipe(Shape):
    label: str
    training: dict[str, Any] = Field(default_factory=dict)


class _Entry(Shape):
    suite: str
    data: str
    data_group: str = ""
    origin: str
    licence: str = ""
    family: str
    about: str = ""
    figures: str = ""
    kind: Kind
    knob: str | None
    condition_names: dict[str, str] = Field(default_factory=dict)
    conditions: Annotated[list[Condition], Field(min_length=1), AfterValidator(_alike)]
    fewer_conditions: bool = False
    seeds: Annotated[list[int], Field(min_length=1), AfterValidator(_distinct)]
    recipes: Annotated[list[_Recipe], Field(min_length=1)]
    metrics: Annotated[list[str], AfterValidator(_distinct)]
    paper: dict[str, dict[str, Annotated[float, Field(ge=-1, le=1)]]]
    as_in_paper: bool


class _Cell(Shape):
    key: FileName
    work: Literal["train", "score"]
    train: str
    entry: int
    recipe: str
    condition: Condition
    seed: int
    inputs: str | None
    scope: str | None
    anchor: str | None
    read_on: Condition | None


class _Anchored(Shape):
    of: str
    by: Literal["ratio", "difference"]
    to: Literal["own", "first"]


class _Measure(Shape):
    better: Annotated[dict[str, Direction], AfterValidator(_each_kind)]
    placebo: bool
    yardstick: bool
    anchored: _Anchored | None


class _Metric(Shape):
    higher_is_better: bool
    form: str = ""


class _Plan(Shape):
    name: Annotated[str, *Plan.model_fields["name"].metadata]
    estimator: dict[str, Any]
    hypotheses: Annotated[list[str], AfterValidator(_distinct)] = Field(default_factory=lambda: list(HEADLINES))
    limit: Annotated[int, Field(ge=2)] | None = None
    seconds_per_cell: SecondsPerCell = None
    suites: list[dict[str, Any]] = Field(default_factory=list)


class _Resolved(Shape):
    plan: _Plan
    entries: Annotated[list[_Entry], Field(min_length=1)]
    measures: dict[str, _Measure]
    metrics: dict[str, _Metric]
    cells: list[_Cell]
    digest: str | None = None
    settings: list[str] = Field(default_factory=list)


def resolved_problem(content: Any) -> str | None:
    """What is wrong with the content of plan.json, None where nothing is."""
    schema = content.get("schema") if isinstance(content, Mapping) else SCHEMA
    if type(schema) is int and schema > SCHEMA:
        return LATER
    if type(schema) is not int or schema != SCHEMA:
        return f"schema: it is {shortened(schema)}, and this version of memorank reads {SCHEMA}"
    problem = shape_problem(_Resolved, content)
    return problem or _estimator_problem(content["plan"]["estimator"]) or next(_contradictions(content), None)


def _estimator_problem(estimator: Mapping[str, Any]) -> str | None:
    """What is wrong with the settings, of which plan.json holds also those that the plan leaves at their defaults."""
    if problem := shape_problem(Estimator, estimator):
        return f"plan.estimator.{problem}"
    whole = Estimator.model_validate(estimator).model_dump(mode="json")
    difference = next(differences(estimator, whole, ("plan", "estimator")), None)
    return f"{difference.place}: it is {difference.one}" if difference else None


def _contradictions(content: Mapping[str, Any]) -> Iterator[str]:
    """Where one part of it names what another has not."""
    entries, measures, metrics = content["entries"], content["measures"], content["metrics"]
    for number, entry in enumerate(entries):
        if unknown := [name for name in entry["metrics"] if name not in metrics]:
            yield f"entries.{number}.metrics: {unknown[0]!r} is none of metrics"
        if _twice([recipe["label"] for recipe in entry["recipes"]]):
            yield f"entries.{number}.recipes: two of one label"
    for number, name in enumerate(content["plan"].get("hypotheses", ())):
        role = next((word for word in ("placebo", "yardstick") if measures.get(name, {}).get(word)), None)
        if name not in measures or role:
            yield f"plan.hypotheses.{number}: {name!r} is {f'a {role}' if role else 'none of measures'}"
    for name, measure in measures.items():
        if measure["anchored"] and measure["anchored"]["of"] not in measures:
            yield f"measures.{name}.anchored: {measure['anchored']['of']!r} is none of measures"
    if _twice([cell["key"] for cell in content["cells"]]):
        yield "cells: two of one key"
    networks = {cell["key"]: cell for cell in content["cells"] if cell["work"] == "train"}
    estimator = Estimator.model_validate(content["plan"]["estimator"])
    for number, cell in enumerate(content["cells"]):
        for part in _wrong_parts(cell, entries, networks, estimator):
            yield f"cells.{number}.{part}: {str(cell[part])[:80]!r} is none of the plan's"


def _wrong_parts(
    cell: Mapping[str, Any], entries: list[Any], networks: Mapping[str, Any], estimator: Estimator
) -> Iterator[str]:
    """The parts of a cell that name what is not there."""
    if not 0 <= cell["entry"] < len(entries):
        yield "entry"
        return
    entry, network = entries[cell["entry"]], networks.get(cell["train"])
    score = cell["work"] == "score"
    there: dict[str, Iterable[Any]] = {
        "recipe": [recipe["label"] for recipe in entry["recipes"]],
        "condition": entry["conditions"],
        "seed": entry["seeds"],
        "read_on": [None, *entry["conditions"]],
        "inputs": estimator.inputs if score else [None],
        "scope": estimator.scope if score else [None],
    }
    yield from (part for part, values in there.items() if cell[part] not in values)
    same = ("entry", "recipe", "condition", "seed", "anchor", *(() if score else ("key",)))
    if network is None or any(network[part] != cell[part] for part in same):
        yield "train"


def _twice(values: list[Hashable]) -> bool:
    return len(set(values)) < len(values)
