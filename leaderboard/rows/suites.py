"""What a board is about: its suites in words, and how much of the plan there is.

In: the content of plan.json and the records. Out: a row for each entry of the plan, and the size of it all.
"""

from collections import Counter
from collections.abc import Mapping
from typing import cast

from benchmark.plan.content import PlanEntry, ResolvedContent
from benchmark.record import Record
from leaderboard.content.board import Size, SuiteRow
from leaderboard.rows.grouping import named


def suite_rows(resolved: ResolvedContent) -> list[SuiteRow]:
    """One row for each entry of the plan."""
    networks = Counter(cell["entry"] for cell in resolved["cells"] if cell["work"] == "train" and not cell["anchor"])
    return [_suite_row(entry, networks[number]) for number, entry in enumerate(resolved["entries"])]


def _suite_row(entry: PlanEntry, networks: int) -> SuiteRow:
    row = {
        "suite": entry["suite"],
        "data": entry["data"],
        "origin": entry["origin"],
        "licence": entry.get("licence", ""),
        "family": entry["family"],
        "kind": entry["kind"],
        "knob": entry["knob"],
        "about": entry.get("about", ""),
        "figures": entry.get("figures", ""),
        "metrics": entry["metrics"],
        "seeds": entry["seeds"],
        "recipes": [recipe["label"] for recipe in entry["recipes"]],
        "conditions": [{"condition": one, "name": named(entry, one)} for one in entry["conditions"]],
        **({"frozen_layers": frozen} if (frozen := _frozen(entry)) else {}),
        "networks": networks,
    }
    return cast(SuiteRow, row)


def _frozen(entry: PlanEntry) -> list[int]:
    """How many layers of its networks were not trained: one number for all recipes, or some; nothing where all were."""
    counts = {recipe.get("training", {}).get("freeze_layers", 0) for recipe in entry["recipes"]}
    return sorted(counts) if any(counts) else []


def size(resolved: ResolvedContent, records: Mapping[str, Record], warnings: int) -> Size:
    """How many suites, networks and cells the plan has, and how many cells have a record."""
    cells = resolved["cells"]
    networks = [cell["key"] for cell in cells if cell["work"] == "train" and not cell["anchor"]]
    return {
        "suites": len(resolved["entries"]),
        "networks": len(networks),
        "cells": len(cells),
        "published": sum(cell["key"] in records for cell in cells),
        "diverged": sum(key in records and records[key]["outcome"] == "diverged" for key in networks),
        "warnings": warnings,
    }
