"""Whose neurons a board shows on the plane: the first network of each model, at its last tap."""

from typing import Any

import made_boards

from benchmark.results.result import results
from leaderboard.rows.circles import circles_rows

PLANE = {"low": -2.0, "high": 2.0, "side": 50, "taps": {"first": ["AAA="], "last": ["BBB=", "CCC="]}}


def with_planes() -> tuple[dict[str, Any], dict[str, Any]]:
    """Two suites of three conditions and two seeds, of which the first suite's networks are read on the plane."""
    plan = made_boards.resolved()
    records = made_boards.records(plan)
    for cell in plan["cells"]:
        if cell["work"] == "train" and cell["entry"] == 0:
            records[cell["key"]] = {**records[cell["key"]], "plane": PLANE}
    return plan, records


def test_a_row_for_each_model_of_its_first_seed_at_the_last_tap() -> None:
    rows = circles_rows(results(*with_planes()))
    assert [(row["suite"], row["condition"], row["seed"], row["tap"]) for row in rows] == [
        ("colored", condition, 0, "last") for condition in made_boards.CONDITIONS
    ]
    assert rows[0] == {
        "suite": "colored",
        "data": "digits",
        "family": "mlp",
        "recipe": "",
        "condition": 0.0,
        "seed": 0,
        "tap": "last",
        "low": -2.0,
        "high": 2.0,
        "side": 50,
        "neurons": ["BBB=", "CCC="],
    }


def test_no_other_seed_stands_in_for_the_first() -> None:
    plan, records = with_planes()
    del records["colored.0.0..0"]
    del records["colored.0.5..0"]["plane"]
    assert [row["condition"] for row in circles_rows(results(plan, records))] == [1.0]


def test_anchors_are_not_shown() -> None:
    plan, records = with_planes()
    anchors = [{**cell, "anchor": "random-labels", "key": f"{cell['key']}.anchor"} for cell in plan["cells"]]
    records |= {cell["key"]: {**PLANE, "plane": {**PLANE, "high": 9.0}} for cell in anchors}
    rows = circles_rows(results({**plan, "cells": [*anchors, *plan["cells"]]}, records))
    assert {row["high"] for row in rows} == {2.0}
