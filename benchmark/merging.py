"""Runs of several machines or people as one: the same plan in parts, or plans that measure alike.

In: the content of each plan.json with its records. Out: one plan and its records, or an error that names what differs.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from benchmark.differences import differences
from benchmark.hypotheses import declared
from benchmark.packing import plain
from benchmark.types import Record
from registry import UserError

Run = tuple[str, Mapping[str, Any], Mapping[str, Record]]  # where it is, the content of plan.json, records by key

RESULTS = ("outcome", "identity", "history", "judged", "measures", "metrics")


def merged(runs: Sequence[Run]) -> tuple[dict[str, Any], dict[str, Record]]:
    """Raises UserError where two runs estimate differently, or hold different results under one key."""
    return _merged_plan(runs), _merged_records(runs)


def _merged_plan(runs: Sequence[Run]) -> dict[str, Any]:
    first_place, first, _ = runs[0]
    for place, resolved, _ in runs[1:]:
        if declared(resolved["plan"]) != declared(first["plan"]):
            raise UserError(
                f"{first_place} and {place} cannot be one board: hypotheses are {declared(first['plan'])} and "
                f"{declared(resolved['plan'])}"
            )
        for part in ("estimator", "limit"):
            if resolved["plan"].get(part) != first["plan"].get(part):
                raise UserError(
                    f"{first_place} and {place} cannot be one board: {part} is {first['plan'].get(part)} "
                    f"and {resolved['plan'].get(part)}"
                )
    names = dict.fromkeys(resolved["plan"]["name"] for _, resolved, _ in runs)
    entries: dict[tuple[str, ...], dict[str, Any]] = {}
    cells: dict[str, dict[str, Any]] = {}
    for _, resolved, _ in runs:
        for entry in resolved["entries"]:
            own = _place(entry)
            entries[own] = _joined(entries[own], entry) if own in entries else dict(entry)
    numbers = {own: number for number, own in enumerate(entries)}
    for _, resolved, _ in runs:
        for cell in resolved["cells"]:
            cells[cell["key"]] = {**cell, "entry": numbers[_place(resolved["entries"][cell["entry"]])]}
    ordered = list(entries.values())
    return {
        **first,
        "plan": {**first["plan"], "name": "+".join(names)},
        "parts": [{part: resolved[part] for part in ("plan", "entries")} for _, resolved, _ in runs],
        "entries": ordered,
        "measures": {name: m for _, resolved, _ in runs for name, m in resolved["measures"].items()},
        "metrics": {name: m for _, resolved, _ in runs for name, m in sorted(resolved["metrics"].items())},
        "cells": sorted(cells.values(), key=lambda cell: _order(cell, ordered, first["plan"]["estimator"])),
    }


def _place(entry: Mapping[str, Any]) -> tuple[str, ...]:
    return entry["suite"], entry["data"], entry["family"]


def _joined(known: Mapping[str, Any], entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry with the conditions, recipes and seeds of both."""
    conditions = list(dict.fromkeys([*known["conditions"], *entry["conditions"]]))
    recipes = list({recipe["label"]: recipe for recipe in [*known["recipes"], *entry["recipes"]]}.values())
    return {
        **known,
        "conditions": sorted(conditions) if known["knob"] else conditions,
        "recipes": recipes,
        "seeds": sorted({*known["seeds"], *entry["seeds"]}),
    }


def _order(cell: Mapping[str, Any], entries: list[dict[str, Any]], estimator: Mapping[str, Any]) -> tuple[Any, ...]:
    """The order in which one plan has them: a network and its scores, then its anchor and those."""
    entry = entries[cell["entry"]]
    conditions = entry["conditions"]
    labels = [recipe["label"] for recipe in entry["recipes"]]
    place = (cell["entry"], conditions.index(cell["condition"]), labels.index(cell["recipe"]), cell["seed"])
    network = (*place, cell["anchor"] is not None)
    if cell["work"] == "train":
        return *network, -1, -1, -1
    elsewhere = -1 if cell["read_on"] is None else conditions.index(cell["read_on"])
    return *network, estimator["scope"].index(cell["scope"]), elsewhere, estimator["inputs"].index(cell["inputs"])


def _merged_records(runs: Sequence[Run]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    origin: dict[str, str] = {}
    for place, _, records in runs:
        for key, record in records.items():
            if key in found:
                difference = next(differences(_results(found[key]), _results(record)), None)
                if difference:
                    raise UserError(
                        f"{key} is not the same in {origin[key]} and {place}: {difference.place} is {difference.one} "
                        f"and {difference.other}; nothing written"
                    )
            found.setdefault(key, record)
            origin.setdefault(key, place)
    return found


def _results(record: Record) -> dict[str, Any]:
    """What a record says of its network, without where and when it was made."""
    return {part: value for part, value in plain(record).items() if part in RESULTS}
