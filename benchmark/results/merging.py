"""Runs of several machines or people as one: the same plan in parts, or plans that measure alike.

In: the content of each plan.json with its records. Out: one plan and its records, or an error that names what differs.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from benchmark.plain.differences import differences
from benchmark.plain.packing import plain
from benchmark.plan.content import CellPart, CellRow, EstimatorContent, PlanContent, PlanEntry, ResolvedContent
from benchmark.plan.hypotheses import declared
from benchmark.record import Record, of_score
from benchmark.results.merged_entries import Place, Run, joined_entries
from benchmark.results.merged_recipes import recipe_key
from registry import UserError

RESULTS = ("outcome", "identity", "history", "judged", "measures", "metrics")
# Where a cell is in its entry, beside the recipe.
WHERE: tuple[CellPart, ...] = ("work", "condition", "seed", "anchor", "inputs", "scope", "read_on")

Keys = Mapping[tuple[int, str], str]  # the key in the one plan, by the number of a run and the cell's key there


def merged(runs: Sequence[Run]) -> tuple[ResolvedContent, dict[str, Record]]:
    """One plan and its records from several runs.

    Entries are one where their networks differ in nothing but condition, recipe and seed; else each stands by itself,
    with what differs behind its family. A condition, recipe or seed that only one run has is a gap in the others.

    Args:
        runs: For each run where it is, the content of its plan.json, and its records by key.

    Returns:
        What a plan.json of all would hold, with the runs' own plans as `parts`; and the records by its keys.

    Raises:
        UserError: Two runs measure differently, or hold different results of one network.
    """
    _check_measured_alike(runs)
    entries, places = joined_entries(runs)
    _check_peers(runs, places)
    cells, keys = _joined_cells(runs, entries, places)
    return _plan(runs, entries, cells), _records(runs, keys)


def _check_measured_alike(runs: Sequence[Run]) -> None:
    first_place, first, first_records = runs[0]
    first_alike = _measured_by(first, first_records)
    for place, resolved, records in runs[1:]:
        alike = _measured_by(resolved, records)
        both = first_alike.keys() & alike.keys()
        one, other = ({name: said[name] for name in first_alike if name in both} for said in (first_alike, alike))
        difference = next(differences(one, other), None)
        if difference:
            raise UserError(
                f"{first_place} and {place} cannot be one board: {difference.place} is {difference.one} and "
                f"{difference.other}; nothing written. Run one of them again with the settings and the version of "
                "memorank of the other"
            )


def _check_peers(runs: Sequence[Run], places: Mapping[Place, int]) -> None:
    """Measures over several networks have looked at those of their own run: in a suite of several runs they are others.

    Raises:
        UserError: A run has such measures in a suite of which another run has networks too.
    """
    shared = {place for place, count in Counter(places.values()).items() if count > 1}
    for number, (run, resolved, records) in enumerate(runs):
        for cell in resolved["cells"]:
            record = of_score(records.get(cell["key"]))
            if record and record["identity"].get("peers") and places[number, cell["entry"]] in shared:
                suite = resolved["entries"][cell["entry"]]["suite"]
                raise UserError(
                    f"{run} has measures over several networks of {suite}, of which another run has networks too; "
                    "nothing written. Run all in one folder, or leave such measures out by the plan's key `measures`"
                )


def _measured_by(resolved: ResolvedContent, records: Mapping[str, Record]) -> dict[str, object]:
    """All that turns networks into numbers, as far as a run says it, by names for a message."""
    plan = resolved["plan"]
    said: dict[str, object] = {"estimator": plan["estimator"], "hypotheses": declared(plan)}
    said |= {"anchors": plan["anchors"]} if plan.get("anchors") else {}
    scored = [score.get("identity", {}) for record in records.values() if (score := of_score(record)) is not None]
    said |= {f"measure {name}": about for name, about in resolved["measures"].items()}
    said |= {f"the version of measure {name}": v for one in scored for name, v in one.get("measures", {}).items()}
    said |= {f"metric {name}": about for name, about in resolved["metrics"].items()}
    said |= {f"the version of metric {name}": v for one in scored for name, v in one.get("metrics", {}).items()}
    said |= {f"the code of {name}": code for one in scored for name, code in one.get("sources", {}).items()}
    return said


def _joined_cells(
    runs: Sequence[Run], entries: Sequence[PlanEntry], places: Mapping[Place, int]
) -> tuple[list[CellRow], Keys]:
    """Each cell once, in the order in which one plan has them, and the key that it has there.

    One network may have several keys: its recipe has another name where it is compared with others, and an anchor is
    also read on the conditions that its plan has.
    """
    labels = [{recipe_key(recipe): recipe["label"] for recipe in entry["recipes"]} for entry in entries]
    cells: dict[tuple[object, ...], tuple[int, CellRow]] = {}  # each with the number of the run that it is from
    keys: dict[tuple[int, str], str] = {}
    for run, (_, resolved, _) in enumerate(runs):
        recipes = [{recipe["label"]: recipe_key(recipe) for recipe in e["recipes"]} for e in resolved["entries"]]
        for cell in resolved["cells"]:
            entry = places[run, cell["entry"]]
            label = labels[entry][recipes[cell["entry"]][cell["recipe"]]]
            where = (entry, label, *(cell[name] for name in WHERE))
            _, one = cells.setdefault(where, (run, {**cell, "entry": entry, "recipe": label}))
            keys[run, cell["key"]] = one["key"]
    own: list[CellRow] = [{**cell, "train": keys[run, cell["train"]]} for run, cell in cells.values()]
    estimator = runs[0][1]["plan"]["estimator"]
    return sorted(own, key=lambda cell: _order(cell, entries, estimator)), keys


def _plan(runs: Sequence[Run], entries: list[PlanEntry], cells: list[CellRow]) -> ResolvedContent:
    plans = [resolved["plan"] for _, resolved, _ in runs]
    whole: PlanContent = {
        **plans[0],
        "name": "+".join(dict.fromkeys(plan["name"] for plan in plans)),
        "limit": max((limit for plan in plans if (limit := plan.get("limit"))), default=None),
        "anchors": next((plan["anchors"] for plan in plans if plan.get("anchors")), None),
    }
    return {
        **runs[0][1],
        "plan": whole,
        "parts": [{"plan": resolved["plan"], "entries": resolved["entries"]} for _, resolved, _ in runs],
        "entries": entries,
        "measures": {name: m for _, resolved, _ in runs for name, m in resolved["measures"].items()},
        "metrics": {name: m for _, resolved, _ in runs for name, m in sorted(resolved["metrics"].items())},
        "cells": cells,
    }


def _order(cell: CellRow, entries: Sequence[PlanEntry], estimator: EstimatorContent) -> tuple[int | bool, ...]:
    """The order in which one plan has them: a network and its scores, then its anchor and those."""
    entry = entries[cell["entry"]]
    conditions = entry["conditions"]
    labels = [recipe["label"] for recipe in entry["recipes"]]
    place = (cell["entry"], conditions.index(cell["condition"]), labels.index(cell["recipe"]), cell["seed"])
    network = (*place, cell["anchor"] is not None)
    if cell["work"] == "train":
        return *network, -1, -1, -1
    scopes, inputs = estimator["scope"], estimator["inputs"]
    elsewhere = -1 if cell["read_on"] is None else conditions.index(cell["read_on"])
    return *network, scopes.index(str(cell["scope"])), elsewhere, inputs.index(str(cell["inputs"]))


def _records(runs: Sequence[Run], keys: Keys) -> dict[str, Record]:
    found: dict[str, Record] = {}
    origin: dict[str, tuple[str, str]] = {}
    for run, (place, _, records) in enumerate(runs):
        for own, record in records.items():
            key = keys[run, own]
            if key not in found:
                found[key], origin[key] = record, (place, own)
                continue
            there, named = origin[key]
            one, other = (_results(result, named == own) for result in (found[key], record))
            difference = next(differences(one, other), None)
            if difference:
                raise UserError(
                    f"{key} is not the same in {there} and {place}: {difference.place} is {difference.one} "
                    f"and {difference.other}; nothing written"
                )
    return found


def _results(record: Record, one_key: bool) -> dict[str, object]:
    """What a record says of its network, without where and when it was made.

    Where a network has two keys its identity differs in what changes no result of it.
    """
    wanted = [part for part in RESULTS if one_key or part != "identity"]
    return {part: value for part, value in plain(record).items() if part in wanted}
