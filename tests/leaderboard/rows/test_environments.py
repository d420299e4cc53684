"""Networks of one entry that were trained in unlike environments are named on the board, and no others."""

from typing import Any

from benchmark.results.result import results
from leaderboard.rows.environments import environment_warnings

CELLS = [
    *({"key": f"s.f.c{n}", "work": "train", "entry": 0} for n in range(3)),
    {"key": "t.f.c0", "work": "train", "entry": 1},
]
PLAN = {"entries": [{"suite": "s", "family": "f"}, {"suite": "t", "family": "f"}], "cells": CELLS}


def record(torch: str = "2.13.0", device: str = "cpu", precision: str = "float32", processor: str = "Xeon") -> Any:
    origin = {"versions": {"torch": torch}, "device": device, "machine": {"processor": processor}}
    return {"precision": precision, "provenance": origin}


def test_one_environment_of_each_entry_is_nothing_to_warn_of() -> None:
    alike = {cell["key"]: record() for cell in CELLS} | {"t.f.c0": record(device="cuda")}
    assert environment_warnings(results(PLAN, alike)) == []
    assert environment_warnings(results(PLAN, {})) == []


def test_unlike_environments_are_named_with_their_networks() -> None:
    for other in ({"torch": "2.14.1"}, {"device": "cuda"}, {"precision": "bfloat16"}, {"processor": "EPYC"}):
        records = {cell["key"]: record() for cell in CELLS} | {"s.f.c1": record(**other)}
        [found] = environment_warnings(results(PLAN, records))
        assert found["key"] == "s.f"
        assert found["warning"].startswith("its networks were trained in 2 environments")
        assert "torch 2.13.0, cpu, float32, Xeon (2 networks)" in found["warning"]
        assert "(1 network)" in found["warning"]
        assert next(iter(other.values())) in found["warning"]


def test_records_that_say_nothing_of_it_are_one_environment_of_their_own() -> None:
    [found] = environment_warnings(results(PLAN, {"s.f.c0": record(), "s.f.c1": {}}))
    assert "unknown (1 network)" in found["warning"]
