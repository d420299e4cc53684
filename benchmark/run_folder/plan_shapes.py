"""What plan.json must hold for the rest of the code to read it, checked where it comes from disk.

In: plain data. Out: what is wrong with it, if anything: its parts, and what they say of each other.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from pydantic import TypeAdapter

from benchmark.estimator import Estimator
from benchmark.plain.differences import differences, shortened
from benchmark.plain.shapes import shape_problem
from benchmark.plan.content import CellPart, CellRow, EstimatorContent, PlanEntry, ResolvedContent, twice
from benchmark.plan.resolved import SCHEMA

LATER = f"a later version of memorank wrote it: its schema is above {SCHEMA}"
_RESOLVED: TypeAdapter[object] = TypeAdapter(ResolvedContent)
_ESTIMATOR: TypeAdapter[object] = TypeAdapter(Estimator)


def resolved_problem(content: object) -> str | None:
    """What is wrong with the content of plan.json; None where it is a `ResolvedContent`."""
    schema = content.get("schema") if isinstance(content, Mapping) else SCHEMA
    if type(schema) is int and schema > SCHEMA:
        return LATER
    if type(schema) is not int or schema != SCHEMA:
        return f"schema: it is {shortened(schema)}, and this version of memorank reads {SCHEMA}"
    if problem := shape_problem(_RESOLVED, content):
        return problem
    resolved = cast(ResolvedContent, content)
    return _estimator_problem(resolved["plan"]["estimator"]) or next(_contradictions(resolved), None)


def _estimator_problem(estimator: EstimatorContent) -> str | None:
    """What is wrong with the settings, of which plan.json holds also those that the plan leaves at their defaults."""
    if problem := shape_problem(_ESTIMATOR, estimator):
        return f"plan.estimator.{problem}"
    whole = Estimator.model_validate(estimator).model_dump(mode="json")
    difference = next(differences(estimator, whole, ("plan", "estimator")), None)
    return f"{difference.place}: it is {difference.one}" if difference else None


def _contradictions(content: ResolvedContent) -> Iterator[str]:
    """The places at which one part of a plan.json names what another part does not have."""
    entries, measures, metrics = content["entries"], content["measures"], content["metrics"]
    for number, entry in enumerate(entries):
        if unknown := [name for name in entry["metrics"] if name not in metrics]:
            yield f"entries.{number}.metrics: {unknown[0]!r} is none of metrics"
        if twice([recipe["label"] for recipe in entry["recipes"]]):
            yield f"entries.{number}.recipes: two of one label"
    for number, name in enumerate(content["plan"].get("hypotheses", ())):
        facts = measures.get(name)
        role = ("placebo" if facts["placebo"] else "yardstick" if facts["yardstick"] else None) if facts else None
        if name not in measures or role:
            yield f"plan.hypotheses.{number}: {name!r} is {f'a {role}' if role else 'none of measures'}"
    for name, measure in measures.items():
        if measure["anchored"] and measure["anchored"]["of"] not in measures:
            yield f"measures.{name}.anchored: {measure['anchored']['of']!r} is none of measures"
    if twice([cell["key"] for cell in content["cells"]]):
        yield "cells: two of one key"
    networks = {cell["key"]: cell for cell in content["cells"] if cell["work"] == "train"}
    estimator = Estimator.model_validate(content["plan"]["estimator"])
    for number, cell in enumerate(content["cells"]):
        for part in _wrong_parts(cell, entries, networks, estimator):
            yield f"cells.{number}.{part}: {str(cell[part])[:80]!r} is none of the plan's"


def _wrong_parts(
    cell: CellRow, entries: list[PlanEntry], networks: Mapping[str, CellRow], estimator: Estimator
) -> Iterator[CellPart]:
    """The parts of a cell that name what neither the plan nor the cells have."""
    if not 0 <= cell["entry"] < len(entries):
        yield "entry"
        return
    entry, network = entries[cell["entry"]], networks.get(cell["train"])
    score = cell["work"] == "score"
    there: dict[CellPart, Iterable[object]] = {
        "recipe": [recipe["label"] for recipe in entry["recipes"]],
        "condition": entry["conditions"],
        "seed": entry["seeds"],
        "read_on": [None, *entry["conditions"]],
        "inputs": estimator.inputs if score else [None],
        "scope": estimator.scope if score else [None],
    }
    yield from (part for part, values in there.items() if cell[part] not in values)
    same: tuple[CellPart, ...] = ("entry", "recipe", "condition", "seed", "anchor")
    if not score:
        same = (*same, "key")
    if network is None or any(network[part] != cell[part] for part in same):
        yield "train"
