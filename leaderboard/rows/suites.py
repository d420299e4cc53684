"""What a board is about: its suites in words, and how much of the plan there is.

In: the results of a plan. Out: a row for each entry of the plan, and the size of it all.
"""

from collections import Counter
from typing import cast

from benchmark.plan.content import PlanEntry
from benchmark.results.result import Results
from leaderboard.content.board import Size, SuiteRow
from leaderboard.rows.grouping import named


def suite_rows(results: Results) -> list[SuiteRow]:
    """One row for each entry of the plan."""
    networks = Counter(result.cell["entry"] for result in results if result.is_network)
    return [_suite_row(suite, networks[number]) for number, suite in results.suites.items()]


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


def size(results: Results, warnings: int) -> Size:
    """How many suites, networks and cells the plan has, and how many cells have a record."""
    networks = [result for result in results if result.is_network]
    return {
        "suites": len(results.suites),
        "networks": len(networks),
        "cells": len(results),
        "published": sum(result.record is not None for result in results),
        "diverged": sum(result.record is not None and result.record["outcome"] == "diverged" for result in networks),
        "warnings": warnings,
    }
